import { type DriverContext, type Failure, type Finding, type SipReply, TransportError } from '@hookswitch/core';
import { notice, ok, problem } from './findings.ts';
import type { YealinkOptions } from './options.ts';

/** Why nobody answered, as far as it is known. */
interface Unanswered {
  readonly failure: Failure | null;
  readonly reason: string;
}

/** Asks for nothing but an answer: OPTIONS changes nothing. */
async function ask({ sip }: DriverContext<YealinkOptions>): Promise<SipReply | Unanswered> {
  try {
    return await sip.send({ method: 'OPTIONS', readOnly: true });
  } catch (error) {
    if (!TransportError.is(error)) throw error;
    return { failure: error.outcome.status === 'FAILED' ? error.outcome.failure : null, reason: error.message };
  }
}

function unanswered({ failure, reason }: Unanswered): Finding {
  if (failure === null) {
    return problem('SIP_NO_ANSWER', reason, 'Check the SIP URI of the phone, its proxy and the firewall.');
  }
  const { code, message } = failure;
  return code === 'PHONE_UNAUTHORIZED'
    ? problem('SIP_CREDENTIALS_REFUSED', message, 'Correct the credentials for the SIP server, or for the phone.')
    : problem('SIP_UNREACHABLE', message, 'Check the SIP URI of the phone, its proxy and the firewall.');
}

function answered({ status, reason }: SipReply): Finding {
  // Busy is an answer of the phone itself.
  if ((status >= 200 && status < 300) || status === 486) {
    return ok('SIP_ANSWERS', 'The phone, or its SIP server for it, answers the gateway by SIP.');
  }
  return problem(
    'SIP_REFUSED',
    `The answer by SIP is ${status} ${reason}.`,
    'See that the phone is registered, and that its SIP URI is the one that it has registered.',
  );
}

/**
 * What stands in the way by SIP. Only whether somebody answers can be asked: a NOTIFY is answered 200 whatever it does,
 * and neither the settings nor the question on the display can be seen from here.
 */
export async function sipFindings(context: DriverContext<YealinkOptions>): Promise<readonly Finding[]> {
  const reply = await ask(context);
  return [
    'headers' in reply ? answered(reply) : unanswered(reply),
    notice(
      'SIP_CONTROL_UNTRIED',
      'Whether the phone obeys a NOTIFY cannot be seen: it answers 200 whatever it does, also while its display asks "Allow Remote Control?".',
      'Set features.action_uri.enable = 1 and features.show_action_uri_option = 0. With sip.trust_ctrl = 1 the gateway must send through the SIP server or outbound proxy of the phone; with 0 the phone obeys everybody who reaches it.',
    ),
    notice(
      'CHECK_SYNC_MAY_RESTART',
      'provision without a restart goes by check-sync, and by default the phone restarts for that.',
      'Set sip.notify_reboot_enable = 0.',
    ),
  ];
}
