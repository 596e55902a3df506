import type { Call } from '../../../gateway/src/model.ts';
import type { SentEvent } from './event-path.ts';
import { BOOT_MS, type FleetPhone } from './fleet.ts';
import type { HeardEvent } from './heard.ts';
import type { TrueCall } from './witness.ts';

/** What came out of the comparison of the gateway's calls with those that there were. */
export interface Verdict {
  /** All that is said of them is true. */
  readonly equal: number;
  /** Of these: calls of which it is not said whether they were answered, which way they went or who called. Those events were lost. */
  readonly open: number;
  /** As `equal`, but for the end, which no event told: `endInferred`. */
  readonly endInferred: number;
  /** Marked as `inferred`: whatever is said of them may be another call's. */
  readonly inferred: number;
  /** Of these: calls of which all that is said is true nevertheless. */
  readonly inferredThoughTrue: number;
  /** Of these: calls of phones that name their calls. */
  readonly inferredThoughNamed: number;
  /** Calls of which every event was lost, and that no snapshot found: nobody can show them. */
  readonly unseen: number;
  /** Calls that were told and are not shown: what the gateway heard of them is in one that is marked as `inferred`. */
  readonly mixedUp: number;
  /** All calls of phones that name no call. */
  readonly nameless: number;
  /** Everything else, in words. */
  readonly wrong: readonly string[];
}

/** What is compared. */
export interface Evidence {
  readonly phones: readonly FleetPhone[];
  readonly shown: readonly Call[];
  readonly truth: readonly TrueCall[];
  /** What was heard of calls from phones that name none. */
  readonly heard: readonly HeardEvent[];
  readonly sent: readonly SentEvent[];
  /** Whether a call that is over must be shown so whatever its phone. Where the phone can be asked, it must be soon. */
  readonly endsAreDue: boolean;
  readonly now: number;
  /** How late an event comes at most, milliseconds. */
  readonly delayMs: number;
}

/** Events that tell that a call was answered, by the last part of their URLs. */
const TELL_ANSWER: ReadonlySet<string> = new Set(
  ['connected', 'hold', 'unhold', 'received_attended_transfer'].concat([
    'call_established',
    'answer_new_incoming_call',
    'held',
    'unheld',
    'mute',
    'unmute',
  ]),
);
/** Events that tell that a call is over. */
const TELL_END: ReadonlySet<string> = new Set([
  'disconnected',
  'missed',
  'call_terminated',
  'missed_call',
  'reject_incoming_call',
  'cancel_callout',
  'remote_busy',
  'call_remote_canceled',
]);
/** For calls that a phone without ids of calls reports: so far apart may its word and the exchange's be. */
const NEAR_MS = 15_000;
/** End reasons that say that nobody answered. */
const UNANSWERED: ReadonlySet<string> = new Set(['MISSED', 'REJECTED', 'CANCELED', 'REMOTE_BUSY', 'FORWARDED']);
/** What an event takes beside the delay that the network gives it: the phone's queue, the clock's steps. */
const HANDLING_MS = 500;

type Match = { readonly call: Call; readonly leg: TrueCall };

