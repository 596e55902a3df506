import type { CallLeg, ExchangeLine } from '@hookswitch/driver-kit/virtual';

/** What a person speaks through; `none` is on hook. */
export type AudioPath = 'none' | 'handset' | 'speaker' | 'headset';

/** What a desk needs from its phone. */
export interface CallDeskOptions {
  /** The lines of the accounts that are registered, in the order of the accounts. */
  readonly lines: () => readonly ExchangeLine[];
  /** Told after the audio path changed. */
  readonly onPath: (path: AudioPath, before: AudioPath) => void;
  /** Told when a transfer is tried, before its outcome. */
  readonly onTransfer: (mode: 'attended' | 'blind', leg: CallLeg) => void;
  /** Told of every number that is dialled, before it is. */
  readonly onDialed: (number: string) => void;
}

/** The calls of a phone as its keys see them: one of them is the current one, at most one is not held. */
export class CallDesk {
  /** Digits typed so far with no call to send them into. */
  typed = '';
  /** The line that a line key chose for the next number; `undefined` for that of the first account. */
  chosenLine: ExchangeLine | undefined;
  readonly #options: CallDeskOptions;
  #path: AudioPath = 'none';
  #current: CallLeg | undefined;

  constructor(options: CallDeskOptions) {
    this.#options = options;
  }

  /** Its calls that have not ended, oldest first. */
  get legs(): readonly CallLeg[] {
    return this.#options
      .lines()
      .flatMap((line) => line.legs)
      .sort((a, b) => a.startedAt - b.startedAt);
  }

  get path(): AudioPath {
    return this.#path;
  }

  /** The oldest call that rings here. */
  get ringing(): CallLeg | undefined {
    const ringing = this.legs.filter((leg) => leg.direction === 'incoming' && leg.state === 'ringing');
    return ringing.find((leg) => leg === this.#current) ?? ringing[0];
  }

  /** The call in which somebody speaks. */
  get active(): CallLeg | undefined {
    return this.legs.findLast((leg) => leg.state === 'connected');
  }

  /** A call from here that nobody answered yet. */
  get outgoing(): CallLeg | undefined {
    return this.legs.findLast((leg) => leg.direction === 'outgoing' && !isAnswered(leg));
  }

  /** The call that was held, of several the current one or the youngest. */
  get held(): CallLeg | undefined {
    const held = this.legs.filter((leg) => leg.state === 'held');
    return held.find((leg) => leg === this.#current) ?? held.at(-1);
  }

  /** The call that keys act on. */
  get current(): CallLeg | undefined {
    return this.active ?? this.outgoing ?? this.ringing ?? this.held;
  }

  /** The call with this `$call_id`. */
  byId(callId: string): CallLeg | undefined {
    return this.legs.find((leg) => leg.id === callId);
  }

  /** Chooses among calls that ring or are held. `step` is 1 for the next, -1 for the one before. */
  choose(step: 1 | -1): void {
    const { legs } = this;
    const at = legs.findIndex((leg) => leg === (this.#current ?? this.current));
    this.#current = legs[(at + step + legs.length) % legs.length];
  }

  /** Changes what is spoken through. */
  setPath(path: AudioPath): void {
    const before = this.#path;
    if (path === before) return;
    if (path === 'none') this.chosenLine = undefined;
    this.#path = path;
    this.#options.onPath(path, before);
  }

  /** Answers a ringing call; another one that is active is held first, as there is one ear only. */
  answer(leg: CallLeg | undefined = this.ringing, path: AudioPath = 'speaker'): boolean {
    if (leg === undefined || leg.direction !== 'incoming' || leg.state !== 'ringing') return false;
    this.holdActive();
    this.typed = '';
    if (this.#path === 'none') this.setPath(path);
    this.#current = leg;
    return this.#onLineOf(leg, (line) => line.answer(leg));
  }

  /** Calls a number from a line, by default the one that was chosen. */
  dial(number: string, line: ExchangeLine | undefined = this.#lineForDialing()): CallLeg | undefined {
    this.typed = '';
    this.chosenLine = undefined;
    if (line === undefined) return undefined;
    this.holdActive();
    if (this.#path === 'none') this.setPath('speaker');
    this.#options.onDialed(number);
    this.#current = line.dial(number);
    return this.#current;
  }

  /** Ends a call, whatever its state. */
  end(leg: CallLeg | undefined): boolean {
    return leg !== undefined && this.#onLineOf(leg, (line) => line.end(leg));
  }

  hold(leg: CallLeg | undefined = this.active): boolean {
    return leg !== undefined && this.#onLineOf(leg, (line) => line.hold(leg));
  }

  /** Resumes a held call and holds the one that was active. */
  resume(leg: CallLeg | undefined = this.held): boolean {
    if (leg === undefined || leg.state !== 'held') return false;
    this.holdActive();
    this.#current = leg;
    if (this.#path === 'none') this.setPath('speaker');
    return this.#onLineOf(leg, (line) => line.resume(leg));
  }

  /** Holds the active call if there is one. */
  holdActive(): CallLeg | undefined {
    const { active } = this;
    this.hold(active);
    return active;
  }

  /** Sends a call that rings here elsewhere. */
  deflect(leg: CallLeg, to: string): boolean {
    return this.#onLineOf(leg, (line) => line.deflect(leg, to));
  }

  /** Sends the far end of an answered call elsewhere. */
  transferBlind(leg: CallLeg, to: string): boolean {
    const done = this.#onLineOf(leg, (line) => line.blindTransfer(leg, to));
    if (done) this.#options.onTransfer('blind', leg);
    return done;
  }

  /** Joins the far ends of two calls of one account. */
  transferAttended(held: CallLeg, active: CallLeg): boolean {
    const line = this.lineOf(held);
    // Accounts at different registrars cannot refer to each other's calls.
    if (line === undefined || line !== this.lineOf(active)) return false;
    const done = line.attendedTransfer(held, active);
    if (done) this.#options.onTransfer('attended', active);
    return done;
  }

  /** Joins answered calls of one account. */
  conference(legs: readonly CallLeg[]): boolean {
    const [line, ...others] = new Set(legs.map((leg) => this.lineOf(leg)));
    return line !== undefined && others.length === 0 && line.conference(legs);
  }

  /** Acts on the line that a call is on. A call that has ended is on none. */
  #onLineOf(leg: CallLeg, act: (line: ExchangeLine) => boolean): boolean {
    const line = this.lineOf(leg);
    return line !== undefined && act(line);
  }

  /** The line that a call is on. */
  lineOf(leg: CallLeg): ExchangeLine | undefined {
    return this.#options.lines().find((line) => line.legs.includes(leg));
  }

  /** To be called when a call has ended: a speaker or headset that has no call left goes on hook by itself. */
  noticeEnd(): void {
    if (this.legs.length > 0 || this.typed !== '' || this.#path === 'handset') return;
    this.setPath('none');
  }

  /** Forgets everything, as a phone does that loses its power. */
  reset(): void {
    this.typed = '';
    this.chosenLine = undefined;
    this.#current = undefined;
    this.#path = 'none';
  }

  #lineForDialing(): ExchangeLine | undefined {
    const lines = this.#options.lines();
    return lines.find((line) => line === this.chosenLine) ?? lines[0];
  }
}

/** Whether somebody speaks, or could, but for a hold. */
export const isAnswered = (leg: CallLeg): boolean => leg.state === 'connected' || leg.state === 'held';
