/** Who is at an end of a call. */
export interface Party {
  /** The number that others dial, without scheme or domain. */
  readonly number: string;
  /** The display name; empty if there is none. */
  readonly displayName: string;
  /** The SIP domain. */
  readonly domain: string;
}

/** Whether the owner of a leg was called or called. */
export type CallDirection = 'incoming' | 'outgoing';

/**
 * The state of a leg as its owner sees it. An outgoing leg is `dialing` until the far end rings, then `ringing`;
 * `held` means held by the owner (for the other way round see {@link CallLeg.heldByRemote}).
 */
export type CallState = 'dialing' | 'ringing' | 'connected' | 'held' | 'ended';

/**
 * Why a leg ended, as its owner sees it.
 *
 * - `hungUp`, `remoteHungUp`: after it was answered, by the owner or by the far end.
 * - `cancelled`, `remoteCancelled`: the caller gave up before an answer; seen by the caller, by the called.
 * - `rejected`, `remoteRejected`: the called refused while it rang; seen by the called, by the caller.
 * - `busy`: the called took no call (busy, do not disturb); it never rang.
 * - `notFound`: nobody has that number.
 * - `missed`, `noAnswer`: the ring timeout passed; seen by the called, by the caller.
 * - `deflected`: the called sent the ringing call elsewhere.
 * - `transferred`: the owner transferred the call away.
 * - `disconnected`: the phone at this end left the exchange.
 */
export type EndReason =
  | 'hungUp'
  | 'remoteHungUp'
  | 'cancelled'
  | 'remoteCancelled'
  | 'rejected'
  | 'remoteRejected'
  | 'busy'
  | 'notFound'
  | 'missed'
  | 'noAnswer'
  | 'deflected'
  | 'transferred'
  | 'disconnected';

/** One end of a call, owned by one line. The exchange changes it; others only read it. */
export interface CallLeg {
  /** Name of the leg: from {@link VirtualEndpoint.nextLegId} if the endpoint has it, else unique in the exchange. */
  readonly id: string;
  /** The SIP Call-ID, the same at both ends unless the exchange was told to give each leg its own. */
  readonly sipCallId: string;
  readonly direction: CallDirection;
  readonly state: CallState;
  /** The owner of the leg. */
  readonly local: Party;
  /** The far end; it changes when the call is transferred. Before it is known, only its number is set. */
  readonly remote: Party;
  /** Whether the far end holds the call. */
  readonly heldByRemote: boolean;
  /** The conference that its owner put it in, or `undefined`. */
  readonly conference: string | undefined;
  /** All DTMF digits received so far. */
  readonly receivedDigits: string;
  /** When it was dialled or began to ring, milliseconds since the epoch. */
  readonly startedAt: number;
  readonly answeredAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly endReason: EndReason | undefined;
}

/** What an endpoint does with a call that is offered to it. */
export type Admission = 'ring' | 'busy' | { readonly forwardTo: string };

/**
 * What a phone (or a scripted far end) is to the exchange. The exchange calls it, one callback at a time, never from
 * within an operation that somebody called, and in the order things happened. Each side is told of every change of
 * its legs, also of those it made itself, so a phone may fire its action URLs from here and nowhere else.
 */
export interface VirtualEndpoint extends Party {
  /** Names the next leg, for phones whose own call ids have a form (Snom `-18`, Yealink `33093`). */
  nextLegId?(direction: CallDirection): string;
  /** Says whether an offered call rings, is refused as busy (also for do not disturb) or goes on to another number. Default `ring`. */
  admit?(caller: Party): Admission;
  /** An incoming call rings here. */
  onIncoming?(leg: CallLeg): void;
  /** An outgoing call left this phone. Told before anything is known of the far end. */
  onDialing?(leg: CallLeg): void;
  /** An outgoing call rings at the far end. */
  onRinging?(leg: CallLeg): void;
  /** A call was answered, by this end or by the far one. */
  onAnswered?(leg: CallLeg): void;
  /** This end holds, or resumes. */
  onHeld?(leg: CallLeg): void;
  onResumed?(leg: CallLeg): void;
  /** The far end holds, or resumes. */
  onRemoteHeld?(leg: CallLeg): void;
  onRemoteResumed?(leg: CallLeg): void;
  /** DTMF digits came from the far end. */
  onDigits?(leg: CallLeg, digits: string): void;
  /**
   * The call was transferred by the far end: `leg.remote` is somebody new, who may still be ringing. With `attended`
   * both whom it joined are told; the one that had been called in consultation has an incoming leg.
   */
  onRemoteChanged?(leg: CallLeg, kind: TransferKind): void;
  /** A transfer by this end was done (`leg` ends right after) or refused (`leg` goes on as it was). */
  onTransferFinished?(leg: CallLeg, kind: TransferKind): void;
  onTransferFailed?(leg: CallLeg, kind: TransferKind): void;
  /** This end sent a call on to another number: before it rang ({@link admit}) or while it rang (deflect). */
  onForwarded?(caller: Party, to: string): void;
  /** This end put two legs or more into a conference. */
  onConference?(legs: readonly [CallLeg, CallLeg, ...CallLeg[]]): void;
  /** The leg is over. Told exactly once, and the last thing that is told of a leg. */
  onEnded?(leg: CallLeg, reason: EndReason): void;
}

/** Whether the transferor spoke to the target first. */
export type TransferKind = 'blind' | 'attended';

/** What one endpoint can do at the exchange. Got from {@link VirtualExchange.connect}. */
export interface ExchangeLine extends Disposable {
  readonly endpoint: VirtualEndpoint;
  /** The legs that have not ended, oldest first. */
  readonly legs: readonly CallLeg[];
  /** Calls a number. The leg is `dialing` at once; an unknown number ends it with `notFound`. */
  dial(number: string): CallLeg;
  // Each operation below is done at once and told later. It returns false, and does nothing, if the state of the
  // leg does not allow it, as a key pressed at the wrong time does nothing. A leg of another line throws.
  /** Answers an incoming call that rings. */
  answer(leg: CallLeg): boolean;
  /** Refuses an incoming call that rings. */
  reject(leg: CallLeg): boolean;
  /** Gives up an outgoing call that was not answered. */
  cancel(leg: CallLeg): boolean;
  /** Ends an answered call. */
  hangUp(leg: CallLeg): boolean;
  /** Ends a leg whatever its state: rejects, cancels or hangs up. */
  end(leg: CallLeg): boolean;
  hold(leg: CallLeg): boolean;
  resume(leg: CallLeg): boolean;
  /** Sends the far end of an answered call to another number. The outcome is told: finished once that rings, or failed. */
  blindTransfer(leg: CallLeg, to: string): boolean;
  /** Joins the two far ends. `active` may still ring (semi-attended). Both legs of this line end. */
  attendedTransfer(held: CallLeg, active: CallLeg): boolean;
  /** Sends an incoming call that rings to another number. */
  deflect(leg: CallLeg, to: string): boolean;
  /** Puts two or more answered calls into one conference and resumes those that were held. */
  conference(legs: readonly CallLeg[]): boolean;
  /** Sends DTMF digits to the far end of an answered call. */
  sendDigits(leg: CallLeg, digits: string): boolean;
  /** Ends all legs and leaves the exchange. */
  disconnect(): void;
}