/** Compares every call that the gateway shows with what happened at the exchange. */
export function judge({ phones, shown, truth, heard, sent, endsAreDue, now, delayMs }: Evidence): Verdict {
  const wrong: string[] = [];
  const count = { equal: 0, open: 0, endInferred: 0, unseen: 0, mixedUp: 0, nameless: 0 };
  const marked = { inferred: 0, inferredThoughTrue: 0, inferredThoughNamed: 0 };
  const legsOf = Map.groupBy(truth, ({ leg }) => leg.local.number);
  const heardOf = Map.groupBy(heard, ({ phoneId }) => phoneId);
  const callsOf = Map.groupBy(shown, ({ phoneId }) => phoneId);
  const eventsOf = Map.groupBy(sent, ({ token, callId }) => `${token} ${callId}`);
  for (const phone of phones) {
    const legs = legsOf.get(phone.number) ?? [];
    const calls = callsOf.get(phone.id) ?? [];
    const toldOf = ({ leg }: TrueCall): readonly string[] =>
      (eventsOf.get(`${phone.token} ${leg.id}`) ?? []).filter(({ isLost }) => !isLost).map(({ path }) => path);
    if (phone.kind.nameless) count.nameless += legs.length;
    marked.inferred += calls.filter(({ inferred }) => inferred).length;
    if (!phone.kind.nameless) marked.inferredThoughNamed += calls.filter(({ inferred }) => inferred).length;
    const report = (fault: string): void => void wrong.push(`${name(phone)}: ${fault}`);
    const { matches, strangers, missing } = match(phone, { calls, legs });
    for (const call of strangers) if (!call.inferred) report(`there never was ${tell(call)}`);
    for (const one of missing) {
      const told = toldOf(one);
      if (told.length === 0) count.unseen += 1;
      else if (isInMarked(one, calls, { heard: heardOf.get(phone.id) ?? [], delayMs })) count.mixedUp += 1;
      else report(`nobody shows ${tellLeg(one)}, told by ${told.join(', ')}`);
    }
    for (const one of matches) {
      const told = toldOf(one.leg);
      const isEndDue = endsAreDue || (phone.canBeAsked && isLongOver(one.leg, now));
      const { faults, isOpen } = compare(one, told, { isEndDue, delayMs });
      if (one.call.inferred) marked.inferredThoughTrue += faults.length === 0 ? 1 : 0;
      else if (faults.length > 0)
        report(`${faults.join(', ')}: ${tell(one.call)}, but ${tellLeg(one.leg)}, told by ${told.join(', ')}`);
      else if (one.call.endInferred) count.endInferred += 1;
      else {
        count.equal += 1;
        count.open += isOpen ? 1 : 0;
      }
    }
  }
  return { ...count, ...marked, wrong };
}

/**
 * Whether what was heard of a call that is not shown went into one that is marked. What is shown must be true or marked;
 * a call of which every event is taken to be another one's is covered by that call's mark, and by nothing else: an event
 * with its party, in its direction and of its time must be in a marked call of that phone, or in none while one went on
 * that it may be about.
 */
function isInMarked(
  { leg, parties }: TrueCall,
  calls: readonly Call[],
  { heard, delayMs }: { readonly heard: readonly HeardEvent[]; readonly delayMs: number },
): boolean {
  const lateMs = delayMs + HANDLING_MS;
  const marked = calls.filter(({ inferred }) => inferred);
  const direction = leg.direction === 'incoming' ? 'INCOMING' : 'OUTGOING';
  const own = heard.filter(
    (event) =>
      event.number !== null &&
      parties.includes(event.number) &&
      (event.direction === null || event.direction === direction) &&
      event.receivedAt >= leg.startedAt - HANDLING_MS &&
      event.receivedAt <= (leg.endedAt ?? Number.POSITIVE_INFINITY) + lateMs,
  );
  const wasThere = ({ startedAt, endedAt }: Call, at: number): boolean =>
    startedAt <= at + lateMs && at <= (endedAt ?? Number.POSITIVE_INFINITY) + lateMs;
  return own.some(({ callId, receivedAt }) =>
    marked.some((call) => (callId === null ? wasThere(call, receivedAt) : call.id === callId)),
  );
}

/** So long after its end a call is shown to be over where its phone can be asked. */
const ASKED_MS = 15_000;

function isLongOver({ leg: { endedAt, endReason } }: TrueCall, now: number): boolean {
  // A phone that starts can be asked only when it is up again.
  return endedAt !== undefined && now - endedAt > ASKED_MS + (endReason === 'disconnected' ? BOOT_MS : 0);
}

