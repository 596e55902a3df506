import type { PhoneState } from '../live/phone-state.ts';

/** Classes of a state: its dot, and its badge. A state is never told by colour alone. */
export interface StateLook {
  readonly dot: string;
  readonly badge: string;
  readonly bar: string;
}

const ring = { dot: 'bg-ring animate-ring', badge: 'bg-ring-wash text-ring', bar: 'bg-ring' };
const ok = { dot: 'bg-ok', badge: 'bg-ok-wash text-ok', bar: 'bg-ok' };
const hold = { dot: 'bg-hold animate-ring-slow', badge: 'bg-hold-wash text-hold', bar: 'bg-hold' };
const bad = { dot: 'bg-bad', badge: 'bg-bad-wash text-bad', bar: 'bg-bad' };
const calm = { dot: 'border-2 border-edge', badge: 'bg-calm-wash text-calm', bar: 'bg-transparent' };

/** How each state looks. */
export const STATE_LOOKS: Readonly<Record<PhoneState, StateLook>> = {
  ringing: ring,
  dialing: { ...ring, dot: 'bg-ring animate-ring-slow' },
  talking: ok,
  held: hold,
  approval: { ...ring, dot: 'border-2 border-ring' },
  unauthorized: bad,
  unreachable: bad,
  silent: { ...ring, dot: 'border-2 border-dashed border-ring' },
  dnd: { ...bad, dot: 'border-2 border-bad' },
  unknown: { ...calm, dot: 'border-2 border-dashed border-edge' },
  idle: calm,
};
