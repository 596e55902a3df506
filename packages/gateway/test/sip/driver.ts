import {
  ACCEPTED,
  accepted,
  type Driver,
  type DriverContext,
  failed,
  isSipNotHere,
  type Ladders,
  notHere,
  type Outcome,
  phoneRejected,
  type SipRequest,
} from '@hookswitch/core';
import { acmeWith } from '../support/driver.ts';

const documented = { evidence: 'DOCUMENTED', source: 'a test' } as const;

/** A command is one request; 200 is a yes, "not here" leads on. */
async function ask(context: DriverContext, request: SipRequest): Promise<Outcome> {
  const { status } = await context.sip.send(request);
  if (status === 200) return ACCEPTED;
  if (isSipNotHere(status)) return notHere(`It said ${status}.`);
  return failed(phoneRejected(`It said ${status}.`, { phoneStatus: status }));
}

const ladders: Ladders = {
  LED: [
    {
      ...documented,
      transport: 'SIP_MESSAGE',
      setLed: ({ key, light }, context) =>
        ask(context, { method: 'MESSAGE', contentType: 'application/x-buttons', body: `k=${key}\r\nc=${light}\r\n` }),
    },
  ],
  REBOOT: [
    {
      ...documented,
      transport: 'SIP_NOTIFY',
      reboot: (_command, context) => ask(context, { method: 'NOTIFY', headers: { Event: 'check-sync;reboot=true' } }),
    },
    {
      ...documented,
      transport: 'HTTP',
      async reboot(_command, { http }) {
        await http.send({ method: 'POST', target: '/reboot' });
        return ACCEPTED;
      },
    },
  ],
  PHONE_INFO: [
    {
      ...documented,
      transport: 'SIP_NOTIFY',
      async phoneInfo({ sip }) {
        const { headers } = await sip.send({ method: 'OPTIONS', readOnly: true });
        return accepted({
          mac: null,
          model: null,
          firmware: headers['user-agent'] ?? null,
          accounts: [],
          features: [],
        });
      },
    },
  ],
  // In two steps.
  HANG_UP: [
    {
      ...documented,
      transport: 'SIP_NOTIFY',
      async hangUp(_command, context) {
        const first = await ask(context, { method: 'NOTIFY', headers: { Event: 'ACTION-URI' }, body: 'key=CANCEL' });
        if (first.status !== 'ACCEPTED') return first;
        return ask(context, { method: 'NOTIFY', headers: { Event: 'talk\r\nX: y' } });
      },
    },
  ],
  CALL_SNAPSHOT: [
    {
      ...documented,
      transport: 'UACSTA',
      async refreshCalls(_command, { sip }) {
        const talked = await sip.converse(
          { contentType: 'application/csta+xml', body: '<RequestSystemStatus/>', rehearsal: ['<Snapshot/>'] },
          async (conversation) => {
            const reply = await conversation.info({ contentType: 'application/csta+xml', body: '<Ask/>' });
            const next = await conversation.next();
            if (next === null) throw new Error('the phone hung up');
            return { status: reply.status, body: next.body };
          },
        );
        if ('refused' in talked) {
          return failed(phoneRejected('It refused the dialog.', { phoneStatus: talked.refused.status }));
        }
        return talked.value.body === '<Snapshot/>' ? accepted({ calls: [] }) : failed(phoneRejected('No snapshot.'));
      },
    },
  ],
};

/** ACME's phones that are controlled over SIP. */
export const sipAcme: Driver = acmeWith(ladders);
