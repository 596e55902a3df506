/**
 * A SIP request to the phone outside of any dialog. The transport adds where the phone is reached (its own SIP URI, or
 * the contact that a registrar knows), answers challenges, and keeps one request at a time on the phone.
 */
export interface SipRequest {
  readonly method: 'NOTIFY' | 'MESSAGE' | 'OPTIONS' | 'INFO';
  /** `Event`, `Subscription-State`, `Subject` and the like; those that the transport writes itself are refused. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly contentType?: string | undefined;
  /** Goes out as UTF-8, exactly as it is. */
  readonly body?: string | undefined;
  /** It only reads: a lost reply is a plain failure, since nothing can have happened. Default false. */
  readonly readOnly?: boolean | undefined;
  /** The longest wait for the final response, in milliseconds, within the command's deadline. */
  readonly timeoutMs?: number | undefined;
  /** What an obeying phone answers: dry runs go on with it. Default: 200. */
  readonly rehearsal?: { readonly status: number; readonly body?: string | undefined } | undefined;
}

/** A final response of the phone, whatever its status. Challenges (401, 407) have been dealt with. */
export interface SipReply {
  readonly status: number;
  readonly reason: string;
  /** Names in lower case, several fields of one name joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** As text, UTF-8. */
  readonly body: string;
}

/** A dialog with the phone, opened by an INVITE that it accepted. */
export interface SipConversation {
  /** The phone's response to the INVITE. */
  readonly reply: SipReply;
  /** Sends an INFO within the dialog. @throws TransportError as {@link SipTransport.send} */
  info(message: { readonly contentType: string; readonly body: string }): Promise<SipReply>;
  /**
   * Waits for the next INFO of the phone; null: the phone has ended the dialog. Whoever asks has dealt with the one
   * before: only now the phone is told that it was taken (200), so what has to be stored is stored before.
   * @param signal ends the wait, beside the command's own. @throws its reason
   */
  next(signal?: AbortSignal): Promise<{ readonly contentType: string; readonly body: string } | null>;
  /** Sends a REFER within the dialog. @throws TransportError as {@link SipTransport.send} */
  refer(target: string): Promise<SipReply>;
  /**
   * Waits for the next word of the phone on how its REFER goes on; null: none came within `withinMs` milliseconds, none
   * will come any more, or the dialog is over.
   */
  referProgress(withinMs: number): Promise<ReferProgress | null>;
}

/** How a REFER goes on: the NOTIFY with a `message/sipfrag` that the phone sends (RFC 3515, section 2.4.5). */
export interface ReferProgress {
  /** Of the response that the phone got to its own call, e.g. 180 or 486. */
  readonly status: number;
  readonly reason: string;
}

/** What opens a dialog. */
export interface SipInvitation {
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly contentType?: string | undefined;
  readonly body?: string | undefined;
  readonly timeoutMs?: number | undefined;
  /** What an obeying phone sends back in INFO requests, for dry runs. */
  readonly rehearsal?: readonly string[] | undefined;
}

/** Sends SIP to the one phone that the command is for. */
export interface SipTransport {
  /**
   * @throws TransportError where no usable response came: there is no way to the phone (FAILED), the credentials were
   * refused (FAILED), the response was lost (UNKNOWN, or FAILED for a `readOnly` request).
   */
  send(request: SipRequest): Promise<SipReply>;
  /**
   * Opens a dialog, talks, and ends it with BYE whatever happens.
   * @returns what `talk` gives; or the response, where the phone did not accept the INVITE
   * @throws TransportError as {@link SipTransport.send}
   */
  converse<Value>(
    invitation: SipInvitation,
    talk: (conversation: SipConversation) => Promise<Value>,
  ): Promise<{ readonly value: Value } | { readonly refused: SipReply }>;
}

/** Responses that say that the phone does not do this by SIP, or not so: it has done nothing. */
const NOT_HERE_STATUSES: ReadonlySet<number> = new Set([404, 405, 415, 420, 481, 489, 501]);

/** Whether a status says "not here": after it the next transport may be tried. */
export function isSipNotHere(status: number): boolean {
  return NOT_HERE_STATUSES.has(status);
}
