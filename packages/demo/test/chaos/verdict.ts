import type { Call } from '../../../gateway/src/model.ts';
import type { SentEvent } from './event-path.ts';
import { BOOT_MS, type FleetPhone } from './fleet.ts';
import type { TrueCall } from './witness.ts';

/** What came out of the comparison of the gateway's calls with those that there were. */
export interface Verdict {
  /** As they were. */
  readonly equal: number;
  /** As they were, but for the end, which no event told: `endInferred`. */
  readonly inferred: number;
  /**
   * As they were as far as anything tells: every event that told whether the call was answered, or who called, was lost,
   * and the gateway does not say otherwise: no end reason of a call that nobody took, no direction, no party.
   */
  readonly untold: number;
  /** Calls of which every event was lost, and that no snapshot found: nobody can show them. */
  readonly unseen: number;
  /**
   * Calls of phones that name no call, at a time when one of their calls changed its party, had its beginning lost, or
   * had the party of another one that began at about that time: what is told then fits more than one story.
   */
  readonly ambiguous: number;
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
  readonly sent: readonly SentEvent[];
  /** Whether a call that is over must be shown so whatever its phone. Where the phone can be asked, it must be soon. */
  readonly endsAreDue: boolean;
  readonly now: number;
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
const BEGINNINGS: ReadonlySet<string> = new Set(['incoming', 'outgoing', 'incoming_call', 'outgoing_call']);

type Match = { readonly call: Call; readonly leg: TrueCall };

/** Compares every call that the gateway shows with what happened at the exchange. */
export function judge({ phones, shown, truth, sent, endsAreDue, now }: Evidence): Verdict {
  const wrong: string[] = [];
  const count = { equal: 0, inferred: 0, untold: 0, unseen: 0, ambiguous: 0, nameless: 0 };
  const legsOf = Map.groupBy(truth, ({ leg }) => leg.local.number);
  const callsOf = Map.groupBy(shown, ({ phoneId }) => phoneId);
  const eventsOf = Map.groupBy(sent, ({ token, callId }) => `${token} ${callId}`);
  for (const phone of phones) {
    const legs = legsOf.get(phone.number) ?? [];
    const toldOf = ({ leg }: TrueCall): readonly string[] =>
      (eventsOf.get(`${phone.token} ${leg.id}`) ?? []).filter(({ isLost }) => !isLost).map(({ path }) => path);
    const vague = phone.kind.nameless ? legs.filter((one) => isVague(one, { legs, told: toldOf(one) })) : [];
    if (phone.kind.nameless) count.nameless += legs.length;
    const report = (fault: string, { from, to }: Span): void => {
      if (vague.some(({ leg }) => leg.startedAt - NEAR_MS <= to && from <= (leg.endedAt ?? to) + NEAR_MS))
        count.ambiguous += 1;
      else wrong.push(`${name(phone)}: ${fault}`);
    };
    const { matches, strangers, missing } = match(phone, { calls: callsOf.get(phone.id) ?? [], legs });
    for (const call of strangers) report(`there never was ${tell(call)}`, spanOf(call));
    for (const one of missing) {
      const told = toldOf(one);
      if (told.length === 0) count.unseen += 1;
      else report(`nobody shows ${tellLeg(one)}, told by ${told.join(', ')}`, spanOf(one.leg));
    }
    for (const one of matches) {
      const told = toldOf(one.leg);
      const isEndDue = endsAreDue || (phone.canBeAsked && isLongOver(one.leg, now));
      const { faults, untold } = compare(one, told, isEndDue);
      if (faults.length > 0)
        report(
          `${faults.join(', ')}: ${tell(one.call)}, but ${tellLeg(one.leg)}, told by ${told.join(', ')}`,
          spanOf(one.leg.leg, one.call),
        );
      else if (untold) count.untold += 1;
      else if (one.call.endInferred) count.inferred += 1;
      else count.equal += 1;
    }
  }
  return { ...count, wrong };
}

/** Whether a phone that names no call cannot tell this one so that it fits one story only. */
function isVague(
  one: TrueCall,
  { legs, told }: { readonly legs: readonly TrueCall[]; readonly told: readonly string[] },
): boolean {
  if (one.parties.length > 1 || !told.some((path) => BEGINNINGS.has(path))) return true;
  const isTwin = ({ leg, parties }: TrueCall): boolean =>
    leg !== one.leg &&
    parties.some((party) => one.parties.includes(party)) &&
    Math.abs(leg.startedAt - one.leg.startedAt) < NEAR_MS;
  return legs.some(isTwin);
}

/** So long after its end a call is shown to be over where its phone can be asked. */
const ASKED_MS = 15_000;

function isLongOver({ leg: { endedAt, endReason } }: TrueCall, now: number): boolean {
  // A phone that starts can be asked only when it is up again.
  return endedAt !== undefined && now - endedAt > ASKED_MS + (endReason === 'disconnected' ? BOOT_MS : 0);
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** From the first beginning to the last end. */
function spanOf(
  ...calls: readonly { readonly startedAt: number; readonly endedAt?: number | null | undefined }[]
): Span {
  const ends = calls.map(({ endedAt }) => endedAt ?? Number.POSITIVE_INFINITY);
  return { from: Math.min(...calls.map(({ startedAt }) => startedAt)), to: Math.max(...ends) };
}

function compare(
  { call, leg: { leg, parties } }: Match,
  told: readonly string[],
  isEndDue: boolean,
): { readonly faults: readonly string[]; readonly untold: boolean } {
  const faults: string[] = [];
  let untold = false;
  const direction = leg.direction === 'incoming' ? 'INCOMING' : 'OUTGOING';
  if (call.direction === null) untold = true;
  else if (call.direction !== direction) faults.push('direction');
  // A snapshot tells the call and its state, and nobody's number.
  if (call.remote.number === null && told.length === 0) untold = true;
  else if (call.remote.number === null || !parties.includes(call.remote.number)) faults.push('party');
  const [wasAnswered, isShownAnswered] = [leg.answeredAt !== undefined, call.answeredAt !== null];
  if (isShownAnswered && !wasAnswered) faults.push('was not answered');
  if (!isShownAnswered && wasAnswered) {
    const isDenied = call.endReason !== null && UNANSWERED.has(call.endReason);
    if (isDenied || told.some((path) => TELL_ANSWER.has(path))) faults.push('was answered');
    else untold = true;
  }
  const [isOver, isShownOver] = [leg.endedAt !== undefined, call.state === 'ENDED'];
  if (isOver && !isShownOver && isEndDue) faults.push('is over');
  if (call.endInferred && told.some((path) => TELL_END.has(path))) faults.push('its end was told');
  if (!isOver && isShownOver) faults.push('goes on');
  return { faults, untold };
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
  for (const call of [...calls].sort((a, b) => a.startedAt - b.startedAt)) {
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
}: Call): string {
  const ids = Object.values(vendorIds).join('/');
  return `${direction} ${remote.number} [${ids}] ${state} ${time(startedAt)} answered ${time(answeredAt)} ended ${time(endedAt)}${endInferred ? ' inferred' : ''} ${endReason}`;
}

function tellLeg({ leg, parties }: TrueCall): string {
  return `${leg.direction} ${parties.join('→')} [${leg.id}] ${leg.state} ${time(leg.startedAt)} answered ${time(leg.answeredAt)} ended ${time(leg.endedAt)} ${leg.endReason}`;
}
