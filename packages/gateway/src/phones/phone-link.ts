import type { Failure } from '@hookswitch/core';
import { type Circuit, createCircuit } from '../commands/circuit.ts';
import { createLane, type Lane } from '../commands/lane.ts';
import type { Instant, Reachability } from '../model.ts';
import type { DigestSessions } from '../transport/http-transport.ts';

/** By which kind of address something goes. */
export type LinkKind = 'http' | 'sip';

/** What the gateway keeps of its link to one phone, in memory. Lane, circuits and sessions are made when they are first used. */
export interface PhoneLink {
  readonly lane: Lane;
  /** By kind of address: a phone may answer over HTTP and drop all SIP that does not come from its registrar. */
  readonly circuits: Readonly<Record<LinkKind, Circuit>>;
  reachability: Reachability;
  lastEventAt: Instant | null;
  readonly sessions: DigestSessions;
  /** Commands that wait or run. */
  readonly waiting: number;
  /** Why nothing can be sent by that kind of address now; null: go ahead. */
  refusal(kind: LinkKind): Failure | null;
}

/** What links go by. */
export interface Clocks {
  readonly now: () => Instant;
  /** Milliseconds of a clock that only runs forward. */
  readonly ticks: () => number;
  /** Why lanes take nothing any more; null: they do. */
  readonly stopping: () => Failure | Error | null;
  /** Asked before anything is done on a phone: why it must not be; null: it may. */
  readonly forbids: (phoneId: string) => Error | null;
}

/** Of most phones there is nothing to keep but when they were heard. */
export class OnePhoneLink implements PhoneLink {
  readonly #clocks: Clocks;
  readonly #phoneId: string;
  #lane: Lane | null = null;
  #circuits: PhoneLink['circuits'] | null = null;
  #sessions: DigestSessions | null = null;
  reachability: Reachability = 'UNKNOWN';
  lastEventAt: Instant | null;

  constructor(clocks: Clocks, phoneId: string, lastEventAt: Instant | null) {
    this.#clocks = clocks;
    this.#phoneId = phoneId;
    this.lastEventAt = lastEventAt;
  }

  get lane(): Lane {
    if (this.#lane !== null) return this.#lane;
    const { now, ticks, stopping, forbids } = this.#clocks;
    const lane = createLane(now, ticks, () => forbids(this.#phoneId));
    this.#lane = lane;
    const failure = stopping();
    if (failure !== null) void lane.close(failure, 0);
    return lane;
  }

  get circuits(): PhoneLink['circuits'] {
    const { ticks } = this.#clocks;
    this.#circuits ??= { http: createCircuit(ticks), sip: createCircuit(ticks) };
    return this.#circuits;
  }

  get sessions(): DigestSessions {
    this.#sessions ??= new Map();
    return this.#sessions;
  }

  get waiting(): number {
    return this.#lane?.size ?? 0;
  }

  refusal(kind: LinkKind): Failure | null {
    return this.#circuits?.[kind].refusal() ?? null;
  }

  /** Its phone has changed: what was refused may be taken now. */
  forget(): void {
    this.#circuits?.http.reset();
    this.#circuits?.sip.reset();
    this.#sessions?.clear();
  }

  /** Another gateway has the phone. */
  abandon(error: Error): void {
    this.#lane?.abandon(error);
    this.#lane = null;
  }

  async close(failure: Failure | Error, graceMs: number): Promise<void> {
    await this.#lane?.close(failure, graceMs);
  }
}
