import type { Setting } from '@hookswitch/core';
import type { Result } from '../application.ts';
import { actionUrlsOf } from '../phones/action-url-links.ts';
import type { PhoneRegistry } from '../phones/phone-registry.ts';
import type { CommandStore } from '../store/ports.ts';
import { compareActionUrls, type UrlComparison } from './compare-action-urls.ts';

/** What reading needs. */
export interface ReadActionUrlsOptions {
  readonly registry: PhoneRegistry;
  readonly linkOf: (phoneId: string) => { readonly baseUrl: string; readonly token: string };
  /** Reads settings from the phone, on its lane. */
  readonly readSettings: (
    phoneId: string,
    names: readonly string[],
  ) => Promise<Result<{ readonly settings: readonly Setting[] }>>;
  readonly commands: Pick<CommandStore, 'list'>;
}

/** Compares a phone's action URLs with the wanted ones; null: nothing of them can be read, or not now. */
export type ReadActionUrls = (phoneId: string) => Promise<UrlComparison | null>;

/** @returns what reads and compares */
export function createReadActionUrls(options: ReadActionUrlsOptions): ReadActionUrls {
  return async (phoneId) => {
    const phone = options.registry.get(phoneId);
    if (phone === null || phone.phone.removedAt !== null || phone.ladders.READ_SETTINGS === undefined) return null;
    const wanted = actionUrlsOf(phone, options.linkOf(phoneId));
    if ('failure' in wanted || wanted.urls.length === 0) return null;
    const names = wanted.urls.map(({ setting }) => setting);
    const read = await options.readSettings(phoneId, names);
    if (!read.ok) return null;
    const actual = new Map(
      read.value.settings.flatMap(({ name, value }) => (value === null ? [] : [[name, value] as const])),
    );
    return compareActionUrls(wanted.urls, actual, await managedSettings(options.commands, phoneId, names));
  };
}

/** The settings that the last successful configureActionUrls wrote; null: there was none. */
async function managedSettings(
  commands: Pick<CommandStore, 'list'>,
  phoneId: string,
  all: readonly string[],
): Promise<ReadonlySet<string> | null> {
  const query = { phoneIds: [phoneId], names: ['configureActionUrls'], statuses: ['ACCEPTED', 'CONFIRMED'] };
  const { items } = await commands.list(query, { limit: 20 });
  if (items.length === 0) return null;
  const written = items.flatMap(({ arguments: { settings } }) =>
    Array.isArray(settings) ? settings.map(String) : all,
  );
  return new Set(written);
}
