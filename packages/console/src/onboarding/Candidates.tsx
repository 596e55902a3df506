import { Button } from '../ui/Button.tsx';
import { vendorName } from '../ui/names.ts';
import { Trouble } from '../ui/Panel.tsx';
import type { DeviceCandidate } from './documents.ts';

interface CandidatesProps {
  readonly candidates: readonly DeviceCandidate[];
  readonly isAdding: boolean;
  readonly onChoose: (candidate: DeviceCandidate) => void;
}

/** Whose the device may be, each with its score and reasons: nothing is added until one is chosen. */
export function Candidates({ candidates, isAdding, onChoose }: CandidatesProps) {
  if (candidates.length === 0)
    return (
      <Trouble title="No driver knows the device at that address">
        See that the address is the phone’s. If it is, choose its vendor below and add it without asking.
      </Trouble>
    );
  return (
    <section aria-label="Matches" className="space-y-2">
      {candidates.map((candidate, index) => {
        const { vendor, model, firmware, mac, score, reasons } = candidate;
        const name = [vendorName(vendor), model].filter(Boolean).join(' ');
        return (
          <div
            key={vendor}
            className={`flex flex-wrap items-start gap-x-4 gap-y-2 rounded-lg border p-3 ${index === 0 ? 'border-brand' : 'border-line'}`}
          >
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-baseline gap-x-2">
                <strong className="text-sm font-semibold">{name}</strong>
                <span className="text-xs text-soft tabular-nums">{score} of 100</span>
              </p>
              <p className="mt-0.5 text-xs break-all text-soft">
                {[firmware && `firmware ${firmware}`, mac].filter(Boolean).join(' · ') ||
                  'It tells no more without a login.'}
              </p>
              <ul className="mt-2 list-disc space-y-0.5 pl-4 text-[13px]">
                {reasons.map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            </div>
            <Button look={index === 0 ? 'primary' : 'plain'} disabled={isAdding} onClick={() => onChoose(candidate)}>
              {isAdding ? 'Adding…' : `Add as ${name}`}
            </Button>
          </div>
        );
      })}
    </section>
  );
}
