import { useEffect } from 'react';
import { useQuery } from 'urql';
import { Button } from '../ui/Button.tsx';
import { plainWords, vendorName } from '../ui/names.ts';
import { clock } from '../ui/now.ts';
import { QueryLink } from '../ui/QueryLink.tsx';
import { type UnknownDevice, UnknownDevicesQuery } from './documents.ts';
import { OnboardingLink } from './OnboardingLink.tsx';

/** A phone that starts is not waited for longer than this. */
const LOOK_AGAIN_MS = 3_000;

/** Devices that made themselves known, to be added with what they told. */
export function Discovered({ onChoose }: { readonly onChoose: (device: UnknownDevice) => void }) {
  const [{ data }, read] = useQuery({ query: UnknownDevicesQuery });
  useEffect(() => {
    const timer = setInterval(() => read({ requestPolicy: 'network-only' }), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [read]);
  const { devices = [], incomplete = [] } = data?.unknownDevices ?? {};
  return (
    <section aria-label="Phones that made themselves known" className="mb-4 space-y-3 border-b border-line pb-4">
      <div className="flex flex-wrap items-center gap-2">
        <p className="mr-auto text-[13px] text-soft">
          {devices.length === 0
            ? 'No phone has made itself known. Put a link into phones, or type an address below.'
            : 'These made themselves known. Choose one, or type an address below.'}
        </p>
        <QueryLink label="Phones that made themselves known" document={UnknownDevicesQuery} />
      </div>
      {devices.length > 0 && (
        <ul className="divide-y divide-line rounded-lg border border-line">
          {devices.map((device) => (
            <Row key={device.id} device={device} onChoose={() => onChoose(device)} />
          ))}
        </ul>
      )}
      {incomplete.map((fault) => (
        <p key={fault} className="text-xs text-soft">
          Not asked who is registered: {fault}
        </p>
      ))}
      <OnboardingLink />
    </section>
  );
}

function Row({ device, onChoose }: { readonly device: UnknownDevice; readonly onChoose: () => void }) {
  const { address, mac, firmware, sipUri, seenBy, lastSeenAt, explainMatch } = device;
  const name = nameOf(device);
  const facts = [mac, firmware && `firmware ${firmware}`, sipUri, seenBy.map(plainWords).join(', '), clock(lastSeenAt)];
  return (
    <li aria-label={`${name} at ${address}`} className="flex flex-wrap items-center gap-x-3 gap-y-2 p-3">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <strong className="text-sm font-semibold">{name}</strong>
          <span className="text-[13px] tabular-nums">{address}</span>
        </p>
        <p className="mt-0.5 text-xs break-all text-soft">{facts.filter(Boolean).join(' · ')}</p>
        <p className="text-xs text-soft">{explainMatch.reason}</p>
      </div>
      <Button small onClick={onChoose} aria-label={`Choose ${name} at ${address}`}>
        Choose
      </Button>
    </li>
  );
}

/** What the likeliest driver calls it; else what it calls itself. */
function nameOf({ candidates: [best], model }: UnknownDevice): string {
  if (best === undefined) return model ?? 'Unknown device';
  return [vendorName(best.vendor), best.model ?? model].filter(Boolean).join(' ');
}
