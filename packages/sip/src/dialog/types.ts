import type { SipAnswer } from '../message/response.ts';
import type { SipRequest } from '../message/types.ts';
import type { SipAborted, SipAnswered, SipLost, SipNotSent } from '../outcome.ts';
import type { TargetOptions } from '../request-options.ts';
import type { SipDialog } from './dialog.ts';

/** Answers a request of the peer within the dialog. What it throws is answered with 500. */
export type DialogRequestHandler = (request: SipRequest) => SipAnswer | Promise<SipAnswer>;

/** Why a dialog is over: this side said BYE, the peer did, or the peer does not know it (any more). */
export type DialogEnd = 'LOCAL_BYE' | 'REMOTE_BYE' | 'UNKNOWN_TO_PEER';

/** An INVITE and who answers what comes after it. */
export interface DialogOptions extends TargetOptions {
  /** INFO of the peer: uaCSTA's events and responses. Default: 200. */
  readonly onInfo?: DialogRequestHandler | undefined;
  /** NOTIFY of the peer: how a REFER goes on (RFC 3515 section 2.4.4). Default: 200. */
  readonly onNotify?: DialogRequestHandler | undefined;
  /** Called once. */
  readonly onEnd?: ((end: DialogEnd) => void) | undefined;
}

/** The INVITE was accepted, and its ACK is on its way. */
export interface DialogOpen {
  readonly kind: 'open';
  readonly dialog: SipDialog;
  /** The 2xx. */
  readonly response: SipAnswered['response'];
}

/** What became of an INVITE; `answered`: it was refused. */
export type DialogOutcome = DialogOpen | SipAnswered | SipNotSent | SipLost | SipAborted;
