import { installed, KAMAILIO_TLS, PROXY_HOST, startKamailio } from '@hookswitch/sip-peers/vitest';
import { describe, expect, test } from 'vitest';
import type { CredentialsSource } from '../../src/digest/authenticator.ts';
import { bodyText } from '../../src/message/body.ts';
import type { SipRequest } from '../../src/message/types.ts';
import type { SipTransport } from '../../src/transport/types.ts';
import { openAgent } from '../support/agents.ts';
import { makeCertificate } from '../support/certificate.ts';

const credentials: CredentialsSource = ({ realm }) => ({
  username: realm === 'phones' ? '101' : 'gateway',
  password: 'secret',
});
const TRANSPORTS: readonly SipTransport[] = ['udp', 'tcp', 'tls'];

describe.runIf(installed(...KAMAILIO_TLS)).each(['MD5', 'SHA-256'] as const)(
  'Kamailio that challenges with %s',
  (algorithm) => {
    test('a phone registers, and NOTIFY, MESSAGE and a long one reach it through the proxy, over UDP, TCP and TLS', async () => {
      const taken: SipRequest[] = [];
      await using phone = await openAgent({
        host: '127.0.0.20',
        credentials,
        onRequest: (request) => {
          taken.push(request);
          return { status: 200, body: `got ${bodyText(request).length}` };
        },
      });
      await using own = await openAgent({ transports: TRANSPORTS, credentials });
      const tls = makeCertificate(PROXY_HOST);
      await using kamailio = await startKamailio({ tls, login: { algorithm, password: 'secret' } });
      const { host, port } = phone.place('udp');
      const registrar = `sip:${PROXY_HOST}:${kamailio.port}`;
      const registered = await phone.agent.request({
        method: 'REGISTER',
        uri: registrar,
        from: `sip:101@${PROXY_HOST}`,
        to: `sip:101@${PROXY_HOST}`,
        contact: `<sip:101@${host}:${port}>;expires=60`,
      });
      expect(registered, kamailio.program.output).toMatchObject({ kind: 'answered', status: 200, challenge: null });
      for (const transport of TRANSPORTS) {
        const proxyPort = transport === 'tls' ? kamailio.tlsPort : kamailio.port;
        const options = {
          uri: `sip:101@${PROXY_HOST}:${kamailio.port}`,
          proxy: `sip:${PROXY_HOST}:${proxyPort};transport=${transport}`,
          tls: { ca: tls.cert },
        };
        for (const [method, body] of [
          ['NOTIFY', 'key=OK'],
          ['MESSAGE', 'k=2\r\nl=Tür €'],
          ['MESSAGE', 'x'.repeat(3000)],
        ] as const) {
          const outcome = await own.agent.request({
            ...options,
            method,
            body,
            contentType: 'text/plain',
            headers: { Event: 'x' },
          });
          const said = `${transport} ${JSON.stringify(outcome)} ${kamailio.program.output}`;
          expect(outcome, said).toMatchObject({ kind: 'answered', status: 200, challenge: null });
          expect(outcome.kind === 'answered' && bodyText(outcome.response)).toBe(`got ${body.length}`);
          expect(taken.at(-1)).toMatchObject({ method, uri: `sip:101@${host}:${port}` });
          expect(bodyText(taken.at(-1) ?? { body: Buffer.alloc(0) })).toBe(body);
        }
      }
      expect(taken).toHaveLength(9);
      // Each way to the proxy was challenged once: what came after brought its answer along.
      expect(own.agent.statistics().received.responses).toBe(9 + 3);
    });

    test('a wrong password is refused, an unknown phone is not found', async () => {
      await using own = await openAgent();
      await using kamailio = await startKamailio({ login: { algorithm, password: 'secret' } });
      const uri = `sip:999@${PROXY_HOST}:${kamailio.port}`;
      const wrong = { username: 'gateway', password: 'wrong' };
      expect(await own.agent.request({ method: 'NOTIFY', uri, credentials: () => wrong })).toMatchObject({
        kind: 'answered',
        status: 407,
        challenge: 'REFUSED',
      });
      expect(await own.agent.request({ method: 'NOTIFY', uri })).toMatchObject({
        kind: 'answered',
        status: 407,
        challenge: 'NO_CREDENTIALS',
      });
      expect(await own.agent.request({ method: 'NOTIFY', uri, credentials })).toMatchObject({
        kind: 'answered',
        status: 404,
        challenge: null,
      });
    });
  },
);
