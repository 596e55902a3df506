import { memo } from 'react';
import { Link } from 'wouter';
import type { LiveCall } from '../live/documents.ts';
import type { FloorPhone } from '../live/floor-phone.ts';
import { STATE_NAMES } from '../live/phone-state.ts';
import { partyName, vendorName } from '../ui/names.ts';
import { duration, useNow } from '../ui/now.ts';
import { STATE_LOOKS } from '../ui/state-look.ts';

/** A phone on the floor; it leads to the phone's page. */
export const PhoneCard = memo(function PhoneCard({ phone }: { readonly phone: FloorPhone }) {
  const look = STATE_LOOKS[phone.state];
  const [call] = phone.calls;
  return (
    <Link
      href={`/phones/${encodeURIComponent(phone.id)}`}
      className="relative flex h-full flex-col justify-between overflow-hidden rounded-xl border border-line bg-panel py-3 pr-3 pl-4 hover:border-edge"
    >
      <span aria-hidden className={`absolute inset-y-0 left-0 w-1 ${look.bar}`} />
      <span className="flex items-baseline gap-2">
        <span className="truncate text-sm font-semibold">{phone.name}</span>
        {phone.number !== null && <span className="ml-auto text-[13px] text-soft tabular-nums">{phone.number}</span>}
      </span>
      <span className="truncate text-xs text-soft">
        {vendorName(phone.vendor)} {phone.model ?? ''}
      </span>
      <span className="flex min-w-0 items-center gap-2">
        <span
          className={`inline-flex shrink-0 items-center gap-1.5 rounded-md px-1.5 py-0.5 text-xs font-medium ${look.badge}`}
        >
          <span aria-hidden className={`size-2 rounded-full ${look.dot}`} />
          {STATE_NAMES[phone.state]}
        </span>
        {call !== undefined && <CallLine call={call} more={phone.calls.length - 1} />}
      </span>
    </Link>
  );
});

function CallLine({ call, more }: { readonly call: LiveCall; readonly more: number }) {
  const now = useNow();
  return (
    <span className="flex min-w-0 flex-1 items-baseline gap-2 text-xs">
      <span className="truncate">
        {call.direction === 'INCOMING' ? '← ' : '→ '}
        {partyName(call.remote)}
        {more > 0 && ` +${more}`}
      </span>
      <span className="ml-auto text-soft tabular-nums">{duration(call.answeredAt ?? call.startedAt, now)}</span>
    </span>
  );
}
