import { expect, test } from 'vitest';
import { parseMessage } from '../../src/message/parse.ts';
import { StreamFramer } from '../../src/transport/framing.ts';
import { createSipUserAgent } from '../../src/user-agent.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { mutate, Random } from '../support/random.ts';
import { responseTo, UdpPeer } from '../support/udp-peer.ts';
import { BEYOND_THE_PARSER, INVALID, VALID } from './messages.table.ts';

const ORIGINALS = [...VALID, ...INVALID, ...BEYOND_THE_PARSER].map(({ bytes }) => bytes);
const DATAGRAMS = 10_000;
const BATCH = 50;

test('10,000 mutated messages: the parser takes or refuses each, and throws at none', () => {
  const random = new Random(20_261_121);
  const verdicts: Record<string, number> = {};
  for (let count = 0; count < DATAGRAMS; count += 1) {
    const result = parseMessage(mutate(random.pick(ORIGINALS), random, ORIGINALS));
    const verdict = result.ok ? result.message.kind : result.fault.code;
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
  }
  // Mutations that were all refused for one reason would test nothing.
  expect(Object.keys(verdicts).sort()).toEqual([
    'BODY_TRUNCATED',
    'HEADER_LINE',
    'HEADER_MALFORMED',
    'HEADER_MISSING',
    'HEADER_REPEATED',
    'METHOD_MISMATCH',
    'NO_HEADER_END',
    'REQUEST_URI',
    'START_LINE',
    'VERSION',
    'request',
    'response',
  ]);
  expect(verdicts['request']).toBeGreaterThan(500);
});

test('mutated streams, cut anywhere: the framer hands on or gives up, and throws at none', () => {
  const random = new Random(7);
  let messages = 0;
  let faults = 0;
  for (let count = 0; count < 1000; count += 1) {
    const framer = new StreamFramer({
      onMessage: (bytes) => {
        messages += 1;
        parseMessage(bytes);
      },
      onPing: () => {},
      onFault: () => {
        faults += 1;
      },
    });
    const stream = Buffer.concat([random.pick(ORIGINALS), mutate(random.pick(ORIGINALS), random, ORIGINALS)]);
    for (let at = 0; at < stream.length; ) {
      const next = at + 1 + random.below(300);
      framer.push(stream.subarray(at, next));
      at = next;
    }
  }
  expect(messages).toBeGreaterThan(500);
  expect(faults).toBeGreaterThan(100);
});

test('10,000 mutated datagrams to a user agent with requests under way: it answers on, and keeps nothing', async () => {
  const clock = new ManualClock();
  const random = new Random(42);
  await using peer = await UdpPeer.open('127.0.0.2');
  const agent = await createSipUserAgent({
    host: '127.0.0.1',
    transports: ['udp'],
    clock,
    onRequest: () => ({ status: 200 }),
  });
  try {
    const [{ host, port } = { host: '', port: 0 }] = agent.listening;
    const probed = new Map<string, () => void>();
    peer.onDatagram = ({ bytes }) => {
      const text = bytes.toString('latin1');
      const id = /^Call-ID: (probe-\d+)\r$/m.exec(text)?.[1];
      if (id !== undefined && text.startsWith('SIP/2.0 200 ')) probed.get(id)?.();
      return !/^(?:NOTIFY|INVITE) /.test(text);
    };
    for (let sent = 0; sent < DATAGRAMS; sent += BATCH) {
      const method = random.below(4) === 0 ? 'INVITE' : 'NOTIFY';
      const target = { uri: peer.uri, timeoutMs: 20_000 };
      const outcome = method === 'INVITE' ? agent.openDialog(target) : agent.request({ ...target, method });
      const request = await peer.nextRequest();
      const responses = [100, 180, 200, 401, 486].map((status) =>
        Buffer.from(responseTo(request, status, { headers: [`Contact: <${peer.uri}>`] })),
      );
      const originals = [...ORIGINALS, ...responses];
      for (let count = 0; count < BATCH; count += 1) {
        const original = random.below(2) === 0 ? random.pick(responses) : random.pick(ORIGINALS);
        peer.send(mutate(original, random, originals), { host, port });
      }
      await new Promise<void>((resolve) => {
        probed.set(`probe-${sent}`, resolve);
        peer.send(probe(sent), { host, port });
      });
      clock.advance(20_000);
      expect((await outcome).kind).toMatch(/^(?:answered|lost|open)$/);
    }
    const { faults, received } = agent.statistics();
    expect(received.malformed).toBeGreaterThan(3000);
    expect(received.requests).toBeGreaterThan(400);
    expect(received.responses).toBeGreaterThan(500);
    expect(Object.keys(faults).length).toBeGreaterThanOrEqual(9);
    // Twice: what ends may have something else begin, such as the BYE to an INVITE that nobody waited for.
    for (let round = 0; round < 4; round += 1) {
      clock.advance(64_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(agent.statistics().transactions).toEqual({ client: 0, server: 0 });
    expect(clock.pending).toBe(0);
  } finally {
    await agent.close();
  }
});

function probe(count: number): string {
  return [
    'OPTIONS sip:gateway@127.0.0.1 SIP/2.0',
    `Via: SIP/2.0/UDP 127.0.0.2;branch=z9hG4bKprobe${count};rport`,
    'From: <sip:probe@127.0.0.2>;tag=probe',
    'To: <sip:gateway@127.0.0.1>',
    `Call-ID: probe-${count}`,
    'CSeq: 1 OPTIONS',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}
