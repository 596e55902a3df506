import type { NewPhone } from '../application.ts';
import { siteOf } from '../cluster/lanes-of-phones.ts';
import type { Phone } from '../model.ts';
import type { PhoneRegistry } from '../phones/phone-registry.ts';
import type { PhoneService } from '../phones/phone-service.ts';
import type { FilePhone } from './file-schema.ts';

/**
 * Brings the registry in line with the configuration file: its phones are added or changed, and those that came from
 * it and are in it no more are removed. Phones that were added over the API stay as they are.
 * @returns everything that is wrong with the phones of the file, in words
 */
export async function applyFilePhones(
  filePhones: readonly FilePhone[],
  {
    registry,
    phones,
    site,
  }: {
    readonly registry: PhoneRegistry;
    readonly phones: PhoneService;
    /** Phones of other sites are in the files of gateways there; empty: those of no site. Null: there is this gateway only. */
    readonly site: string | null;
  },
): Promise<readonly string[]> {
  const inputs = filePhones.map(inputOf);
  const known = inputs.map((input) => registry.find((phone) => isEntry(phone, input)));
  const identities = inputs.map(({ vendor, name, mac }, index) => known[index]?.id ?? mac ?? `${vendor} ${name}`);
  const faults = identities.flatMap((identity, index) =>
    identities.indexOf(identity) < index ? [`${nameOf(inputs, index)}: it stands in the file twice`] : [],
  );
  for (const [index, input] of inputs.entries()) {
    const other = siteOf(known[index]?.tags ?? input.tags ?? []);
    if (site === null || other === site || other === siteOf(input.tags ?? [])) continue;
    const whose = other === '' ? 'without a site' : `of the site ${other}`;
    faults.push(`${nameOf(inputs, index)}: it stands in the file of a gateway ${whose}; take it out there first`);
  }
  if (faults.length > 0) return faults;
  // First those that are in it no more: another may have got their address.
  for (const { phone } of [...registry.all()]) {
    const isOwn = site === null || siteOf(phone.tags) === site;
    const goes =
      isOwn && phone.origin === 'file' && phone.removedAt === null && !known.some((one) => one?.id === phone.id);
    if (goes) await phones.remove(phone.id);
  }
  for (const [index, input] of inputs.entries()) {
    const id = known[index]?.id;
    const update = (phoneId: string) => phones.update(phoneId, { ...clearedBy(input), ...withoutVendor(input) });
    let result = id === undefined ? await phones.add(input, 'file') : await update(id);
    // Another gateway with the same file starts too, and has added it meanwhile.
    const added = result.ok ? null : registry.find((phone) => isEntry(phone, input));
    if (id === undefined && added !== null) result = await update(added.id);
    if (!result.ok) faults.push(`${nameOf(inputs, index)}: ${result.failure.message}`);
  }
  return faults;
}

function inputOf(entry: FilePhone): NewPhone {
  const mac = entry.mac
    ?.toLowerCase()
    .replace(/[^0-9a-f]/g, '')
    .replace(/(..)(?!$)/g, '$1:');
  const options = Object.entries(entry.options ?? {}).map(([name, value]) => ({ name, value: String(value) }));
  return { ...entry, mac, options };
}

/** Whether a registered phone is that entry's. With another vendor it is another phone. */
function isEntry({ origin, vendor, name, mac }: Phone, entry: NewPhone): boolean {
  if (origin !== 'file' || vendor !== entry.vendor) return false;
  return entry.mac === undefined || mac === null ? name === entry.name : mac === entry.mac;
}

function nameOf(inputs: readonly NewPhone[], index: number): string {
  return `phones.${index} ("${inputs[index]?.name ?? ''}")`;
}

/** What the file leaves out is cleared: the file is the whole truth about its phones. */
function clearedBy(entry: NewPhone): {
  readonly [Name in 'address' | 'username' | 'password' | 'sipUri' | 'tags' | 'certificateCheck']?: null;
} {
  const names = ['address', 'username', 'password', 'sipUri', 'tags', 'certificateCheck'] as const;
  return Object.fromEntries(names.filter((name) => entry[name] === undefined).map((name) => [name, null]));
}

function withoutVendor({ vendor: _vendor, ...rest }: NewPhone): Omit<NewPhone, 'vendor'> {
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Omit<
    NewPhone,
    'vendor'
  >;
}
