import {
  ACCEPTED,
  type DriverContext,
  failed,
  isSipNotHere,
  type Ladders,
  notHere,
  type Outcome,
  phoneRejected,
  phoneUnreachable,
  type SipReply,
  type SipRequest,
  TransportError,
  unknown,
} from '@hookswitch/core';
import { exampleDriver } from './example-driver.ts';
import { EXAMPLE_SIP } from './example-phone.ts';

/** What a response means that is no success; null: it is one. */
export function sipRefusal({ status, reason }: SipReply): Outcome<never> | null {
  if (status >= 200 && status < 300) return null;
  if (isSipNotHere(status)) return notHere(`The phone answered ${status}.`);
  return failed(phoneRejected(`The phone answered ${status} ${reason}.`, { phoneStatus: status }));
}

/** The NOTIFY that presses a key. */
export function keyNotify(key: string): SipRequest {
  return {
    method: 'NOTIFY',
    headers: { Event: EXAMPLE_SIP.event, 'Subscription-State': 'terminated' },
    contentType: EXAMPLE_SIP.mediaType,
    body: `key=${key}`,
  };
}

/** Presses a key by NOTIFY. */
export async function notify(context: DriverContext, request: SipRequest): Promise<Outcome> {
  return sipRefusal(await context.sip.send(request)) ?? ACCEPTED;
}

/** Presses a key within a dialog. */
export async function pressInDialog(context: DriverContext, key: string): Promise<Outcome> {
  const progress = { asked: false };
  const body = `key=${key}`;
  try {
    const talk = await context.sip.converse(
      { contentType: EXAMPLE_SIP.csta, body: '', rehearsal: [`done ${body}`] },
      async (conversation): Promise<Outcome> => {
        progress.asked = true;
        const refusal = sipRefusal(await conversation.info({ contentType: EXAMPLE_SIP.csta, body }));
        if (refusal !== null) return refusal;
        const said = await conversation.next();
        return said?.body === `done ${body}` ? ACCEPTED : unknown('The phone does not say that it has done so.');
      },
    );
    return 'value' in talk ? talk.value : (sipRefusal(talk.refused) ?? notHere('No dialog.'));
  } catch (error) {
    if (!TransportError.is(error) || error.outcome.status !== 'UNKNOWN' || progress.asked) throw error;
    return failed(phoneUnreachable(error.message));
  }
}

export const notifyRung = {
  transport: 'SIP_NOTIFY',
  evidence: 'DOCUMENTED',
  source: 'Example, manual, page 2',
} as const;
export const dialogRung = { transport: 'UACSTA', evidence: 'ASSUMED', source: 'Example, manual, page 3' } as const;

const CAPABILITIES: Ladders = {
  ANSWER: [
    { ...notifyRung, answer: (_, context) => notify(context, keyNotify('OK')) },
    { ...dialogRung, answer: (_, context) => pressInDialog(context, 'OK') },
  ],
  REJECT: [{ ...notifyRung, reject: (_, context) => notify(context, keyNotify('CANCEL')) }],
};

/** The example driver for a phone that only SIP reaches. */
export const exampleSipDriver: typeof exampleDriver = {
  ...exampleDriver,
  capabilitiesFor: ({ reachableBy }) => (reachableBy.sip ? CAPABILITIES : {}),
  diagnose: async ({ sip }) => {
    const { status } = await sip.send({ method: 'OPTIONS', readOnly: true });
    return [{ code: 'ANSWERS', severity: 'OK', message: `The phone answers ${status}.`, fix: null }];
  },
};
