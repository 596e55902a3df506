import type { CallLeg, ExchangeLine, VirtualEndpoint } from './call.ts';
import { Leg, type LineState } from './leg.ts';
import type { Switchboard } from './switchboard.ts';
import { attendedTransfer, blindTransfer, deflect } from './transfer.ts';

/** The operations of one endpoint, each made of moves of the switchboard. */
export class Line implements ExchangeLine {
  readonly #switchboard: Switchboard;
  readonly #state: LineState;

  constructor(switchboard: Switchboard, endpoint: VirtualEndpoint) {
    this.#switchboard = switchboard;
    const { number, displayName, domain } = endpoint;
    this.#state = { endpoint, party: { number, displayName, domain }, legs: [], connected: true };
    switchboard.add(this.#state);
  }

  get endpoint(): VirtualEndpoint {
    return this.#state.endpoint;
  }

  get legs(): readonly CallLeg[] {
    return [...this.#state.legs];
  }

  dial(number: string): CallLeg {
    if (!this.#state.connected) throw new Error(`${this.#state.party.number} has left the virtual exchange.`);
    const { options, jobs } = this.#switchboard;
    const leg = this.#switchboard.addLeg({
      line: this.#state,
      direction: 'outgoing',
      remote: { number, displayName: '', domain: options.domain },
      sipCallId: options.newCallId(),
    });
    this.#switchboard.tell(this.#state, 'onDialing', [leg]);
    jobs.push(() => {
      if (leg.state !== 'dialing') return;
      const found = this.#switchboard.route(leg, number);
      if (typeof found === 'string') this.#switchboard.end(leg, found);
      else this.#switchboard.ring(found, leg);
    });
    return leg;
  }

  answer(leg: CallLeg): boolean {
    const own = this.#own(leg);
    const { peer } = own;
    if (!own.ringsHere || peer === undefined) return false;
    own.stopRinging();
    const wasAnswered = peer.isAnswered;
    own.state = 'connected';
    own.answeredAt = this.#switchboard.options.now();
    this.#switchboard.tell(own.line, 'onAnswered', [own]);
    // Whoever was transferred here may hold: only now there is something to hold.
    if (own.heldByRemote) this.#switchboard.tell(own.line, 'onRemoteHeld', [own]);
    // A far end that was transferred here has been in a call all the time.
    if (wasAnswered) return true;
    peer.state = 'connected';
    peer.answeredAt = own.answeredAt;
    this.#switchboard.tell(peer.line, 'onAnswered', [peer]);
    return true;
  }

  reject(leg: CallLeg): boolean {
    const own = this.#own(leg);
    if (!own.ringsHere) return false;
    this.#switchboard.endBoth(own, 'rejected');
    return true;
  }

  cancel(leg: CallLeg): boolean {
    const own = this.#own(leg);
    if (!own.isUnanswered) return false;
    this.#switchboard.endBoth(own, 'cancelled');
    return true;
  }

  hangUp(leg: CallLeg): boolean {
    const own = this.#own(leg);
    if (!own.isAnswered) return false;
    this.#switchboard.endBoth(own, 'hungUp');
    return true;
  }

  end(leg: CallLeg): boolean {
    return this.reject(leg) || this.cancel(leg) || this.hangUp(leg);
  }

  hold(leg: CallLeg): boolean {
    const own = this.#own(leg);
    if (own.state !== 'connected') return false;
    own.state = 'held';
    this.#switchboard.tell(own.line, 'onHeld', [own]);
    const { peer } = own;
    if (peer === undefined) return true;
    peer.heldByRemote = true;
    if (peer.isAnswered) this.#switchboard.tell(peer.line, 'onRemoteHeld', [peer]);
    return true;
  }

  resume(leg: CallLeg): boolean {
    const own = this.#own(leg);
    if (own.state !== 'held') return false;
    own.state = 'connected';
    this.#switchboard.tell(own.line, 'onResumed', [own]);
    const { peer } = own;
    if (peer === undefined) return true;
    peer.heldByRemote = false;
    if (peer.isAnswered) this.#switchboard.tell(peer.line, 'onRemoteResumed', [peer]);
    return true;
  }

  blindTransfer(leg: CallLeg, to: string): boolean {
    return blindTransfer(this.#switchboard, this.#own(leg), to);
  }

  attendedTransfer(held: CallLeg, active: CallLeg): boolean {
    return attendedTransfer(this.#switchboard, this.#own(held), this.#own(active));
  }

  deflect(leg: CallLeg, to: string): boolean {
    return deflect(this.#switchboard, this.#own(leg), to);
  }

  conference(legs: readonly CallLeg[]): boolean {
    const [first, second, ...more] = [...new Set(legs)].map((leg) => this.#own(leg));
    if (first === undefined || second === undefined) return false;
    const own = [first, second, ...more] as const;
    if (!own.every((leg) => leg.isAnswered)) return false;
    const name = `conference-${first.id}`;
    for (const leg of own) {
      leg.conference = name;
      this.resume(leg);
    }
    this.#switchboard.tell(this.#state, 'onConference', [own]);
    return true;
  }

  sendDigits(leg: CallLeg, digits: string): boolean {
    const own = this.#own(leg);
    const { peer } = own;
    if (own.state !== 'connected' || peer === undefined || !peer.isAnswered) return false;
    peer.receivedDigits += digits;
    this.#switchboard.tell(peer.line, 'onDigits', [peer, digits]);
    return true;
  }

  disconnect(): void {
    this.#switchboard.remove(this.#state);
  }

  [Symbol.dispose](): void {
    this.disconnect();
  }

  #own(leg: CallLeg): Leg {
    if (leg instanceof Leg && leg.line === this.#state) return leg;
    throw new Error(`The leg ${leg.id} is not one of ${this.#state.party.number}.`);
  }
}
