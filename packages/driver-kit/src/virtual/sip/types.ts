import type { Recorder } from '../recorder.ts';

/** A SIP request as a virtual phone received it. */
export interface RecordedSipRequest {
  /** `NOTIFY`, `MESSAGE`, `INVITE`, … */
  readonly method: string;
  /** The request URI, as it stood in the request line. */
  readonly uri: string;
  /** Headers by full name in lower case; repeated ones are joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body read as UTF-8. */
  readonly body: string;
  /** The whole message, byte for byte (bytes above 0x7F as Latin-1 characters). */
  readonly raw: string;
  readonly transport: 'udp' | 'tcp';
  /** Where it came from. */
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

/** What a virtual phone received by SIP, oldest first; a retransmission is not recorded again. */
export type SipRequestRecorder = Recorder<RecordedSipRequest>;

/** A response that came to the phone. */
export interface ReceivedSipResponse {
  readonly status: number;
  readonly reason: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a virtual phone answers. */
export interface VirtualSipReply {
  /** The final status. */
  readonly status: number;
  /** Default: the usual phrase. */
  readonly reason?: string;
  /** A list sends one header several times. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly contentType?: string;
  readonly body?: string;
  /** Runs once the reply has left, or would have. */
  readonly afterwards?: () => void;
  /** A 2xx to an INVITE opens a dialog: called with it once the response has left. */
  readonly onDialog?: (dialog: VirtualSipDialog) => void;
}

/** A dialog that somebody opened with the phone by an INVITE. */
export interface VirtualSipDialog {
  readonly callId: string;
  readonly ended: boolean;
  /** Sends a request within it. Rejects where no final response comes in time, and once the dialog has ended. */
  request(method: string, content?: SipContentToSend): Promise<ReceivedSipResponse>;
  /** Sends BYE; nothing where the dialog has ended. */
  bye(): Promise<void>;
  /** Calls `listener` when the dialog ends, at once where it has. */
  onEnd(listener: () => void): void;
}

/** What a request of the phone carries. */
export interface SipContentToSend {
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType?: string;
  readonly body?: string;
}

/** A request that the phone sends by itself. */
export interface VirtualSipRequest extends SipContentToSend {
  readonly method: 'REGISTER' | 'MESSAGE' | 'NOTIFY' | 'OPTIONS';
  /** The request URI. */
  readonly uri: string;
  /** Where it goes: a SIP URI. Default the request URI. */
  readonly via?: string;
  /** Default the phone's own URI, and the request URI. */
  readonly from?: string;
  readonly to?: string;
  /** Answers a challenge, once. Without it a 401 or 407 is the result. */
  readonly credentials?: { readonly username: string; readonly password: string };
  /** Milliseconds until the wait for a final response ends. Default 32 s. */
  readonly timeoutMs?: number;
}

/**
 * The vendor's part: acts on a request and says what to answer. Called once a request, and never for ACK, CANCEL, BYE
 * of a known dialog, or for what was refused before. What it throws is answered 500 and kept in
 * {@link VirtualSipEndpoint.handlerErrors}.
 * @param dialog the one that the request is within, if the phone knows it
 */
export type VirtualSipHandler = (
  request: RecordedSipRequest,
  dialog: VirtualSipDialog | undefined,
) => VirtualSipReply | Promise<VirtualSipReply>;
