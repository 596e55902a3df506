import { Check, CircleDashed, Loader, X } from 'lucide-react';
import type { Command } from '../live/documents.ts';

/** The hops of the path, in the order in which an event of the check passes them. */
const HOPS = [
  ['GATEWAY_TO_PHONE', 'Gateway reaches phone'],
  ['PHONE_SETTINGS', 'Phone has the URLs'],
  ['PHONE_TO_GATEWAY', 'Phone reaches gateway'],
  ['EVENT_LOG', 'Event is on disk'],
] as const;

type HopState = 'good' | 'broken' | 'unknown' | 'busy';

/** How each hop came out of the last check. */
export function Hops({ check }: { readonly check: Command | undefined }) {
  const states = hopStates(check);
  return (
    <ol aria-label="The path" className="grid gap-2 sm:grid-cols-4">
      {HOPS.map(([hop, name], index) => (
        <HopBox key={hop} name={name} state={states[index] ?? 'unknown'} />
      ))}
    </ol>
  );
}

/** The first hop that is broken is named by the failure; those before it hold, those behind it were not reached. */
function hopStates(check: Command | undefined): readonly HopState[] {
  if (check === undefined) return HOPS.map(() => 'unknown');
  if (check.status === 'CONFIRMED') return HOPS.map(() => 'good');
  const { failure } = check;
  if (failure === null) return HOPS.map(() => (check.settledAt === null ? 'busy' : 'unknown'));
  const hop = 'hop' in failure ? failure.hop : 'GATEWAY_TO_PHONE';
  const broken = HOPS.findIndex(([name]) => name === hop);
  return HOPS.map((_, index) => (index < broken ? 'good' : index === broken ? 'broken' : 'unknown'));
}

const LOOKS = {
  good: { icon: Check, classes: 'border-ok bg-ok-wash text-ok', word: 'works' },
  broken: { icon: X, classes: 'border-bad bg-bad-wash text-bad', word: 'broken' },
  busy: { icon: Loader, classes: 'border-line text-soft', word: 'being checked' },
  unknown: { icon: CircleDashed, classes: 'border-line text-soft', word: 'not checked' },
} as const;

function HopBox({ name, state }: { readonly name: string; readonly state: HopState }) {
  const { icon: Icon, classes, word } = LOOKS[state];
  return (
    <li className={`flex items-center gap-2 rounded-lg border px-3 py-2 text-xs font-medium ${classes}`}>
      <Icon aria-hidden className="size-4 shrink-0" />
      <span>
        {name}
        <span className="sr-only">: {word}</span>
      </span>
    </li>
  );
}
