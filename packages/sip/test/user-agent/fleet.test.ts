import { createSocket, type Socket } from 'node:dgram';
import { expect, test } from 'vitest';
import { openAgent } from '../support/agents.ts';
import { parsedRequest } from '../support/fake-flow.ts';
import { Random } from '../support/random.ts';
import { responseTo } from '../support/udp-peer.ts';

const PHONES = 1000;
const LOSS = 0.05;
/** A phone in a hundred never answers. */
const SILENT = 100;

interface Phone {
  readonly socket: Socket;
  readonly host: string;
  /** How many different requests it has taken. */
  readonly taken: Set<string>;
}

async function openPhone(number: number, drop: () => boolean): Promise<Phone> {
  const host = `127.1.${Math.floor(number / 250)}.${(number % 250) + 1}`;
  const socket = createSocket('udp4');
  const taken = new Set<string>();
  socket.on('message', (bytes, from) => {
    if (drop()) return;
    const request = parsedRequest(bytes);
    taken.add(`${request.callId} ${request.sequence.number}`);
    if (number % SILENT === 0 || drop()) return;
    socket.send(responseTo(request, 200 + (number % 7)), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, host, resolve));
  return { socket, host, taken };
}

test('1,000 NOTIFYs to 1,000 phones at once with 5 % loss each way: each ends in the right outcome, none acts twice', async () => {
  const random = new Random(5);
  let lost = 0;
  const drop = (): boolean => {
    const drops = random.next() < LOSS;
    lost += drops ? 1 : 0;
    return drops;
  };
  const phones = await Promise.all(Array.from({ length: PHONES }, (_, number) => openPhone(number, drop)));
  // The RFC's timers, ten times as fast: a phone that never answers is lost after 3.2 s.
  await using own = await openAgent({ host: '0.0.0.0', transports: ['udp'], timers: { t1: 50, t2: 400, t4: 500 } });
  const outcomes = await Promise.all(
    phones.map(({ host, socket }) =>
      own.agent.request({ method: 'NOTIFY', uri: `sip:phone@${host}:${socket.address().port}`, body: 'key=OK' }),
    ),
  );
  const expected = phones.map((_, number) => (number % SILENT === 0 ? 'lost' : 200 + (number % 7)));
  expect(outcomes.map((outcome) => (outcome.kind === 'answered' ? outcome.status : outcome.kind))).toEqual(expected);
  expect(phones.map(({ taken }) => taken.size)).toEqual(phones.map(() => 1));
  expect(lost).toBeGreaterThan(50);
  await expect.poll(() => own.agent.statistics().transactions.client).toBe(0);
  await Promise.all(phones.map(({ socket }) => new Promise<void>((resolve) => socket.close(resolve))));
}, 20_000);
