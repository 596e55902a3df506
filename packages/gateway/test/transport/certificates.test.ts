import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import { join } from 'node:path';
import { type SelfSignedCertificate, selfSignedCertificate } from '@hookswitch/driver-kit/virtual';
import { expect, test } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import type { Phone } from '../../src/model.ts';
import { parseFingerprint } from '../../src/transport/certificates.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { type TestGateway, testGateway } from '../support/gateway.ts';

/** A phone whose web server speaks TLS; what it is asked for is counted. */
interface SecurePhone extends AsyncDisposable {
  readonly origin: string;
  readonly requests: readonly string[];
  fingerprint(): string;
  /** It is reset, or another one stands in its place: the address stays. */
  replace(next: SelfSignedCertificate): void;
}

async function securePhone(first = selfSignedCertificate('00:04:13:aa:bb:cc')): Promise<SecurePhone> {
  let certificate = first;
  const requests: string[] = [];
  const server: Server = createServer({ ...first }, (request, response) => {
    requests.push(request.url ?? '');
    response.writeHead(200, { connection: 'close' }).end('ACME');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    origin: `https://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    requests,
    fingerprint: () => new X509Certificate(certificate.cert).fingerprint256,
    replace(next) {
      certificate = next;
      server.setSecureContext(next);
      server.closeAllConnections();
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const HANG_UP = { name: 'hangUp', arguments: {} } as const;
const pinnedOf = ({ application }: TestGateway, { id }: Phone) => application.phones.get(id)?.tls?.fingerprint;
const codesOf = async ({ application, caller }: TestGateway, { id }: Phone): Promise<readonly string[]> =>
  (await application.readings.diagnosis(id, caller)).map(({ code }) => code);

test('the first connection pins the certificate, a changed one is refused, and accepting it is a change of its own', async () => {
  await using device = await securePhone();
  await using running = await testGateway();
  const phone = await running.addPhone({ address: device.origin });
  expect(await codesOf(running, phone)).toContain('CERTIFICATE_PINNED');
  expect(pinnedOf(running, phone)).toBe(device.fingerprint());
  expect(await running.run(phone, HANG_UP)).toMatchObject({ status: 'ACCEPTED' });

  const before = device.fingerprint();
  device.replace(selfSignedCertificate('somebody else'));
  const asked = device.requests.length;
  const refused = await running.run(phone, HANG_UP);
  expect(refused).toMatchObject({ status: 'FAILED', failure: { code: 'POLICY_DENIED', rule: 'certificate' } });
  expect(refused.failure?.message).toContain(`${device.fingerprint()} instead of ${before}`);
  expect(refused.failure?.message).toMatch(/updatePhone.*Nothing was sent/);
  expect(await codesOf(running, phone)).toContain('CERTIFICATE_CHANGED');
  expect(device.requests).toHaveLength(asked);
  expect(pinnedOf(running, phone)).toBe(before);

  const { items: rows } = await running.application.audit.list({ actions: ['pinCertificate'] }, { first: 9 });
  expect(rows.map(({ node }) => [node.outcome, node.caller.id, node.phoneId, node.details])).toEqual([
    ['DONE', 'gateway', phone.id, { certificate: before }],
    ['ASKED', 'gateway', phone.id, { certificate: before }],
  ]);

  // It is on disk: a restart trusts nobody anew.
  await running.restart();
  expect(await running.run(phone, HANG_UP)).toMatchObject({ failure: { rule: 'certificate' } });
  expect(device.requests).toHaveLength(asked);

  const accepted = device.fingerprint().replaceAll(':', '').toLowerCase();
  await running.application.phones.update(phone.id, { certificate: accepted }, running.caller);
  expect(await running.run(phone, HANG_UP)).toMatchObject({ status: 'ACCEPTED' });
  expect(pinnedOf(running, phone)).toBe(device.fingerprint());
  expect(await codesOf(running, phone)).not.toContain('CERTIFICATE_CHANGED');
  const { items: changes } = await running.application.audit.list({ actions: ['updatePhone'] }, { first: 9 });
  expect(changes.map(({ node }) => [node.outcome, node.caller.id, node.details])).toEqual([
    ['DONE', running.caller.id, { fields: ['certificate'], certificate: device.fingerprint() }],
    ['ASKED', running.caller.id, { fields: ['certificate'], certificate: device.fingerprint() }],
  ]);

  device.replace(selfSignedCertificate('a third one'));
  await running.application.phones.update(phone.id, { certificate: null }, running.caller);
  expect(await running.run(phone, HANG_UP)).toMatchObject({ status: 'ACCEPTED' });
  expect(pinnedOf(running, phone)).toBe(device.fingerprint());
});

test('what a device showed when it was asked whose it is counts once it is registered', async () => {
  await using device = await securePhone();
  await using running = await testGateway();
  const added = await running.application.phones.add({ name: 'Desk', address: device.origin }, running.caller);
  expect(added).toMatchObject({ ok: true, value: { vendor: 'acme', tls: { fingerprint: device.fingerprint() } } });
  const { items: rows } = await running.application.audit.list({ actions: ['addPhone'] }, { first: 9 });
  expect(rows[0]?.node.details).toMatchObject({ certificate: device.fingerprint() });
  device.replace(selfSignedCertificate('somebody else'));
  const asked = device.requests.length;
  if (added.ok) expect(await running.run(added.value, HANG_UP)).toMatchObject({ failure: { rule: 'certificate' } });
  expect(device.requests).toHaveLength(asked);
});

test('a fingerprint that was given beforehand is the only one from the beginning', async () => {
  await using device = await securePhone();
  await using running = await testGateway();
  const other = new X509Certificate(selfSignedCertificate('x').cert).fingerprint256;
  const phone = await running.addPhone({ address: device.origin, certificate: other });
  expect(await running.run(phone, HANG_UP)).toMatchObject({ failure: { rule: 'certificate' } });
  expect(device.requests).toEqual([]);
});

test('unchecked is an option of one phone, and says so in its diagnosis', async () => {
  await using device = await securePhone();
  await using running = await testGateway();
  const phone = await running.addPhone({ address: device.origin, certificateCheck: 'UNCHECKED' });
  expect(await running.run(phone, HANG_UP)).toMatchObject({ status: 'ACCEPTED' });
  device.replace(selfSignedCertificate('somebody else'));
  expect(await running.run(phone, HANG_UP)).toMatchObject({ status: 'ACCEPTED' });
  expect(pinnedOf(running, phone)).toBeNull();
  expect(await codesOf(running, phone)).toContain('CERTIFICATE_UNCHECKED');
});

test.each([
  ['the host', selfSignedCertificate('phone', ['127.0.0.1']), true],
  ['the MAC address', selfSignedCertificate('00:04:13:AA:BB:CC', ['phone.example']), true],
  ['another phone', selfSignedCertificate('00:04:13:aa:bb:dd', ['phone.example']), false],
])('an authority of the operator vouches for it, and it names %s: %s', async (_what, certificate, expected) => {
  await using folder = await temporaryDirectory();
  await writeFile(join(folder.path, 'ca.pem'), certificate.cert);
  await using device = await securePhone(certificate);
  await using running = await testGateway({ config: { tlsCa: join(folder.path, 'ca.pem') } });
  const input = { address: device.origin, mac: '00:04:13:aa:bb:cc', certificateCheck: 'AUTHORITY' } as const;
  const phone = await running.addPhone(input);
  const command = await running.run(phone, HANG_UP);
  expect(command.status).toBe(expected ? 'ACCEPTED' : 'FAILED');
  if (!expected) expect(command.failure).toMatchObject({ code: 'POLICY_DENIED', rule: 'certificate' });
  expect(device.requests.filter((target) => target === '/hangup')).toHaveLength(expected ? 1 : 0);
});

test('without a known authority the certificate is refused in words', async () => {
  await using device = await securePhone();
  await using running = await testGateway();
  const phone = await running.addPhone({ address: device.origin, certificateCheck: 'AUTHORITY' });
  const { failure } = await running.run(phone, HANG_UP);
  expect(failure).toMatchObject({ code: 'POLICY_DENIED', rule: 'certificate' });
  expect(failure?.message).toMatch(/self-signed.*tls\.ca/);
  expect(device.requests).toEqual([]);
});

test('a fingerprint is one spelling, and what is none is refused', async () => {
  const bytes = Array.from({ length: 32 }, (_, index) => index.toString(16).padStart(2, '0'));
  expect(parseFingerprint(bytes.join(''))).toBe(bytes.join(':').toUpperCase());
  expect(parseFingerprint(bytes.join(':').toUpperCase())).toBe(bytes.join(':').toUpperCase());
  expect(parseFingerprint(bytes.slice(1).join(':'))).toBeNull();
  await using running = await testGateway();
  const result = await running.application.phones.add(
    { name: 'Desk', vendor: 'acme', certificate: 'AB:CD' },
    running.caller,
  );
  expect(result).toMatchObject({ ok: false, failure: { code: 'INVALID_ARGUMENT', argument: 'certificate' } });
});

test('nothing in the configuration turns the check off for all phones', () => {
  const faultsOf = (text: string) => {
    const result = parseConfig({}, { text, name: 'hookswitch.yaml', folder: '/' });
    return 'faults' in result ? result.faults : [];
  };
  expect(faultsOf('tls: { ca: phones.pem }')).toEqual([]);
  for (const text of ['tls: { check: UNCHECKED }', 'tls: { rejectUnauthorized: false }', 'tls: { insecure: true }']) {
    expect(faultsOf(text), text).toHaveLength(1);
  }
});
