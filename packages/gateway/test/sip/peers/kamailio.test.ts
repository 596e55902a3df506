import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { selfSignedCertificate } from '@hookswitch/driver-kit/virtual';
import { installed, KAMAILIO_TLS, type Kamailio, PROXY_HOST, startKamailio } from '@hookswitch/sip-peers/vitest';
import { describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../../store/temporary.ts';
import { PASSWORD, phoneBehindNat, registeredD862 } from './support/registered-phones.ts';
import { D862, GATEWAY_HOST, sipGateway } from './support/sip-gateway.ts';

const KEYS = { keys: [{ key: 'VOLUME_UP' }] };
const GATEWAYS_LOGIN = `credentials: [{ domain: gateway, username: gateway, password: ${PASSWORD} }]`;
const LOGIN = { username: '101', password: PASSWORD };

const tls = selfSignedCertificate('kamailio', [PROXY_HOST]);
const fingerprintOf = ({ cert }: { readonly cert: string }): string => new X509Certificate(cert).fingerprint256;

const proxyOf = ({ host, port, tlsPort }: Kamailio, transport: string): string =>
  `proxy: "sip:${host}:${transport === 'tls' ? tlsPort : port};transport=${transport}"`;

/** The section `tls` that trusts what this certificate has signed. */
async function trusting({ cert }: { readonly cert: string }): Promise<{ readonly section: string } & AsyncDisposable> {
  const directory = await temporaryDirectory();
  const file = join(directory.path, 'ca.pem');
  writeFileSync(file, cert);
  return {
    section: `tls: { ca: "${file}" }`,
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

describe.runIf(installed(...KAMAILIO_TLS))('Kamailio', () => {
  describe.each(['MD5', 'SHA-256'] as const)('as a proxy that challenges with %s', (algorithm) => {
    test.each(['udp', 'tcp', 'tls'] as const)('leads to a registered phone, over %s', async (transport) => {
      await using kamailio = await startKamailio({ tls, login: { algorithm, password: PASSWORD } });
      await using phone = await registeredD862(kamailio);
      await using trust = await trusting(tls);
      await using gateway = await sipGateway(
        `{ ${proxyOf(kamailio, transport)}, ${GATEWAYS_LOGIN}, ${trust.section} }`,
      );
      // The phone challenges as well: 407 by the proxy and 401 by the phone behind it are both answered.
      const id = await gateway.addPhone({ ...D862, ...LOGIN, sipUri: 'sip:101@pbx.example' });
      expect(await gateway.give('pressKeys', id, KEYS), kamailio.program.output).toMatchObject({
        status: 'ACCEPTED',
        transport: 'SIP_NOTIFY',
        failure: null,
      });
      const notify = phone.sipRequests?.all.at(-1);
      expect(notify).toMatchObject({ method: 'NOTIFY', remoteAddress: PROXY_HOST });
      expect(notify?.body).toContain('snom://mb_nop#key=VOLUME_UP');
      expect(phone.handlerErrors).toEqual([]);
    });
  });

  test('that does not know the phone, or refuses the password, is told as such', async () => {
    await using kamailio = await startKamailio({ login: { algorithm: 'MD5', password: PASSWORD } });
    const proxy = proxyOf(kamailio, 'udp');
    await using gateway = await sipGateway(`{ ${proxy}, ${GATEWAYS_LOGIN} }`);
    const nobody = await gateway.addPhone({ ...D862, sipUri: 'sip:999@pbx.example' });
    expect(await gateway.give('pressKeys', nobody, KEYS)).toMatchObject({
      status: 'FAILED',
      failure: { code: 'CAPABILITY_UNSUPPORTED', message: expect.stringContaining('404') },
    });
    await using stranger = await sipGateway(`{ ${proxy} }`);
    const phone = await stranger.addPhone({ ...D862, ...LOGIN, sipUri: 'sip:101@pbx.example' });
    expect(await stranger.give('pressKeys', phone, KEYS)).toMatchObject({
      status: 'FAILED',
      failure: { code: 'PHONE_UNAUTHORIZED' },
    });
  });

  test('that let a phone in makes it known to the gateway, until it is added', async () => {
    await using kamailio = await startKamailio();
    await using phone = await registeredD862(kamailio);
    await using nat = await phoneBehindNat(kamailio);
    await using gateway = await sipGateway(
      `{ domain: pbx.example, registrars: [{ kind: kamailio, url: "${kamailio.rpcUrl}" }] }`,
    );
    type Devices = { devices: { sipUri: string; candidates: object[] }[]; incomplete: string[] };
    const fields = 'address sipUri model firmware seenBy timesSeen candidates { vendor model } explainMatch { vendor }';
    const ask = async () =>
      (await gateway.ask<{ all: Devices }>(`{ all: unknownDevices { incomplete devices { ${fields} } } }`)).all;
    const { devices, incomplete } = await ask();
    expect(incomplete).toEqual([]);
    const byUri = Object.fromEntries(devices.map((device) => [device.sipUri, device]));
    expect(byUri['sip:101@pbx.example']).toMatchObject({
      ...{ address: '127.0.0.21', seenBy: ['SIP_REGISTER'], timesSeen: 1, firmware: '10.1.226.13' },
      candidates: [{ vendor: 'snom', model: 'D862' }],
      explainMatch: { vendor: 'snom' },
    });
    // What it wrote as its contact is not where it is.
    expect(byUri['sip:102@pbx.example']).toMatchObject({ address: '127.0.0.22', candidates: [] });
    expect(nat.contact).toContain('10.9.9.9');
    await gateway.addPhone({ ...D862, sipUri: 'sip:101@pbx.example' });
    expect((await ask()).devices.map(({ sipUri }) => sipUri)).toEqual(['sip:102@pbx.example']);
    expect(phone.handlerErrors).toEqual([]);
  });

  test('of which the certificate is pinned needs no authority', async () => {
    await using kamailio = await startKamailio({ tls });
    await using phone = await registeredD862(kamailio);
    const pins = `tls: { pins: { ${PROXY_HOST}: ["${fingerprintOf(tls)}"] } }`;
    await using gateway = await sipGateway(`{ ${proxyOf(kamailio, 'tls')}, ${pins} }`);
    const id = await gateway.addPhone({ ...D862, ...LOGIN, sipUri: 'sip:101@pbx.example' });
    expect(await gateway.give('pressKeys', id, KEYS)).toMatchObject({ status: 'ACCEPTED' });
    expect(phone.sipRequests?.all.at(-1)?.remoteAddress).toBe(PROXY_HOST);
  });

  test.each([
    ['another authority', async () => await trusting(selfSignedCertificate('kamailio', [PROXY_HOST]))],
    ['no authority', async () => ({ section: 'tls: {}', async [Symbol.asyncDispose]() {} })],
    ['that authority, but another name', async () => await trusting(selfSignedCertificate('kamailio', ['127.0.0.9']))],
    [
      'that authority, but pins another fingerprint',
      async () => {
        const trust = await trusting(tls);
        const pins = `pins: { ${PROXY_HOST}: ["${fingerprintOf(selfSignedCertificate('kamailio'))}"] }`;
        return { ...trust, section: trust.section.replace(' }', `, ${pins} }`) };
      },
    ],
  ])('is sent nothing over TLS where the gateway trusts %s', async (_what, open) => {
    await using kamailio = await startKamailio({ tls });
    await using phone = await registeredD862(kamailio);
    await using trust = await open();
    await using gateway = await sipGateway(`{ ${proxyOf(kamailio, 'tls')}, ${trust.section} }`);
    const id = await gateway.addPhone({ ...D862, sipUri: 'sip:101@pbx.example' });
    expect(await gateway.give('pressKeys', id, KEYS)).toMatchObject({
      status: 'FAILED',
      failure: { code: 'PHONE_UNREACHABLE', message: expect.stringMatching(/TLS.*Nothing was sent/) },
    });
    expect(await kamailio.received('NOTIFY')).toBe(0);
    expect(phone.sipRequests?.count).toBe(0);
  });

  test('as a registrar tells where a phone is, behind a router too, and whose user it is', async () => {
    await using kamailio = await startKamailio({ login: { algorithm: 'SHA-256', password: PASSWORD } });
    await using phone = await registeredD862(kamailio);
    await using hidden = await phoneBehindNat(kamailio);
    const registrar = `registrars: [{ kind: kamailio, url: "${kamailio.rpcUrl}", domains: [pbx.example] }]`;
    await using gateway = await sipGateway(`{ domain: pbx.example, ${registrar} }`);
    const first = await gateway.addPhone({ ...D862, ...LOGIN, name: 'First', sipUri: 'sip:101@pbx.example' });
    const second = await gateway.addPhone({ ...D862, name: 'Second', sipUri: 'sip:102@pbx.example' });
    const third = await gateway.addPhone({ ...D862, name: 'Third', sipUri: 'sip:103@pbx.example' });

    // It obeys its registrar only, so it hears nothing of this gateway: what the virtual phone has to see is the way.
    phone.settings.set('filter_registrar', 'off');
    phone.settings.set('mb_trusted_hosts', GATEWAY_HOST);
    expect(await gateway.give('pressKeys', first, KEYS)).toMatchObject({ status: 'ACCEPTED' });
    expect(phone.sipRequests?.all.at(-1)).toMatchObject({ method: 'NOTIFY', remoteAddress: GATEWAY_HOST });

    expect(await kamailio.contactsOf('102')).toMatchObject([{ Address: hidden.contact, Received: hidden.seen }]);
    expect(await gateway.give('pressKeys', second, KEYS)).toMatchObject({ status: 'ACCEPTED' });
    expect(hidden.requests.map(({ method, uri }) => [method, uri])).toEqual([['NOTIFY', hidden.contact]]);

    expect(await gateway.give('pressKeys', third, KEYS)).toMatchObject({
      status: 'FAILED',
      failure: { code: 'PHONE_UNREACHABLE', message: expect.stringContaining('103@pbx.example is not registered') },
    });
    expect(await kamailio.received('NOTIFY')).toBe(0);

    const found = await gateway.ask<{ phone: { name: string } }>('{ phone(by: { sipUser: "102" }) { name } }');
    expect(found.phone.name).toBe('Second');
  });

  test('tells of which phone a registered user is that no SIP URI names', async () => {
    await using kamailio = await startKamailio();
    await using hidden = await phoneBehindNat(kamailio);
    const registrar = `registrars: [{ kind: kamailio, url: "${kamailio.rpcUrl}" }]`;
    await using gateway = await sipGateway(`{ domain: pbx.example, ${registrar} }`);
    await gateway.addPhone({ ...D862, name: 'Web only', address: new URL(`http://${hidden.seen.slice(4)}`).hostname });
    const find = async (user: string) =>
      (
        await gateway.ask<{ phone: { name: string } | null }>(
          'query ($user: String!) { phone(by: { sipUser: $user }) { name } }',
          { user },
        )
      ).phone;
    expect(await find('102@pbx.example')).toEqual({ name: 'Web only' });
    expect(await find('internal/102@pbx.example')).toEqual({ name: 'Web only' });
    expect(await find('104@pbx.example')).toBeNull();
    expect(await gateway.metric('hookswitch_sip_registrar_lookups_total{registrar="kamailio",result="found"}')).toBe(2);
  });
});
