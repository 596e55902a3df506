import type { Admission, CallLeg, EndReason, Party, PhoneAccount, PhoneFeatures } from '@hookswitch/driver-kit/virtual';
import type { EndpointHost } from './account-endpoint.ts';
import type { ActionUrlEvent } from './action-url-events.table.ts';
import type { ActionUrlReporter } from './action-url-reporter.ts';
import type { CallDesk } from './call-desk.ts';
import type { Consultation } from './consultation.ts';
import type { YealinkQuirks } from './quirks.ts';

/** What the calls of a phone change. */
export interface CallEventsOptions {
  readonly desk: CallDesk;
  readonly consultation: Consultation;
  readonly features: PhoneFeatures;
  readonly reporter: ActionUrlReporter;
  readonly quirks: YealinkQuirks;
  /** How long one second lasts, milliseconds. */
  readonly secondMs: number;
  /** Told after each change. */
  readonly onChange: () => void;
}

/** Turns what the exchange tells of calls into action URLs and into what the phone does by itself. */
export class CallEvents implements EndpointHost, Disposable {
  readonly #options: CallEventsOptions;
  readonly #timers = new Set<NodeJS.Timeout>();
  /** Calls whose begin was told and whose end was not: a phone goes idle after it has told of the last end. */
  readonly #told = new Set<CallLeg>();
  // The guide's example id is 33093.
  #nextCallId = 33_092;
  #busy = false;

  constructor(options: CallEventsOptions) {
    this.#options = options;
  }

  nextCallId(): string {
    this.#nextCallId += 1;
    return String(this.#nextCallId);
  }

  admit(): Admission {
    const { features, desk } = this.#options;
    if (features.isOn('dnd')) return 'busy';
    const always = features.forward('always');
    if (always.on) return { forwardTo: always.target };
    if (desk.legs.length === 0 || features.isOn('callWaiting')) return 'ring';
    const busy = features.forward('busy');
    return busy.on ? { forwardTo: busy.target } : 'busy';
  }

  rings(leg: CallLeg): void {
    this.report('incoming_call', leg);
    const { on, target, afterSeconds } = this.#options.features.forward('noAnswer');
    if (!on) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#options.desk.deflect(leg, target);
    }, afterSeconds * this.#options.secondMs);
    this.#timers.add(timer);
  }

  report(event: ActionUrlEvent, leg: CallLeg): void {
    this.#told.add(leg);
    this.#updateBusy();
    this.#options.reporter.report(event, { leg });
  }

  answered(leg: CallLeg): void {
    const { desk, quirks } = this.#options;
    this.report('call_established', leg);
    const counts = quirks.answerNewFires === 'everyIncoming' || desk.legs.length > 1;
    if (leg.direction === 'incoming' && counts) this.report('answer_new_incoming_call', leg);
  }

  forwarded(account: PhoneAccount, caller: Party): void {
    const { number, displayName, domain } = account;
    const leg = { id: '', direction: 'incoming', local: { number, displayName, domain }, remote: caller } as const;
    this.#options.reporter.report('forward_incoming_call', { leg });
  }

  ended(leg: CallLeg, reason: EndReason): void {
    const { desk, consultation, features, quirks, reporter } = this.#options;
    consultation.noticeEnd(leg);
    for (const event of quirks.callEndEvents[reason]) reporter.report(event, { leg });
    this.#told.delete(leg);
    if (desk.legs.length === 0) features.turn('mute', false);
    desk.noticeEnd();
  }

  changed(): void {
    this.#updateBusy();
    this.#options.onChange();
  }

  /** Forgets all calls, as a phone does that loses its power: nothing fires. */
  reset(): void {
    this[Symbol.dispose]();
    this.#told.clear();
    this.#busy = false;
  }

  /** Stops the timers of forwarding. */
  [Symbol.dispose](): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #updateBusy(): void {
    const { desk, quirks, reporter } = this.#options;
    const counts = (leg: CallLeg) => quirks.ringingIsBusy || leg.direction === 'outgoing' || leg.state !== 'ringing';
    const busy = desk.path !== 'none' || [...this.#told].some(counts);
    if (busy === this.#busy) return;
    this.#busy = busy;
    reporter.report(busy ? 'idle_to_busy' : 'busy_to_idle', { leg: desk.current });
  }
}
