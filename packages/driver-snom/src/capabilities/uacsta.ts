import {
  type DriverContext,
  failed,
  notHere,
  type Outcome,
  phoneRejected,
  phoneUnreachable,
  type SipConversation,
  type SipInvitation,
  type SipReply,
  TransportError,
  unknown,
} from '@hookswitch/core';
import { type CstaMessage, responseBody, UACSTA_MEDIA_TYPE, uaCstaBody } from '../wire/csta-envelope.ts';
import { type CstaReply, readUaCsta } from '../wire/csta-replies.ts';
import { requestSystemStatus } from '../wire/csta-requests.ts';
import { refusalOfSip } from '../wire/sip-reply.ts';

/** How many INFO requests about something else (events, the status that the INVITE asked for) are passed over. */
const MAX_ASIDE = 20;

/** The INVITE that opens a dialog for CSTA (ECMA TR/87); it asks for the status, since it must carry a request. */
export function uaCstaInvitation(): SipInvitation {
  return {
    headers: { 'Content-Disposition': 'signal;handling=required' },
    contentType: UACSTA_MEDIA_TYPE,
    body: uaCstaBody(requestSystemStatus()),
  };
}

/**
 * Asks by uaCSTA (ECMA TR/87): an INVITE that carries RequestSystemStatus opens a dialog, the request goes in an INFO, and
 * its response comes in the phone's INFO or in the answer to ours. One dialog for each request.
 */
export async function askUaCsta(context: DriverContext, message: CstaMessage): Promise<CstaReply> {
  const progress = { asked: false };
  try {
    const talk = await context.sip.converse(
      { ...uaCstaInvitation(), rehearsal: [responseBody(message)] },
      (conversation) => {
        progress.asked = true;
        return askInDialog(conversation, message);
      },
    );
    return 'refused' in talk ? { outcome: notInvited(talk.refused) } : talk.value;
  } catch (error) {
    if (!TransportError.is(error) || error.outcome.status !== 'UNKNOWN') throw error;
    const { reason } = error.outcome;
    // The INVITE only opens the dialog: as long as nothing was asked in it, nothing can have happened.
    if (!progress.asked) return { outcome: failed(phoneUnreachable(`No dialog for uaCSTA came about. ${reason}`)) };
    if (message.readOnly) return { outcome: failed(phoneUnreachable(reason)) };
    throw error;
  }
}

/**
 * Asks within a dialog that is open.
 * @param meanwhile `aside` takes what the phone says about something else before it responds; `signal` ends the wait
 */
export async function askInDialog(
  conversation: SipConversation,
  message: CstaMessage,
  meanwhile: { readonly aside?: (body: string) => Promise<void>; readonly signal?: AbortSignal } = {},
): Promise<CstaReply> {
  const reply = await conversation.info({ contentType: UACSTA_MEDIA_TYPE, body: uaCstaBody(message) });
  const refusal = refusalOfSip(reply);
  if (refusal !== null) return { outcome: refusal };
  const answered = readUaCsta(reply.body, message);
  if (answered !== null) return answered;
  for (let heard = 0; heard < MAX_ASIDE; heard += 1) {
    const info = await conversation.next(meanwhile.signal);
    if (info === null) break;
    const read = readUaCsta(info.body, message);
    if (read !== null) return read;
    await meanwhile.aside?.(info.body);
  }
  return { outcome: unanswered(message) };
}

/** A phone without uaCSTA has done nothing, whichever way it says no to such an INVITE. */
export function notInvited(reply: SipReply): Outcome<never> {
  const { status } = reply;
  if (status === 406 || status === 488 || status === 606) return notHere(`The phone takes no uaCSTA (${status}).`);
  return refusalOfSip(reply) ?? notHere('The phone took the INVITE for uaCSTA for no dialog.');
}

function unanswered({ name, readOnly }: CstaMessage): Outcome<never> {
  const what = `The phone gave no ${name}Response in the dialog.`;
  return readOnly ? failed(phoneRejected(what)) : unknown(`${what} It may have acted.`);
}
