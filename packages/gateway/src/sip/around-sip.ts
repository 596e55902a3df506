import type { SipConversation, SipReply, SipTransport } from '@hookswitch/core';

/** A request that is about to be sent. */
export interface SipStep {
  /** The phone does nothing for it that could not be taken back: it reads, or opens a dialog for signalling only. */
  readonly harmless: boolean;
}

/** Sends a step, or does not; it may look at what comes back. */
export type SipGuard = <Reply>(send: () => Promise<Reply>, step: SipStep) => Promise<Reply>;

/** uaCSTA's dialog carries no call (ECMA TR/87). */
const SIGNALLING_ONLY = 'application/csta+xml';

/** Puts something around every request that a transport sends, those within a dialog included. */
export function aroundSip(sip: SipTransport, guard: SipGuard): SipTransport {
  const acting: SipStep = { harmless: false };
  const inside = (conversation: SipConversation): SipConversation => ({
    reply: conversation.reply,
    next: (signal) => conversation.next(signal),
    referProgress: (withinMs) => conversation.referProgress(withinMs),
    info: (message) => guard<SipReply>(() => conversation.info(message), acting),
    refer: (target) => guard<SipReply>(() => conversation.refer(target), acting),
  });
  return {
    send: (request) => guard(() => sip.send(request), { harmless: request.readOnly === true }),
    converse: (invitation, talk) =>
      guard(() => sip.converse(invitation, (conversation) => talk(inside(conversation))), {
        harmless: invitation.contentType === SIGNALLING_ONLY,
      }),
  };
}
