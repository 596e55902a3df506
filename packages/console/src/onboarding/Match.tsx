import { plainWords, vendorName } from '../ui/names.ts';
import type { AddedPhone } from './documents.ts';

/** What the gateway found the phone to be, and what that lets it do. */
export function Match({ phone }: { readonly phone: AddedPhone }) {
  const facts = [
    ['Vendor', vendorName(phone.vendor)],
    ['Model', phone.model],
    ['Firmware', phone.firmware],
    ['MAC address', phone.mac],
    ['Driver', phone.driver === null ? null : `${phone.driver.name} ${phone.driver.version}`],
    ['Answers', plainWords(phone.reachability)],
  ] as const;
  return (
    <>
      <dl className="grid gap-x-6 gap-y-2 text-[13px] sm:grid-cols-3">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="text-xs text-soft">{name}</dt>
            <dd className="font-medium">{value ?? 'not known'}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-xs text-soft">
        It can do {phone.capabilities.length} things:{' '}
        {phone.capabilities
          .map(({ capability }) => plainWords(capability))
          .join(', ')
          .toLowerCase()}
        .
      </p>
    </>
  );
}
