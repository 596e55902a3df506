import { Switch } from 'radix-ui';
import type { FloorPhone } from '../live/floor-phone.ts';
import { STATE_NAMES } from '../live/phone-state.ts';
import { useMay } from '../session/session.ts';
import { vendorName } from '../ui/names.ts';
import { clock } from '../ui/now.ts';
import { Trouble } from '../ui/Panel.tsx';
import { QueryLink } from '../ui/QueryLink.tsx';
import { STATE_LOOKS } from '../ui/state-look.ts';
import { type PhoneDetails, PhonePageQuery } from './documents.ts';
import { DndMutation } from './mutations.ts';
import { useRun } from './use-run.ts';

const ADVICE: Readonly<Partial<Record<PhoneDetails['reachability'], readonly [string, string]>>> = {
  UNREACHABLE: [
    'The phone does not answer',
    'See that it has power and network, and that its address is right. The event path has more.',
  ],
  UNAUTHORIZED: [
    'The phone refuses its password',
    'Give the gateway the right one. No more is tried meanwhile, so that the phone does not lock itself.',
  ],
  APPROVAL_PENDING: [
    'Somebody must allow it on the phone',
    'Its display asks whether remote control is allowed. Answer there, once.',
  ],
};

/** Which phone it is, how it stands, and what stands in the way. */
export function PhoneHeader({ phone, live }: { readonly phone: PhoneDetails; readonly live: FloorPhone | undefined }) {
  const state = live?.state ?? 'unknown';
  const look = STATE_LOOKS[state];
  const advice = ADVICE[phone.reachability];
  const facts = [
    [vendorName(phone.vendor), phone.model].filter(Boolean).join(' '),
    phone.firmware,
    phone.mac,
    phone.address ?? phone.sipUri,
    phone.lastEventAt === null ? 'has never reported' : `last report ${clock(phone.lastEventAt)}`,
  ];
  return (
    <header className="space-y-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="text-xl font-semibold tracking-tight">{phone.name}</h1>
        {live?.number != null && <span className="text-lg text-soft tabular-nums">{live.number}</span>}
        <span
          className={`inline-flex items-center gap-1.5 rounded-md px-2 py-0.5 text-[13px] font-medium ${look.badge}`}
        >
          <span aria-hidden className={`size-2 rounded-full ${look.dot}`} />
          {STATE_NAMES[state]}
        </span>
        <span className="ml-auto flex items-center gap-2">
          <DndSwitch phone={phone} isOn={live?.doNotDisturb ?? false} />
          <QueryLink label="Phone" document={PhonePageQuery} variables={{ id: phone.id }} />
        </span>
      </div>
      <p className="flex flex-wrap gap-x-3 gap-y-1 text-[13px] text-soft">
        {facts.filter(Boolean).map((fact) => (
          <span key={fact} className="break-all">
            {fact}
          </span>
        ))}
        {phone.tags.map((tag) => (
          <span key={tag} className="rounded bg-raised px-1.5">
            {tag}
          </span>
        ))}
      </p>
      {advice !== undefined && <Trouble title={advice[0]}>{advice[1]}</Trouble>}
      {phone.silentSince !== null && (
        <Trouble title={`It has reported nothing since ${clock(phone.silentSince)}`}>
          It takes commands and tells nothing of them. Check its event path below.
        </Trouble>
      )}
    </header>
  );
}

function DndSwitch({ phone, isOn }: { readonly phone: PhoneDetails; readonly isOn: boolean }) {
  const run = useRun(phone.id);
  const may = useMay('SETTINGS_WRITE');
  if (!phone.capabilities.some(({ capability }) => capability === 'DO_NOT_DISTURB')) return null;
  return (
    <span className="flex items-center gap-2 text-[13px]">
      <span id="dnd">Do not disturb</span>
      <Switch.Root
        aria-labelledby="dnd"
        checked={isOn}
        disabled={!may}
        onCheckedChange={(enabled) => void run(DndMutation, { command: { enabled } })}
        className="h-6 w-11 rounded-full border border-edge bg-raised p-0.5 data-[state=checked]:border-bad data-[state=checked]:bg-bad disabled:opacity-60"
      >
        <Switch.Thumb className="block size-4.5 rounded-full bg-edge transition-transform data-[state=checked]:translate-x-5 data-[state=checked]:bg-panel" />
      </Switch.Root>
    </span>
  );
}
