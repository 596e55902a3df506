import type { Application } from '../application.ts';
import type { Caller } from '../model.ts';

const bearer = /^Bearer +(\S+) *$/i;

/**
 * The key in an `Authorization` header.
 * @returns null where there is none, or another scheme.
 */
export function bearerKey(header: string | undefined): string | null {
  return bearer.exec(header ?? '')?.[1] ?? null;
}

/**
 * The key in a `connection_init` payload: `authorization`, as `Bearer KEY` or the plain key. Clients that make the
 * payload of their headers write the name in any case.
 * @returns null where there is none.
 */
export function payloadKey(payload: Readonly<Record<string, unknown>> | undefined): string | null {
  const [, value] = Object.entries(payload ?? {}).find(([name]) => name.toLowerCase() === 'authorization') ?? [];
  if (typeof value !== 'string' || value === '') return null;
  return bearerKey(value) ?? (/\s/.test(value) ? null : value);
}

/** @returns who that key stands for; null where nobody. */
export function callerOf(application: Application, key: string | null): Caller | null {
  return key === null ? null : application.authenticate(key);
}
