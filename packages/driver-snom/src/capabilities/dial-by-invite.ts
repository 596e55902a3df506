import { ACCEPTED, type CapabilityMap, failed, notHere, type Outcome, phoneRejected } from '@hookswitch/core';
import type { SnomPhone } from '../phone.ts';
import { autoAnswerInvitation, referTarget } from '../wire/auto-answer-invite.ts';
import { refusalOfSip } from '../wire/sip-reply.ts';
import { undialable } from './arguments.ts';
import { withState } from './steps.ts';

/**
 * Dials for a phone that answers by itself: it is called, referred to the number, and that call is ended. Not while it has
 * a call, since its `answer_after_policy` may be `idle`, and another call would only knock.
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
      const talk = await context.sip.converse(autoAnswerInvitation(), async (conversation): Promise<Outcome> => {
        const refusal = refusalOfSip(await conversation.refer(referTarget(to, account)));
        return refusal === null ? ACCEPTED : withState(refusal, 'It had answered, and was hung up again.');
      });
      if ('value' in talk) return talk.value;
      return refusalOfSip(talk.refused) ?? failed(phoneRejected('The phone did not answer by itself.'));
    },
  };
}
