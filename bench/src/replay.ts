import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChildServer, startChild } from './child-server.ts';
import { type Listening, listen } from './clients/listener.ts';
import { type Asked, SAME } from './fan-out-operations.ts';
import { withSubscribers } from './fan-out-sides.ts';
import { BENCH_KEY } from './servers/bench-config.ts';
import type { FullStore } from './servers/full-store.ts';
import type { Started } from './servers/started-gateway.ts';
import type { BenchSize, Row } from './table.ts';
import { takeTurns } from './turns.ts';

const EVENTS = 100_000;
const PHONES = 100;

interface Figures {
  readonly rate: number;
  readonly cpuMicroseconds: number;
}

/** Everything that the log holds to one subscriber who resumes, beside reading it from the same database and sending it by `ws`. */
export async function benchReplay({ rounds, scale }: BenchSize): Promise<readonly Row[]> {
  const events = Math.ceil(EVENTS * scale);
  const dataDir = await mkdtemp(join(tmpdir(), 'hookswitch-bench-'));
  try {
    const full: FullStore = { dataDir, phones: PHONES, events };
    const filler = await startChild('full-store', full);
    await filler.ended;
    const gateway = await startChild<Started>('started-gateway', { dataDir });
    const resuming = { path: '/graphql', key: BENCH_KEY, operation: behindTheFirst(), saysCaughtUp: true };
    const payload = await firstMessage({ ...resuming, url: gateway.ready.url });
    const floor = await startChild<{ readonly url: string }>('replay-floor', {
      payload,
      database: join(dataDir, 'hookswitch.db'),
    });
    const figures = await takeTurns(rounds, {
      floor: () => measure(floor, { path: '/', key: null, operation: null, saysCaughtUp: false }, events),
      gateway: () => measure(gateway, resuming, events),
    });
    await Promise.all([gateway.stop(), floor.stop()]);
    return rowsOf(figures, events);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

function rowsOf(
  figures: { readonly gateway: readonly Figures[]; readonly floor: readonly Figures[] },
  events: number,
): readonly Row[] {
  const row = (what: string, unit: string, pick: (figures: Figures) => number): Row => ({
    what,
    unit,
    gateway: figures.gateway.map(pick),
    floor: figures.floor.map(pick),
  });
  return [
    row(`replay of ${events} events to one who resumes`, '/s', ({ rate }) => rate),
    row('the same, server’s CPU an event', 'µs', ({ cpuMicroseconds }) => cpuMicroseconds),
  ];
}

/** What a console would ask for, from the second event on. */
function behindTheFirst(): Asked {
  const after = Buffer.from('event:1').toString('base64url');
  const query = SAME[0]?.query.replace('phoneEvents', `phoneEvents(after: "${after}")`);
  if (query === undefined) throw new Error('nothing is asked for');
  return { query };
}

/** The first event's message as the gateway sends it: the floor sends the same fields. */
async function firstMessage(listening: Listening): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = listen(listening, (data) => resolve(data.toString()));
  socket.catch(reject);
  const text = await promise;
  (await socket).terminate();
  return text;
}

async function measure(
  server: ChildServer<{ readonly url: string }>,
  subscription: Parameters<typeof withSubscribers>[0]['subscriptions'][number],
  events: number,
): Promise<Figures> {
  const idle = await withSubscribers({ server, subscriptions: [] });
  const before = await server.cpuMicroseconds();
  const began = performance.now();
  const all = idle.receive(events);
  idle.connect([subscription]);
  await all;
  const seconds = (performance.now() - began) / 1_000;
  const used = (await server.cpuMicroseconds()) - before;
  await idle.stop();
  return { rate: events / seconds, cpuMicroseconds: used / events };
}
