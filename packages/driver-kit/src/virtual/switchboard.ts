import type { CallLeg, EndReason, VirtualEndpoint } from './call.ts';
import type { CallSnapshot } from './call-snapshot.ts';
import type { EndpointEvent, ExchangeEvent } from './exchange-event.ts';
import { JobQueue } from './job-queue.ts';
import { Leg, type LegStart, type LineState } from './leg.ts';
import { Recorder } from './recorder.ts';

/** What the callback of that name is called with. */
export type News<Event extends EndpointEvent> = Parameters<NonNullable<VirtualEndpoint[Event]>>;

/** Options of the exchange, defaults filled in. */
export interface SwitchboardOptions {
  readonly domain: string;
  readonly ringTimeoutMs: number | undefined;
  readonly sharesCallIds: boolean;
  readonly newCallId: () => string;
  readonly now: () => number;
  readonly onLeg: (leg: CallLeg) => void;
}

/** A call that is forwarded more often than this goes round in a circle. */
const MAX_FORWARDS = 10;

/** The state of all lines and legs, and the few moves of which every operation is made. */
export class Switchboard {
  readonly options: SwitchboardOptions;
  readonly jobs = new JobQueue();
  readonly events = new Recorder<ExchangeEvent>();
  readonly #lines = new Map<string, LineState>();
  #legCount = 0;

  constructor(options: SwitchboardOptions) {
    this.options = options;
  }

