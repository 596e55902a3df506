import type { NewPhone } from '../application.ts';
import type { PhoneRegistry } from '../phones/phone-registry.ts';
import type { PhoneService } from '../phones/phone-service.ts';
import type { FilePhone } from './config.ts';

/**
 * Brings the registry in line with the configuration file: its phones are added or changed, and those that came from
 * it and are in it no more are removed. Phones that were added over the API stay as they are.
 * @returns everything that is wrong with the phones of the file, in words
 */
export async function applyFilePhones(
  filePhones: readonly FilePhone[],
  { registry, phones }: { readonly registry: PhoneRegistry; readonly phones: PhoneService },
): Promise<readonly string[]> {
  const faults: string[] = [];
  const kept = new Set<string>();
  for (const [index, entry] of filePhones.entries()) {
    const mac = entry.mac
      ?.toLowerCase()
      .replace(/[^0-9a-f]/g, '')
      .replace(/(..)(?!$)/g, '$1:');
    const input: NewPhone = {
      ...entry,
      mac,
      options: Object.entries(entry.options ?? {}).map(([name, value]) => ({ name, value: String(value) })),
    };
    const known = registry.find(
      (phone) => phone.origin === 'file' && (mac === undefined ? phone.name === entry.name : phone.mac === mac),
    );
    const result =
      known === null
        ? await phones.add(input, 'file')
        : await phones.update(known.id, { ...clearedBy(entry), ...withoutVendor(input) });
    if (result.ok) kept.add(result.value.id);
    else faults.push(`phones.${index} ("${entry.name}"): ${result.failure.message}`);
  }
  if (faults.length > 0) return faults;
  for (const { phone } of [...registry.all()]) {
    if (phone.origin === 'file' && phone.removedAt === null && !kept.has(phone.id)) await phones.remove(phone.id);
  }
  return [];
}

/** What the file leaves out is cleared: the file is the whole truth about its phones. */
function clearedBy(entry: FilePhone): {
  readonly [Name in 'address' | 'username' | 'password' | 'sipUri' | 'tags']?: null;
} {
  const names = ['address', 'username', 'password', 'sipUri', 'tags'] as const;
  return Object.fromEntries(names.filter((name) => entry[name] === undefined).map((name) => [name, null]));
}

function withoutVendor({ vendor: _vendor, ...rest }: NewPhone): Omit<NewPhone, 'vendor'> {
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Omit<
    NewPhone,
    'vendor'
  >;
}
