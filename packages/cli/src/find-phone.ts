import type { Client, Phone } from '@hookswitch/client';
import { Fault, take } from './fault.ts';

const MAC = /^[0-9a-f]{2}([:-]?)(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}$/i;
const SHOWN = 5;

/**
 * The phone that somebody means: by id, MAC address, name, extension, or any part of these that only one has.
 * @throws Fault where there is none, or several
 */
export async function findPhone(client: Client, wanted: string): Promise<Phone> {
  if (MAC.test(wanted)) {
    const phone = take(await client.phone({ mac: wanted }));
    if (phone !== null) return phone;
  }
  if (isId(wanted)) {
    const phone = take(await client.phone({ id: wanted }));
    if (phone !== null) return phone;
  }
  const { items } = take(await client.phones({ filter: { search: wanted }, first: 100 }));
  const exact = items.filter((phone) => phone.name === wanted || userOf(phone) === wanted);
  const found = exact.length > 0 ? exact : items;
  const [phone, ...others] = found;
  if (phone === undefined)
    throw new Fault(`There is no phone "${wanted}".`, '`hookswitch phones list` shows what there is.');
  if (others.length === 0) return phone;
  const names = found.slice(0, SHOWN).map(({ name }) => name);
  const more = found.length > SHOWN ? `, … (${found.length} in all)` : '';
  throw new Fault(`"${wanted}" may be: ${names.join(', ')}${more}.`, 'Name it in full, or by its id or MAC address.');
}

/** All phones that match, page after page. */
export async function allPhones(
  client: Client,
  filter: NonNullable<Parameters<Client['phones']>[0]>['filter'],
): Promise<readonly Phone[]> {
  const phones: Phone[] = [];
  for (let after: string | undefined; ; ) {
    const page = take(await client.phones({ filter, first: 200, after }));
    phones.push(...page.items);
    if (page.next === null) return phones;
    after = page.next;
  }
}

/** Ids of the API are `Phone:` and the gateway's own, in base64url. */
function isId(text: string): boolean {
  return Buffer.from(text, 'base64url').toString('latin1').startsWith('Phone:');
}

function userOf({ sipUri }: Phone): string | undefined {
  return /^sips?:([^@;:]+)@/i.exec(sipUri ?? '')?.[1];
}
