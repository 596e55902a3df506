import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { bodyText } from '../../src/message/body.ts';
import type { TlsTrust } from '../../src/transport/types.ts';
import { openAgent, type TestAgent } from '../support/agents.ts';
import { makeCertificate } from '../support/certificate.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { TcpPeer } from '../support/tcp-peer.ts';

const NAMED = makeCertificate('phone.example.com');
const ADDRESSED = makeCertificate('127.0.0.2');
const OTHER = makeCertificate('phone.example.com');

/** A phone with a certificate, which says what it was asked. */
function openPhone({ cert, key } = NAMED): Promise<TestAgent> {
  return openAgent({
    host: '127.0.0.2',
    transports: ['tls'],
    tls: { cert, key },
    onRequest: (request, source) => ({ status: 200, body: `${source.transport} ${bodyText(request)}` }),
  });
}

async function ask(own: TestAgent, phone: TestAgent, tls: TlsTrust): Promise<string> {
  const { host, port } = phone.place('tls');
  const outcome = await own.agent.request({ method: 'MESSAGE', uri: `sips:a@${host}:${port}`, body: 'hello', tls });
  if (outcome.kind === 'answered') return `${outcome.status} ${bodyText(outcome.response)}`;
  return outcome.kind === 'not-sent' ? `${outcome.kind} ${outcome.reason}` : outcome.kind;
}

test.each([
  ['a CA, and the address in the certificate', ADDRESSED, { ca: ADDRESSED.cert }, '200 tls hello'],
  ['a CA, and the name that is asked for', NAMED, { ca: NAMED.cert, serverName: 'phone.example.com' }, '200 tls hello'],
  ['the right pin', NAMED, { pins: [OTHER.fingerprint, NAMED.fingerprint] }, '200 tls hello'],
  [
    'the right pin in small letters without colons',
    NAMED,
    { pins: [NAMED.fingerprint.replaceAll(':', '').toLowerCase()] },
    '200 tls hello',
  ],
  ['nothing to trust', NAMED, {}, 'not-sent TLS'],
  ['another CA', NAMED, { ca: OTHER.cert, serverName: 'phone.example.com' }, 'not-sent TLS'],
  ['another name', NAMED, { ca: NAMED.cert, serverName: 'other.example.com' }, 'not-sent TLS'],
  ['no name, where the certificate is not for the address', NAMED, { ca: NAMED.cert }, 'not-sent TLS'],
  ['another pin', NAMED, { pins: [OTHER.fingerprint] }, 'not-sent TLS'],
] as const)('with %s', async (...[, certificate, trust, expected]) => {
  await using phone = await openPhone(certificate);
  await using own = await openAgent({ transports: ['tls'] });
  expect(await ask(own, phone, trust)).toBe(expected);
  expect(phone.agent.statistics().received.requests).toBe(expected.startsWith('200') ? 1 : 0);
});

test('one connection carries what trusts the same; who trusts something else gets none of it', async () => {
  await using phone = await openPhone();
  await using own = await openAgent({ transports: ['tls'] });
  const good = { pins: [NAMED.fingerprint] };
  expect(await ask(own, phone, good)).toBe('200 tls hello');
  expect(await ask(own, phone, good)).toBe('200 tls hello');
  expect(own.agent.statistics().connections).toBe(1);
  expect(await ask(own, phone, { pins: [OTHER.fingerprint] })).toBe('not-sent TLS');
  expect(phone.agent.statistics().received.requests).toBe(2);
});

test('a peer that never answers the handshake is given up in time', async () => {
  const clock = new ManualClock();
  await using silent = await TcpPeer.open('127.0.0.2');
  await using own = await openAgent({ transports: ['tls'], clock, connectTimeoutMs: 3000 });
  const outcome = own.agent.request({ method: 'OPTIONS', uri: `sips:a@127.0.0.2:${silent.port}` });
  await expect.poll(() => silent.connections).toBe(1);
  clock.advance(3000);
  expect(await outcome).toMatchObject({ kind: 'not-sent', reason: 'CONNECT_TIMEOUT' });
});

test('a peer that never finishes its handshake does not hold the close up', async () => {
  const phone = await openPhone();
  const { host, port } = phone.place('tls');
  const socket = connect(port, host);
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('connect', resolve));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await phone.agent.close();
  await closed;
});

test('to a sips address the Contact is sips', async () => {
  const contacts: (string | undefined)[] = [];
  await using phone = await openAgent({
    host: '127.0.0.2',
    transports: ['tls'],
    tls: NAMED,
    onRequest: ({ headers }) => {
      contacts.push(headers.get('contact'));
      return { status: 200 };
    },
  });
  await using own = await openAgent({ transports: ['tls'], tls: { ...OTHER, pins: [NAMED.fingerprint] } });
  const { host, port } = phone.place('tls');
  for (const uri of [`sips:a@${host}:${port}`, `sip:a@${host}:${port};transport=tls`]) {
    expect(await own.agent.request({ method: 'NOTIFY', uri })).toMatchObject({ kind: 'answered', status: 200 });
  }
  const place = `127.0.0.1:${own.place('tls').port}`;
  expect(contacts).toEqual([`<sips:${place}>`, `<sip:${place};transport=tls>`]);
});

test('a certificate that cannot be read is an error to be caught', async () => {
  await expect(openAgent({ transports: ['udp', 'tls'], tls: { cert: 'no', key: 'no' } })).rejects.toThrow(
    /PEM|key|certificate/i,
  );
});
