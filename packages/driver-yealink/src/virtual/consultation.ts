import type { CallLeg } from '@hookswitch/driver-kit/virtual';
import { type CallDesk, isAnswered } from './call-desk.ts';

/** What a consultation is to end in. */
type ConsultationGoal = 'transfer' | 'conference';

/**
 * What `F_TRANSFER`, `F_CONFERENCE`, `ATrans` and `BTrans` do: a call is put on hold, a second one is dialled, and a
 * second press of the key joins the two.
 */
export class Consultation {
  readonly #desk: CallDesk;
  readonly #allowed: { readonly localConference: boolean; readonly blindTransfersRinging: boolean };
  #goal: ConsultationGoal | undefined;
  #first: CallLeg | undefined;
  #second: CallLeg | undefined;

  constructor(desk: CallDesk, allowed: { readonly localConference: boolean; readonly blindTransfersRinging: boolean }) {
    this.#desk = desk;
    this.#allowed = allowed;
  }

  /** Whether the phone waits for the number of the other party. */
  get entersNumber(): boolean {
    return this.#goal !== undefined && this.#second === undefined;
  }

  /** `F_TRANSFER`: begins, or completes what was begun. */
  pressTransfer(): boolean {
    const { first, second } = this.#alive();
    if (first && second) return this.#complete(() => this.#desk.transferAttended(first, second));
    const number = this.#desk.typed;
    if (first && this.#goal === 'transfer' && number !== '') {
      this.#desk.typed = '';
      return this.#complete(() => this.#desk.transferBlind(first, number));
    }
    const other = this.#otherThan(first);
    if (first && this.#goal === 'transfer' && other) {
      return this.#complete(() => this.#desk.transferAttended(other, first));
    }
    return this.#begin('transfer');
  }

  /** `F_CONFERENCE`: begins, or joins the calls there are. */
  pressConference(): boolean {
    if (!this.#allowed.localConference) return false;
    const { first, second } = this.#alive();
    if (first && second) return isAnswered(second) && this.#complete(() => this.#desk.conference([first, second]));
    if (first && this.#desk.typed !== '') return this.dial(this.#desk.typed);
    const { active } = this.#desk;
    const other = this.#otherThan(active);
    if (active && other) return this.#complete(() => this.#desk.conference([other, active]));
    return this.#begin('conference');
  }

  /** `ATrans=`: holds the call and calls the other party; `F_TRANSFER` completes. */
  startAttended(to: string): boolean {
    if (this.#goal !== undefined || !this.#begin('transfer')) return false;
    return this.dial(to);
  }

  /** `BTrans=`. */
  transferBlind(to: string): boolean {
    const { active, held, ringing } = this.#desk;
    const leg = active ?? held;
    if (leg) return this.#complete(() => this.#desk.transferBlind(leg, to));
    if (!ringing || !this.#allowed.blindTransfersRinging) return false;
    return this.#desk.deflect(ringing, to);
  }

  /** Dials the other party from the account of the first call. */
  dial(number: string): boolean {
    const { first } = this.#alive();
    if (!first) return false;
    this.#second = this.#desk.dial(number, this.#desk.lineOf(first));
    return this.#second !== undefined;
  }

  /** Gives up entering a number. The first call stays on hold. @returns whether there was one to give up. */
  abandon(): boolean {
    const was = this.entersNumber;
    if (was) this.#forget();
    return was;
  }

  /** To be called when a call has ended. */
  noticeEnd(leg: CallLeg): void {
    if (leg === this.#first || leg === this.#second) this.#forget();
  }

  /** Forgets what was begun. */
  reset(): void {
    this.#forget();
  }

  #alive(): { first: CallLeg | undefined; second: CallLeg | undefined } {
    const { legs } = this.#desk;
    const alive = (leg: CallLeg | undefined) => (leg && legs.includes(leg) ? leg : undefined);
    return { first: alive(this.#first), second: alive(this.#second) };
  }

  #begin(goal: ConsultationGoal): boolean {
    const leg = this.#desk.active ?? this.#desk.held;
    if (!leg) return false;
    this.#desk.hold(leg);
    this.#desk.typed = '';
    this.#goal = goal;
    this.#first = leg;
    this.#second = undefined;
    return true;
  }

  #complete(act: () => boolean): boolean {
    const done = act();
    if (done) this.#forget();
    return done;
  }

  #otherThan(leg: CallLeg | undefined): CallLeg | undefined {
    return this.#desk.legs.find((other) => other !== leg && isAnswered(other));
  }

  #forget(): void {
    this.#goal = undefined;
    this.#first = undefined;
    this.#second = undefined;
  }
}
