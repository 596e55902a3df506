import type { CallEventKind, CommandName, KnownCall, PhoneEvent } from '@hookswitch/core';
import type { Call } from '../model.ts';
import { changeOf } from './call-changes.ts';
import type { CallChange, PicturedCall } from './call-picture.ts';
import type { ResolvedCommand } from './resolve-command.ts';

/** An event as a witness of what a command did. */
export interface Witness {
  readonly event: PhoneEvent;
  /** The phone told it when it was asked, and not by itself. */
  readonly wasAsked: boolean;
  /** The call that it is about; null: none, or nobody can tell. */
  readonly callId: string | null;
  /** The phone's calls that have not ended, the event taken in. */
  readonly calls: readonly Call[];
}

/** What an event says of a command: nothing, that it may be meant, that it is. */
export type Testimony = 'NO' | 'FITS' | 'PROVES';

/**
 * Whom an event proves that fits several commands. STATE: all that wished the phone to be so; it takes nothing from
 * others. OWN_CALL: all that named that call, and then none that named no call. ONE: the one that it fits best, of equals
 * the oldest, since each of them brings about an event of its own.
 */
export type ProofScope = 'STATE' | 'OWN_CALL' | 'ONE';

/** Which event proves that a command had its effect, and how long it is waited for. */
export interface Expectation {
  readonly windowMs: number;
  readonly scope: ProofScope;
  /** What the command is about. */
  readonly about: PhoneEvent['type'];
  /** What the command makes of the phone's calls, for as long as it waits; null: nothing, or nobody can say. */
  readonly change: CallChange | null;
  /** What this event of the phone, received after the command was sent, says. */
  readonly testimony: (witness: Witness) => Testimony;
}

/** Windows in milliseconds, by what is waited for. */
const PROOF_WINDOWS = {
  call: 10_000,
  feature: 10_000,
  // Finished once the far end has taken the call.
  transfer: 30_000,
  registration: 60_000,
  eventPath: 10_000,
  start: 5 * 60_000,
} as const;

/** What a rule looks at. */
interface Sent {
  readonly resolved: ResolvedCommand;
  /** The phone's calls when the command was sent. */
  readonly calls: readonly Call[];
  /** The call that it is about; null: none, several, or nobody can tell. */
  readonly meant: PicturedCall | null;
}

type Proof = Omit<Expectation, 'change'>;
type Rule = (sent: Sent) => Proof | null;

/**
 * Such an event about the command's own calls: those that it names, else the one that was decided when it was sent. Where
 * nobody could tell which that is, about any that the phone had.
 */
function call(kinds: readonly CallEventKind[], windowMs: number = PROOF_WINDOWS.call): Rule {
  return ({ resolved, calls, meant }) => {
    const own = ownCalls(resolved, calls, meant);
    return {
      windowMs,
      scope: own.length === 0 ? 'ONE' : 'OWN_CALL',
      about: 'CALL',
      testimony: (witness) => {
        const { event } = witness;
        if (event.type !== 'CALL' || !kinds.includes(event.callEventKind)) return 'NO';
        if (own.length === 0) return 'FITS';
        return own.some((one) => isOwn(one, witness)) ? 'PROVES' : 'NO';
      },
    };
  };
}

/** The call whose event proves a command; of a transfer that is to be completed, both, since phones tell it of either. */
function ownCalls(
  { name, command }: ResolvedCommand,
  calls: readonly Call[],
  meant: PicturedCall | null,
): readonly KnownCall[] {
  const named = 'heldCall' in command ? command.heldCall : 'call' in command ? command.call : undefined;
  if (named !== undefined) return [named];
  if (name === 'completeTransfer') {
    const placed = calls.filter(({ state }) => state !== 'RINGING');
    return placed.length === 2 ? placed : [];
  }
  return calls.filter(({ id }) => id === meant?.id);
}

/** Whether an event is about that call: by its identifiers, where these say nothing as the book has it, else by party. */
function isOwn(own: KnownCall, { event, callId: told }: Witness): boolean {
  if (event.type !== 'CALL') return false;
  const { vendorIds, remote } = event.call;
  const common = Object.entries(vendorIds).filter(([name]) => own.vendorIds[name] !== undefined);
  if (common.length > 0) return common.some(([name, value]) => own.vendorIds[name] === value);
  if (told !== null) return told === own.id;
  return remote.number === null || own.remote.number === null || remote.number === own.remote.number;
}

/**
 * A call placed to that number; an event that names another one is no proof. Neither is a call without a number that was
 * found by asking: a report says that one begins now, an answer only that there is one, and anybody may have placed it.
 */
function outgoing(to: string): Rule {
  return () => ({
    windowMs: PROOF_WINDOWS.call,
    scope: 'ONE',
    about: 'CALL',
    testimony: ({ event, wasAsked }) => {
      if (event.type !== 'CALL' || event.callEventKind !== 'OUTGOING') return 'NO';
      const { number } = event.call.remote;
      if (number === null) return wasAsked ? 'NO' : 'FITS';
      return spellingOf(number) === spellingOf(to) ? 'PROVES' : 'NO';
    },
  });
}

/** A number without what people put between digits; of a SIP URI its user. */
function spellingOf(address: string): string {
  const [user = ''] = address
    .trim()
    .replace(/^(?:sips?|tel):/i, '')
    .split(/[@;?]/, 1);
  return /^[+\d\s()./-]+$/.test(user) ? user.replace(/[^+\d]/g, '') : user.toLowerCase();
}

