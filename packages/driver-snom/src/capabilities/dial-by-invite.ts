import {
  ACCEPTED,
  type CapabilityMap,
  type DriverContext,
  failed,
  notHere,
  type Outcome,
  phoneRejected,
  type SipConversation,
} from '@hookswitch/core';
import type { SnomPhone } from '../phone.ts';
import { autoAnswerInvitation, referTarget } from '../wire/auto-answer-invite.ts';
import { refusalOfSip } from '../wire/sip-reply.ts';
import { refuse, undialable } from './arguments.ts';
import { withState } from './steps.ts';

/** How long the phone is given to tell that the other end has answered. Its lane is taken meanwhile. */
const PROGRESS_MS = 5_000;

/**
 * Dials for a phone that answers by itself: it is called, referred to the number, and that call is ended: when the phone
 * tells that it is through (RFC 3515), that it is not, or nothing within a few seconds. Not while it has a call, since its `answer_after_policy` may be `idle`, and another call would only knock.
 */
export function dialByInvite(phone: SnomPhone): CapabilityMap['DIAL'] {
  const [account] = phone.options.accounts;
  return {
    async dial({ to, from }, context) {
      const wrong = undialable('to', to);
      if (wrong !== null) return wrong;
      if (from !== undefined) return notHere('The phone dials from the identity that was called.');
      if (account === undefined) return notHere('The domain to dial in is not known: set the option accounts.');
      if (context.calls.length > 0) return notHere('The phone has a call: it would not answer another one by itself.');
      const target = referTarget(to, account);
      if (target === null) return refuse('to', 'It is no number and no SIP URI.');
      const talk = await context.sip.converse(autoAnswerInvitation(), async (conversation): Promise<Outcome> => {
        const refusal = refusalOfSip(await conversation.refer(target));
        if (refusal !== null) return withState(refusal, 'It had answered, and was hung up again.');
        return outcomeOfRefer(conversation, context);
      });
      if ('value' in talk) return talk.value;
      return refusalOfSip(talk.refused) ?? failed(phoneRejected('The phone did not answer by itself.'));
    },
  };
}

/**
 * The last thing that the phone tells of its REFER. Without one it has taken the REFER, and nobody knows more: it may still
 * ring at the other end, or the phone tells nothing at all.
 */
async function outcomeOfRefer(conversation: SipConversation, { clock }: DriverContext): Promise<Outcome> {
  const end = clock.now() + PROGRESS_MS;
  for (;;) {
    const told = await conversation.referProgress(Math.max(0, end - clock.now()));
    if (told === null || (told.status >= 200 && told.status < 300)) return ACCEPTED;
    if (told.status >= 300) return refused(told.status, told.reason);
  }
}

function refused(status: number, reason: string): Outcome {
  const said = `${status} ${reason}`.trim();
  return failed(
    phoneRejected(`The phone was referred to the number and got ${said}. It had answered, and was hung up again.`, {
      phoneStatus: status,
    }),
  );
}