  /** Throws if the number is taken. */
  add(line: LineState): void {
    const { number } = line.party;
    if (this.#lines.has(number)) throw new Error(`The number ${number} is already connected to the virtual exchange.`);
    this.#lines.set(number, line);
  }

  /** Ends the line's legs; its endpoint is told nothing any more. */
  remove(line: LineState): void {
    if (!line.connected) return;
    line.connected = false;
    this.#lines.delete(line.party.number);
    for (const leg of [...line.legs]) this.endBoth(leg, 'disconnected');
  }

  close(): void {
    for (const line of [...this.#lines.values()]) line.connected = false;
    for (const line of [...this.#lines.values()]) {
      for (const leg of [...line.legs]) this.end(leg, 'disconnected');
    }
    this.#lines.clear();
  }

  calls(): readonly CallSnapshot[] {
    const legs = [...this.#lines.values()].flatMap((line) => line.legs).sort((a, b) => a.order - b.order);
    // Of two joined legs the older one stands for the call.
    const first = legs.filter(({ order, peer }) => peer === undefined || order < peer.order);
    return first.map((leg): CallSnapshot => {
      return { legs: leg.peer === undefined ? [leg.snapshot()] : [leg.snapshot(), leg.peer.snapshot()] };
    });
  }

  /** Calls one callback of an endpoint, in its turn. */
  tell<Event extends EndpointEvent>(line: LineState, event: Event, news: News<Event>): void {
    this.jobs.push(() => {
      if (!line.connected) return;
      const leg = news.flat().find((part) => part instanceof Leg);
      const reason = event === 'onEnded' ? leg?.endReason : undefined;
      this.events.record({ number: line.party.number, event, legId: leg?.id, reason });
      const callback = line.endpoint[event] as ((...news: News<Event>) => void) | undefined;
      callback?.apply(line.endpoint, news);
    });
  }

  addLeg(start: Pick<LegStart, 'line' | 'direction' | 'remote' | 'sipCallId'>): Leg {
    this.#legCount += 1;
    const id = start.line.endpoint.nextLegId?.(start.direction) ?? `leg-${this.#legCount}`;
    const leg = new Leg({ ...start, id, order: this.#legCount, startedAt: this.options.now() });
    leg.line.legs.push(leg);
    this.options.onLeg(leg);
    return leg;
  }

  /** Makes an incoming leg ring at `line` as the far end of `caller`. */
  ring(line: LineState, caller: Leg): void {
    const { sharesCallIds, newCallId } = this.options;
    const sipCallId = sharesCallIds ? caller.sipCallId : newCallId();
    const leg = this.addLeg({ line, direction: 'incoming', remote: caller.local, sipCallId });
    join(leg, caller);
    this.#limitRinging(leg);
    this.tell(line, 'onIncoming', [leg]);
    // A caller who was transferred here goes on in the call he is in.
    if (caller.isAnswered) {
      this.tell(caller.line, 'onRemoteChanged', [caller, 'blind']);
    } else {
      caller.state = 'ringing';
      this.tell(caller.line, 'onRinging', [caller]);
    }
  }

  /**
   * Finds who takes a call from `caller` to `number`, forwards followed.
   * Asks endpoints, so it is called from jobs only.
   */
  route(caller: Leg, number: string): LineState | 'busy' | 'notFound' {
    let wanted = userPart(number);
    for (let forwards = 0; forwards <= MAX_FORWARDS; forwards += 1) {
      const line = this.#lines.get(wanted);
      if (line === undefined) return 'notFound';
      if (line === caller.line) return 'busy';
      const admission = line.endpoint.admit?.(caller.local) ?? 'ring';
      if (admission === 'ring') return line;
      if (admission === 'busy') return 'busy';
      const to = admission.forwardTo;
      this.tell(line, 'onForwarded', [caller.local, to]);
      wanted = userPart(to);
    }
    return 'busy';
  }

  /** Ends a leg. Its far end, if any, is left alone. */
  end(leg: Leg, reason: EndReason): void {
    if (leg.state === 'ended') return;
    leg.stopRinging();
    leg.state = 'ended';
    leg.endReason = reason;
    leg.endedAt = this.options.now();
    if (leg.peer?.peer === leg) leg.peer.peer = undefined;
    leg.peer = undefined;
    leg.line.legs = leg.line.legs.filter((other) => other !== leg);
    this.#dissolveConferenceOfOne(leg);
    this.tell(leg.line, 'onEnded', [leg, reason]);
  }

  /** Ends a leg and its far end, which sees it as its own state makes it look. */
  endBoth(leg: Leg, reason: EndReason, unansweredSees: EndReason = 'remoteRejected'): void {
    const { peer } = leg;
    this.end(leg, reason);
    if (peer !== undefined) this.endFar(peer, unansweredSees);
  }

  /** Ends a leg whose far end is gone. `unansweredSees` is for a caller who still waits for an answer. */
  endFar(leg: Leg, unansweredSees: EndReason): void {
    if (leg.ringsHere) this.end(leg, 'remoteCancelled');
    else this.end(leg, leg.isAnswered ? 'remoteHungUp' : unansweredSees);
  }

  #dissolveConferenceOfOne({ conference, line }: Leg): void {
    if (conference === undefined) return;
    const rest = line.legs.filter((leg) => leg.conference === conference);
    if (rest.length === 1 && rest[0] !== undefined) rest[0].conference = undefined;
  }

  #limitRinging(leg: Leg): void {
    const { ringTimeoutMs } = this.options;
    if (ringTimeoutMs === undefined) return;
    const timer = setTimeout(() => {
      if (leg.ringsHere) this.endBoth(leg, 'missed', 'noAnswer');
    }, ringTimeoutMs);
    leg.stopRinging = () => clearTimeout(timer);
  }
}

/** Makes two legs the ends of one call; each sees the other and whether it holds. */
export const join = (one: Leg, other: Leg): void => {
  for (const [leg, peer] of [
    [one, other],
    [other, one],
  ] as const) {
    leg.peer = peer;
    leg.remote = peer.local;
    leg.heldByRemote = peer.state === 'held';
  }
};

/** `1002` of `sip:1002@pbx`, `1002@pbx` and `1002`. */
const userPart = (number: string): string => number.replace(/^sips?:/i, '').split('@')[0] ?? '';
