import { createVirtualSnomPhone, type VirtualSnomPhone } from '@hookswitch/driver-snom/virtual';
import { createSipUserAgent, type SipRequest } from '@hookswitch/sip';
import type { Kamailio } from '@hookswitch/sip-peers/vitest';
import { D862 } from './sip-gateway.ts';

/** What a Kamailio of these tests asks everybody for, and the phones and the gateway answer. */
export const PASSWORD = 'open-sesame';

/** A D862 at 127.0.0.21 that has registered as 101 and obeys nobody but its registrar. */
export async function registeredD862(kamailio: Kamailio): Promise<VirtualSnomPhone> {
  const phone = createVirtualSnomPhone({
    model: D862.model,
    firmware: D862.firmware,
    host: '127.0.0.21',
    identities: [{ number: '101', domain: 'pbx.example' }],
    sip: {
      registrar: `sip:${kamailio.host}:${kamailio.port}`,
      login: { username: '101', password: PASSWORD },
    },
  });
  await phone.start();
  return phone;
}

/** A phone at 127.0.0.22 behind a router: its contact is an address of its own network. */
export interface PhoneBehindNat extends AsyncDisposable {
  /** What it wrote as its contact. */
  readonly contact: string;
  /** Where the registrar saw it. */
  readonly seen: string;
  readonly requests: readonly SipRequest[];
}

/** Registers it as 102. */
export async function phoneBehindNat(kamailio: Kamailio): Promise<PhoneBehindNat> {
  const requests: SipRequest[] = [];
  const agent = await createSipUserAgent({
    host: '127.0.0.22',
    transports: ['udp'],
    onRequest: (request) => {
      requests.push(request);
      return { status: 200 };
    },
  });
  const contact = 'sip:102@10.9.9.9:5060;line=x7';
  const registered = await agent.request({
    method: 'REGISTER',
    uri: 'sip:pbx.example',
    proxy: `sip:${kamailio.host}:${kamailio.port}`,
    from: 'sip:102@pbx.example',
    to: 'sip:102@pbx.example',
    contact: `<${contact}>;expires=60`,
    credentials: () => ({ username: '102', password: PASSWORD }),
  });
  if (registered.kind !== 'answered' || registered.status !== 200) throw new Error(JSON.stringify(registered));
  return {
    contact,
    seen: `sip:127.0.0.22:${agent.listening[0]?.port}`,
    requests,
    [Symbol.asyncDispose]: () => agent.close(),
  };
}
