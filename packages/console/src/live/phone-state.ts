/** What a call looks like from its phone. */
export interface CallLook {
  readonly state: 'CONNECTED' | 'DIALING' | 'ENDED' | 'HELD' | 'RINGING';
}

/** What a phone's state is made of. */
export interface PhoneLook {
  readonly reachability: 'APPROVAL_PENDING' | 'ONLINE' | 'SILENT' | 'UNAUTHORIZED' | 'UNKNOWN' | 'UNREACHABLE';
  readonly doNotDisturb: boolean;
  readonly calls: readonly CallLook[];
}

/** The one word for a phone. */
export type PhoneState =
  | 'ringing'
  | 'dialing'
  | 'talking'
  | 'held'
  | 'unreachable'
  | 'unauthorized'
  | 'approval'
  | 'silent'
  | 'dnd'
  | 'unknown'
  | 'idle';

/** The states in the order in which they ask for somebody. */
export const PHONE_STATES: readonly PhoneState[] = [
  'ringing',
  'dialing',
  'talking',
  'held',
  'approval',
  'unauthorized',
  'unreachable',
  'silent',
  'dnd',
  'unknown',
  'idle',
];

/** How states are called on the page. */
export const STATE_NAMES: Readonly<Record<PhoneState, string>> = {
  ringing: 'Ringing',
  dialing: 'Dialing',
  talking: 'Talking',
  held: 'Held',
  approval: 'Approval pending',
  unauthorized: 'Wrong password',
  unreachable: 'Unreachable',
  silent: 'Reports nothing',
  dnd: 'Do not disturb',
  unknown: 'Not tried yet',
  idle: 'Idle',
};

/** A call says more than anything else: a phone that has one is there. */
export function phoneState({ reachability, doNotDisturb, calls }: PhoneLook): PhoneState {
  const has = (state: CallLook['state']) => calls.some((call) => call.state === state);
  if (has('RINGING') && !has('CONNECTED')) return 'ringing';
  if (has('CONNECTED')) return 'talking';
  if (has('DIALING')) return 'dialing';
  if (has('HELD')) return 'held';
  if (reachability === 'APPROVAL_PENDING') return 'approval';
  if (reachability === 'UNAUTHORIZED') return 'unauthorized';
  if (reachability === 'UNREACHABLE') return 'unreachable';
  if (reachability === 'SILENT') return 'silent';
  if (doNotDisturb) return 'dnd';
  return reachability === 'UNKNOWN' ? 'unknown' : 'idle';
}
