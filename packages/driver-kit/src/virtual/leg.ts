import type { CallDirection, CallLeg, CallState, EndReason, Party, VirtualEndpoint } from './call.ts';
import type { LegSnapshot } from './call-snapshot.ts';

/** What the exchange keeps of a line. */
export interface LineState {
  readonly endpoint: VirtualEndpoint;
  readonly party: Party;
  /** Legs that have not ended, oldest first. */
  legs: Leg[];
  connected: boolean;
}

/** What a leg starts with. */
export interface LegStart {
  readonly id: string;
  /** Counts the legs of the exchange. */
  readonly order: number;
  readonly line: LineState;
  readonly sipCallId: string;
  readonly direction: CallDirection;
  readonly remote: Party;
  readonly startedAt: number;
}

/** A leg as the exchange keeps it: {@link CallLeg} that can be changed, with its far end. */
export class Leg implements CallLeg {
  readonly id: string;
  readonly order: number;
  readonly line: LineState;
  readonly sipCallId: string;
  readonly direction: CallDirection;
  readonly startedAt: number;
  state: CallState;
  remote: Party;
  /** The far end's leg; `undefined` before it is reached and after the end. */
  peer: Leg | undefined = undefined;
  heldByRemote = false;
  conference: string | undefined = undefined;
  receivedDigits = '';
  answeredAt: number | undefined = undefined;
  endedAt: number | undefined = undefined;
  endReason: EndReason | undefined = undefined;
  /** Ends the ring timeout of an incoming leg. */
  stopRinging: () => void = () => {};

  constructor(start: LegStart) {
    this.id = start.id;
    this.order = start.order;
    this.line = start.line;
    this.sipCallId = start.sipCallId;
    this.direction = start.direction;
    this.startedAt = start.startedAt;
    this.remote = start.remote;
    this.state = start.direction === 'incoming' ? 'ringing' : 'dialing';
  }

  get local(): Party {
    return this.line.party;
  }

  /** Whether somebody speaks, or could, but for a hold. */
  get isAnswered(): boolean {
    return this.state === 'connected' || this.state === 'held';
  }

  /** An incoming call that rings here. */
  get ringsHere(): boolean {
    return this.direction === 'incoming' && this.state === 'ringing';
  }

  /** An outgoing call that nobody answered yet. */
  get isUnanswered(): boolean {
    return this.direction === 'outgoing' && (this.state === 'dialing' || this.state === 'ringing');
  }

  snapshot(): LegSnapshot {
    const { id, remote, direction, state, heldByRemote, sipCallId, conference } = this;
    return {
      id,
      number: this.local.number,
      remoteNumber: remote.number,
      direction,
      state,
      heldByRemote,
      sipCallId,
      conference,
    };
  }

  /** What a test's failure message shows; the links between legs and lines are a circle. */
  toJSON(): LegSnapshot {
    return this.snapshot();
  }
}