function compare(
  { call, leg: { leg, parties } }: Match,
  told: readonly string[],
  { isEndDue, delayMs }: { readonly isEndDue: boolean; readonly delayMs: number },
): { readonly faults: readonly string[]; readonly isOpen: boolean } {
  const faults: string[] = [];
  let isOpen = false;
  const direction = leg.direction === 'incoming' ? 'INCOMING' : 'OUTGOING';
  if (call.direction === null) isOpen = true;
  else if (call.direction !== direction) faults.push('direction');
  // A snapshot tells the call and its state, and nobody's number.
  if (call.remote.number === null && told.length === 0) isOpen = true;
  else if (call.remote.number === null || !parties.includes(call.remote.number)) faults.push('party');
  const [wasAnswered, isShownAnswered] = [leg.answeredAt !== undefined, call.answeredAt !== null];
  if (isShownAnswered && !wasAnswered) faults.push('was not answered');
  if (!isShownAnswered && wasAnswered) {
    const isDenied = call.endReason !== null && UNANSWERED.has(call.endReason);
    if (isDenied || told.some((path) => TELL_ANSWER.has(path))) faults.push('was answered');
    else isOpen = true;
  }
  const [isOver, isShownOver] = [leg.endedAt !== undefined, call.state === 'ENDED'];
  if (isOver && !isShownOver && isEndDue) faults.push('is over');
  if (call.endInferred && told.some((path) => TELL_END.has(path))) faults.push('its end was told');
  if (!isOver && isShownOver) faults.push('goes on');
  const latest = (leg.endedAt ?? Number.POSITIVE_INFINITY) + delayMs + HANDLING_MS;
  const isBetween = (at: number | null, from: number | undefined): boolean =>
    at === null || from === undefined || (at >= from - HANDLING_MS && at <= latest);
  if (!isBetween(call.startedAt, leg.startedAt)) faults.push('began at another time');
  if (!isBetween(call.answeredAt, leg.answeredAt)) faults.push('was answered at another time');
  if (!call.endInferred && !isBetween(call.endedAt, leg.endedAt)) faults.push('ended at another time');
  return { faults, isOpen };
}

/** Which call is which: by the vendor's id, else by party, direction and time. */
function match(
  { kind, phone }: FleetPhone,
  { calls, legs }: { readonly calls: readonly Call[]; readonly legs: readonly TrueCall[] },
): { readonly matches: readonly Match[]; readonly strangers: readonly Call[]; readonly missing: readonly TrueCall[] } {
  const left = new Set(legs);
  const matches: Match[] = [];
  const strangers: Call[] = [];
  const idName = phone.vendor === 'snom' ? 'csta_id' : 'call_id';
  // What is not marked must be true: it comes first.
  const marksLast = calls.toSorted((a, b) => Number(a.inferred) - Number(b.inferred) || a.startedAt - b.startedAt);
  for (const call of marksLast) {
    const id = call.vendorIds[idName];
    const found =
      kind.nameless && id === undefined ? nearest(call, [...left]) : [...left].find(({ leg }) => leg.id === id);
    if (found === undefined) strangers.push(call);
    else {
      left.delete(found);
      matches.push({ call, leg: found });
    }
  }
  return { matches, strangers, missing: [...left] };
}

function nearest(call: Call, legs: readonly TrueCall[]): TrueCall | undefined {
  const fits = legs.filter(
    ({ leg, parties }) =>
      call.remote.number !== null &&
      parties.includes(call.remote.number) &&
      (call.direction === null || (call.direction === 'INCOMING') === (leg.direction === 'incoming')) &&
      call.startedAt >= leg.startedAt - 100 &&
      call.startedAt <= (leg.endedAt ?? Number.POSITIVE_INFINITY) + NEAR_MS,
  );
  return fits.sort(
    (a, b) => Math.abs(call.startedAt - a.leg.startedAt) - Math.abs(call.startedAt - b.leg.startedAt),
  )[0];
}

function name({ number, kind }: FleetPhone): string {
  return `${number} (${kind.vendor} ${kind.model}${kind.nameless ? ' without ids' : ''})`;
}

function time(at: number | null | undefined): string {
  return at === null || at === undefined ? '-' : new Date(at).toISOString().slice(11, 23);
}

function tell({
  direction,
  state,
  remote,
  startedAt,
  answeredAt,
  endedAt,
  endInferred,
  endReason,
  vendorIds,
  inferred,
}: Call): string {
  const ids = Object.values(vendorIds).join('/');
  return `${direction} ${remote.number} [${ids}] ${state} ${time(startedAt)} answered ${time(answeredAt)} ended ${time(endedAt)}${endInferred ? ' by the gateway' : ''} ${endReason}${inferred ? ', inferred' : ''}`;
}

function tellLeg({ leg, parties }: TrueCall): string {
  return `${leg.direction} ${parties.join('→')} [${leg.id}] ${leg.state} ${time(leg.startedAt)} answered ${time(leg.answeredAt)} ended ${time(leg.endedAt)} ${leg.endReason}`;
}
