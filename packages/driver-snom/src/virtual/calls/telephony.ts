import {
  accountFor,
  type CallLeg,
  type ExchangeLine,
  type Party,
  type PhoneAccount,
  type VirtualExchange,
} from '@hookswitch/driver-kit/virtual';
import type { SnomParts } from '../parts.ts';
import { endpointFor } from './endpoint.ts';

const MAX_IDENTITIES = 12;

/** The phone's identities at the exchange and what can be done with its calls. */
export class Telephony {
  readonly exchange: VirtualExchange;
  readonly #parts: SnomParts;
  readonly #lines = new Map<number, ExchangeLine>();
  /** Calls of which the phone shows nothing: they wait for the blacklist's word, or were refused by it. */
  readonly #hidden = new Set<CallLeg>();
  /** Where a call was handed on to, or sent on to while it rang. */
  readonly #destinations = new WeakMap<CallLeg, Party>();
  #chosen: CallLeg | undefined;
  #legCount = 0;
  #isDialing = false;

  constructor(parts: SnomParts, exchange: VirtualExchange) {
    this.#parts = parts;
    this.exchange = exchange;
  }

  /** The identities that are set up, by `user_nameN` and its siblings. */
  get accounts(): readonly PhoneAccount[] {
    return Array.from({ length: MAX_IDENTITIES }, (_, index) => this.account(index + 1)).filter(
      (account) => account !== undefined,
    );
  }

  /** Identity 1 to 12; `undefined` if it is not set up. */
  account(index: number): PhoneAccount | undefined {
    const { memory } = this.#parts;
    const number = memory.get(`user_name${index}`);
    if (number === '') return undefined;
    const displayName = memory.get(`user_realname${index}`);
    return {
      index,
      number,
      displayName,
      label: displayName || number,
      domain: memory.get(`user_host${index}`) || this.exchange.domain,
      enabled: memory.get(`user_active${index}`) !== 'off',
      registered: this.#lines.has(index),
    };
  }

