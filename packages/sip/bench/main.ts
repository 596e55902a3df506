/**
 * `node bench/main.ts [REQUESTS] [IN_FLIGHT]`: NOTIFYs a second and processor time for each over UDP, beside the floor:
 * the same number of datagrams of the same size through bare `dgram` to the same peer and back. Prints one line a
 * measurement, the median of three runs each.
 */
import { createSocket } from 'node:dgram';
import { Worker } from 'node:worker_threads';
import { createSipUserAgent } from '../src/user-agent.ts';

interface Measurement {
  readonly perSecond: number;
  /** Processor time of this thread and its kernel side for each, in microseconds. */
  readonly cpuMicros: number;
}

const REQUESTS = Number(process.argv[2] ?? 30_000);
const IN_FLIGHT = Number(process.argv[3] ?? 200);
const RUNS = 3;
const BODY = '<?xml version="1.0" encoding="UTF-8"?><SnomIPPhoneSilent/>';

/** Keeps `IN_FLIGHT` of something under way until `REQUESTS` of it are done. */
async function measure(once: () => Promise<void>): Promise<Measurement> {
  let left = REQUESTS;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await once();
    }
  };
  const started = performance.now();
  const cpu = process.threadCpuUsage();
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  const used = process.threadCpuUsage(cpu);
  return {
    perSecond: (REQUESTS * 1000) / (performance.now() - started),
    cpuMicros: (used.user + used.system) / REQUESTS,
  };
}

function report(name: string, runs: readonly Measurement[]): void {
  const median = (pick: (run: Measurement) => number): number =>
    runs.map(pick).sort((a, b) => a - b)[runs.length >> 1] ?? 0;
  const rate = Math.round(median(({ perSecond }) => perSecond));
  process.stdout.write(
    `${name}: ${rate} a second, ${median(({ cpuMicros }) => cpuMicros).toFixed(1)} us of processor time each\n`,
  );
}

async function floor(port: number, size: number): Promise<Measurement> {
  const socket = createSocket('udp4');
  const waiting = new Map<number, () => void>();
  socket.on('message', (bytes) => {
    const id = bytes.readUInt32BE(1);
    waiting.get(id)?.();
    waiting.delete(id);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  socket.setRecvBufferSize(4 * 1024 * 1024);
  let next = 0;
  const measured = await measure(
    () =>
      new Promise((resolve) => {
        const bytes = Buffer.alloc(size, '.');
        next += 1;
        bytes.writeUInt32BE(next, 1);
        waiting.set(next, resolve);
        socket.send(bytes, port, '127.0.0.2');
      }),
  );
  await new Promise<void>((resolve) => socket.close(resolve));
  return measured;
}

async function sip(port: number): Promise<Measurement & { readonly failed: number }> {
  const agent = await createSipUserAgent({ host: '127.0.0.1', transports: ['udp'] });
  let failed = 0;
  const measured = await measure(async () => {
    const outcome = await agent.request({
      method: 'NOTIFY',
      uri: `sip:phone@127.0.0.2:${port}`,
      headers: { Event: 'xml', 'Subscription-State': 'active;expires=30000' },
      contentType: 'application/snomxml',
      body: BODY,
    });
    if (outcome.kind !== 'answered' || outcome.status !== 200) failed += 1;
  });
  await agent.close();
  return { ...measured, failed };
}

const worker = new Worker(new URL('./peer.ts', import.meta.url));
const port = await new Promise<number>((resolve) => worker.once('message', resolve));
const floors: Measurement[] = [];
const requests: (Measurement & { readonly failed: number })[] = [];
for (let run = 0; run < RUNS; run += 1) {
  floors.push(await floor(port, 640));
  requests.push(await sip(port));
}
report(`floor, bare dgram, 640 octets, ${IN_FLIGHT} under way`, floors);
report(`NOTIFY and its 200 over UDP, ${IN_FLIGHT} under way`, requests);
process.stdout.write(`failed: ${requests.reduce((sum, { failed }) => sum + failed, 0)}\n`);
await worker.terminate();
