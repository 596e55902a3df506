import { type Application, type ForwardPage, type PhoneFilter, RequestError } from '../application.ts';
import type { Phone, Reachability } from '../model.ts';
import type { PhoneRegistry, RegisteredPhone } from './phone-registry.ts';

type ReachabilityOf = (phoneId: string) => Reachability;

/** Phones by name, without the removed ones. */
export function listPhones(
  { registry, reachability }: { readonly registry: PhoneRegistry; readonly reachability: ReachabilityOf },
  filter: PhoneFilter,
  { first, after }: ForwardPage,
): ReturnType<Application['phones']['list']> {
  const matching = [...registry.all()]
    .filter((phone) => phone.phone.removedAt === null && phoneMatches(reachability, filter, phone))
    .map(({ phone }) => ({ node: phone, cursor: cursorOf(phone) }))
    .sort((a, b) => compare(a.node, b.node));
  const from =
    after === undefined
      ? 0
      : behind(
          matching.map(({ node }) => node),
          after,
        );
  const items = matching.slice(from, from + first);
  return { items, hasNextPage: from + first < matching.length, totalCount: matching.length };
}

/** Whether a phone is one that a filter lets through. */
export function phoneMatches(
  reachability: ReachabilityOf,
  filter: PhoneFilter,
  { phone, ladders }: RegisteredPhone,
): boolean {
  const { ids, vendors, reachabilities, capabilities, tags, search, withinTags } = filter;
  return (
    (ids === undefined || ids.includes(phone.id)) &&
    (vendors === undefined || vendors.includes(phone.vendor)) &&
    (reachabilities === undefined || reachabilities.includes(reachability(phone.id))) &&
    (capabilities === undefined || capabilities.every((capability) => ladders[capability] !== undefined)) &&
    (withinTags === undefined || withinTags.some((tag) => phone.tags.includes(tag))) &&
    (tags === undefined || tags.some((tag) => phone.tags.includes(tag))) &&
    (search === undefined || contains(phone, search))
  );
}

function contains({ name, model, mac, address, sipUri }: Phone, search: string): boolean {
  const wanted = search.toLowerCase();
  return [name, model, mac, address, sipUri].some((text) => text?.toLowerCase().includes(wanted) === true);
}

/** Name and id, so that a page goes on at the right place even where that phone was removed meanwhile. */
function cursorOf({ name, id }: Phone): string {
  return Buffer.from(JSON.stringify([name, id])).toString('base64url');
}

function behind(phones: readonly Phone[], cursor: string): number {
  const place = parse(cursor);
  const index = phones.findIndex((phone) => compare(phone, place) > 0);
  return index === -1 ? phones.length : index;
}

function parse(cursor: string): Pick<Phone, 'name' | 'id'> {
  try {
    const [name, id]: unknown[] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (typeof name === 'string' && typeof id === 'string') return { name, id };
  } catch {
    // Falls through: whatever it was, it is no cursor.
  }
  throw new RequestError('BAD_USER_INPUT', '`after` is no cursor of this list.');
}

function compare(a: Pick<Phone, 'name' | 'id'>, b: Pick<Phone, 'name' | 'id'>): number {
  return a.name.localeCompare(b.name) || (a.id < b.id ? -1 : Number(a.id > b.id));
}