/** All calls that the phone had are over. */
const allEnded: Rule = ({ resolved, calls }) => {
  if (resolved.name !== 'hangUpAll') return null;
  const meant = new Set((resolved.command.calls ?? calls).map(({ id }) => id));
  if (meant.size === 0) return null;
  return {
    windowMs: PROOF_WINDOWS.call,
    scope: 'STATE',
    about: 'CALL',
    testimony: ({ event, calls: now }) =>
      event.type === 'CALL' && !now.some(({ id }) => meant.has(id)) ? 'PROVES' : 'NO',
  };
};

/**
 * The phone tells that it has joined them, or resumes one that was held while it talks on all others: it talks on one
 * call at a time unless it has joined them. Where none was held nothing of the kind can be seen.
 */
const joined: Rule = (sent) => {
  const meant = new Set(joinedBy(sent).map(({ id }) => id));
  if (meant.size < 2) return null;
  const wasOneHeld = sent.calls.some(({ id, state: before }) => meant.has(id) && before === 'HELD');
  return {
    windowMs: PROOF_WINDOWS.call,
    scope: 'STATE',
    about: 'CALL',
    testimony: ({ event, callId, calls: now }) => {
      if (event.type !== 'CALL' || callId === null || !meant.has(callId)) return 'NO';
      if (event.callEventKind === 'CONFERENCED') return 'PROVES';
      if (!wasOneHeld || event.callEventKind !== 'RESUMED') return 'NO';
      const talking = now.filter(({ id, state: after }) => meant.has(id) && after === 'CONNECTED');
      return talking.length === meant.size ? 'PROVES' : 'NO';
    },
  };
};

/** The calls that a command joins; none where it is another one. */
export function joinedBy({ resolved, calls }: Pick<Sent, 'resolved' | 'calls'>): readonly Call[] {
  if (resolved.name !== 'conference') return [];
  const named = resolved.command.calls?.map(({ id }) => id);
  return calls.filter(({ id, state: before }) =>
    named === undefined ? before === 'CONNECTED' || before === 'HELD' : named.includes(id),
  );
}

/** The phone tells that it is so now. */
function state(windowMs: number, isSo: (event: PhoneEvent) => boolean): Proof {
  return {
    windowMs,
    scope: 'STATE',
    about: 'DEVICE',
    testimony: ({ event }) => (isSo(event) ? 'PROVES' : 'NO'),
  };
}

const registered =
  (wanted: 'REGISTERED' | 'UNREGISTERED'): Rule =>
  () =>
    state(PROOF_WINDOWS.registration, (event) => event.type === 'REGISTRATION' && event.registrationState === wanted);

const device =
  (windowMs: number, wanted: 'STARTED' | 'EVENT_PATH_TESTED'): Rule =>
  () =>
    state(windowMs, (event) => event.type === 'DEVICE' && event.deviceEventKind === wanted);

const ENDINGS = ['ENDED', 'REJECTED', 'CANCELED', 'MISSED'] as const;

/** Commands whose effect phones report. The others stay ACCEPTED: nobody tells. */
const RULES: Partial<Record<CommandName, Rule>> = {
  dial: (sent) => (sent.resolved.name === 'dial' ? outgoing(sent.resolved.command.to)(sent) : null),
  answer: call(['CONNECTED', 'ANSWERED_WAITING']),
  hangUp: call(ENDINGS),
  hangUpAll: allEnded,
  reject: call(['REJECTED', 'ENDED', 'MISSED']),
  deflect: call(['FORWARDED', 'ENDED', 'TRANSFER_BLIND']),
  setHold: (sent) => call([sent.resolved.name === 'setHold' && !sent.resolved.command.held ? 'RESUMED' : 'HELD'])(sent),
  setMuted: (sent) =>
    call([sent.resolved.name === 'setMuted' && !sent.resolved.command.muted ? 'UNMUTED' : 'MUTED'])(sent),
  transfer: (sent) => {
    if (sent.resolved.name !== 'transfer') return null;
    const { kind, to } = sent.resolved.command;
    if (kind === 'ATTENDED') return outgoing(to)(sent);
    return call(['TRANSFER_BLIND', 'TRANSFER_FINISHED', 'TRANSFER_STARTED'], PROOF_WINDOWS.transfer)(sent);
  },
  completeTransfer: call(['TRANSFER_ATTENDED', 'TRANSFER_FINISHED'], PROOF_WINDOWS.transfer),
  cancelTransfer: call(['RESUMED']),
  conference: joined,
  setDoNotDisturb: ({ resolved }) => {
    if (resolved.name !== 'setDoNotDisturb') return null;
    const { enabled } = resolved.command;
    return state(
      PROOF_WINDOWS.feature,
      (event) => event.type === 'FEATURE' && event.feature === 'DO_NOT_DISTURB' && event.enabled === enabled,
    );
  },
  setForwarding: ({ resolved }) => {
    if (resolved.name !== 'setForwarding') return null;
    const { kind, enabled } = resolved.command;
    const features = ['FORWARD', `FORWARD_${kind}`];
    return state(
      PROOF_WINDOWS.feature,
      (event) => event.type === 'FEATURE' && features.includes(event.feature) && event.enabled === enabled,
    );
  },
  reboot: device(PROOF_WINDOWS.start, 'STARTED'),
  logOff: registered('UNREGISTERED'),
  reregister: registered('REGISTERED'),
  verifyEventPath: device(PROOF_WINDOWS.eventPath, 'EVENT_PATH_TESTED'),
};

/** @returns null where no event can prove the command */
export function expectationOf(sent: Sent): Expectation | null {
  const proof = RULES[sent.resolved.name]?.(sent) ?? null;
  return proof === null ? null : { ...proof, change: changeOf(sent) };
}