  /** The identity of a call; without one the first that is registered. */
  accountOf(leg: CallLeg | undefined): PhoneAccount | undefined {
    const index = [...this.#lines].find(([, line]) => leg?.local.number === line.endpoint.number)?.[0];
    return index === undefined ? accountFor(this.accounts) : this.account(index);
  }

  /** All calls that the phone shows, oldest first. */
  get legs(): readonly CallLeg[] {
    const legs = [...this.#lines.values()].flatMap((line) => line.legs).filter((leg) => !this.#hidden.has(leg));
    return legs.toSorted((a, b) => a.startedAt - b.startedAt);
  }

  /** The call with that CSTA id. */
  find(id: string): CallLeg | undefined {
    return this.legs.find((leg) => leg.id === id);
  }

  /** The incoming call that rings, the oldest if there are several. */
  get ringing(): CallLeg | undefined {
    return this.legs.find((leg) => leg.direction === 'incoming' && leg.state === 'ringing');
  }

  /** The call that keys act on: the one used last, else the one in conversation, then one dialled, ringing, held. */
  get focus(): CallLeg | undefined {
    const { legs } = this;
    if (this.#chosen !== undefined && legs.includes(this.#chosen)) return this.#chosen;
    const rank = (leg: CallLeg) => ['connected', 'dialing', 'ringing', 'held'].indexOf(leg.state);
    return legs.toSorted((a, b) => rank(a) - rank(b))[0];
  }

  /** Names a call as Snom does: small integers, negative for incoming calls as in all of Snom's examples. */
  nextLegId(): string {
    this.#legCount += 1;
    return String(this.#isDialing ? this.#legCount : -this.#legCount);
  }

  /** Hides a call from the person at the phone and from CSTA, or shows it. */
  hide(leg: CallLeg, hidden: boolean): void {
    if (hidden) this.#hidden.add(leg);
    else this.#hidden.delete(leg);
  }

  /** Whether a call is hidden. */
  isHidden(leg: CallLeg): boolean {
    return this.#hidden.has(leg);
  }

  /** Registers an identity, anew if its settings changed. @returns whether it is registered now. */
  register(index: number): boolean {
    const account = this.account(index);
    if (account === undefined || !account.enabled) {
      this.#leave(index);
      return false;
    }
    const { number, domain, displayName } = this.#lines.get(index)?.endpoint ?? {};
    const isSame = number === account.number && domain === account.domain && displayName === account.displayName;
    if (this.#lines.has(index) && isSame) return true;
    this.#leave(index);
    try {
      this.#lines.set(index, this.exchange.connect(endpointFor(this.#parts, account)));
    } catch {
      void this.#parts.reporter.report('action_reg_failed', { account });
      return false;
    }
    void this.#parts.reporter.report('action_log_on_url', { account });
    return true;
  }

  /** Ends an identity's calls, then logs it off. */
  async logOff(index: number): Promise<void> {
    const [line, account] = [this.#lines.get(index), this.account(index)];
    if (line === undefined || account === undefined) return;
    for (const leg of line.legs) line.end(leg);
    // Who has left the exchange is told nothing any more, not even the end of its calls.
    await this.exchange.settled();
    line.disconnect();
    this.#lines.delete(index);
    void this.#parts.reporter.report('action_log_off_url', { account });
  }

  /** Drops off the network without a word: calls are lost, nothing is reported. */
  vanish(): void {
    for (const line of this.#lines.values()) line.disconnect();
    this.#lines.clear();
    this.#hidden.clear();
    this.changed();
  }

  /** Calls a number from the identity that `uri` names, or from the first. Calls in conversation are held first. */
  dial(number: string, uri = ''): CallLeg | undefined {
    const wanted = number
      .trim()
      .replace(/^sips?:/i, '')
      .replace(/@.*$/, '');
    const account = accountFor(this.accounts, uri);
    const line = account && this.#lines.get(account.index);
    if (line === undefined || wanted === '') return undefined;
    this.#holdOthers(undefined);
    this.#isDialing = true;
    const leg = line.dial(wanted);
    this.#isDialing = false;
    this.#chosen = leg;
    this.#parts.callLists.add('dialed', { number: wanted, displayName: '' });
    return leg;
  }

  /** Answers a call that rings; a call in conversation is held first. */
  answer(leg: CallLeg): boolean {
    if (leg.direction !== 'incoming' || leg.state !== 'ringing') return false;
    this.#holdOthers(leg);
    this.#chosen = leg;
    return this.#on(leg, (line) => line.answer(leg));
  }

  /** Ends a call in any state. */
  end(leg: CallLeg): boolean {
    return this.#on(leg, (line) => line.end(leg));
  }

  /** Ends all calls. */
  endAll(): void {
    for (const leg of this.legs) this.end(leg);
  }

  hold(leg: CallLeg): boolean {
    return this.#on(leg, (line) => line.hold(leg));
  }

  /** Resumes a held call; a call in conversation is held first. */
  resume(leg: CallLeg): boolean {
    if (leg.state !== 'held') return false;
    this.#holdOthers(leg);
    this.#chosen = leg;
    return this.#on(leg, (line) => line.resume(leg));
  }

  sendDigits(leg: CallLeg, digits: string): boolean {
    const sent = this.#on(leg, (line) => line.sendDigits(leg, digits));
    if (sent) this.#parts.effects.record({ type: 'digitsSent', digits });
    return sent;
  }

  blindTransfer(leg: CallLeg, to: string): boolean {
    this.#destinations.set(leg, { ...leg.local, number: to });
    return this.#on(leg, (line) => line.blindTransfer(leg, to));
  }

  /** Joins the far ends of two calls. Only calls of one identity can be joined. */
  attendedTransfer(held: CallLeg, active: CallLeg): boolean {
    return this.#on(held, (line) => line.legs.includes(active) && line.attendedTransfer(held, active));
  }

  deflect(leg: CallLeg, to: string): boolean {
    this.#destinations.set(leg, { ...leg.local, number: to });
    return this.#on(leg, (line) => line.deflect(leg, to));
  }

  /** Where this phone sent a call on to; `undefined` where it did not, or to another call of its own. */
  destinationOf(leg: CallLeg): Party | undefined {
    return this.#destinations.get(leg);
  }

  /** Puts calls of one identity into a conference. */
  conference(legs: readonly CallLeg[]): boolean {
    const first = legs[0];
    return (
      first !== undefined &&
      this.#on(first, (line) => legs.every((leg) => line.legs.includes(leg)) && line.conference(legs))
    );
  }

  /** Brings keys, lights and screen up to date after something happened to a call. */
  changed(): void {
    if (this.legs.length === 0) this.#parts.features.turn('mute', false);
    this.#parts.lineKeys.update(this.legs);
    this.#parts.desk.callsChanged();
    this.#parts.redraw();
  }

  #leave(index: number): void {
    this.#lines.get(index)?.disconnect();
    this.#lines.delete(index);
  }

  #holdOthers(leg: CallLeg | undefined): void {
    for (const other of this.legs) {
      if (other !== leg && other.state === 'connected' && other.conference === undefined) this.hold(other);
    }
  }

  #on(leg: CallLeg, operation: (line: ExchangeLine) => boolean): boolean {
    const line = [...this.#lines.values()].find((candidate) => candidate.legs.includes(leg));
    return line !== undefined && operation(line);
  }
}
