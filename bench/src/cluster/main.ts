/**
 * `npx -y pnpm@10.34.9 bench:cluster [--minutes 10] [--phones 10000] [--events 1400] [--commands 50] [--gateways 2]`: several gateways over one
 * PostgreSQL and one NATS, reports and dials at a steady rate, and one gateway killed and restarted in the middle. It counts what was lost
 * and doubled, and ends with 1 where anything was.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Client, createClient } from '@hookswitch/client';
import { type ChildServer, startChild } from '../child-server.ts';
import { openLoop } from '../clients/open-loop.ts';
import { BENCH_KEY } from '../servers/bench-config.ts';
import type { ClusterGatewayArgument, ClusterGatewayReady, ClusterPhone } from '../servers/cluster-gateway.ts';
import { startBalancer } from './balancer.ts';
import { startDialledPhones } from './dialled-phones.ts';
import { freePort, startEngines } from './engines.ts';
import { type Findings, judge, renderFindings } from './findings.ts';
import { Latencies } from './latencies.ts';
import { watchProcessorTimes } from './processor-time.ts';
import { ReportResults, report, targetOfReport } from './reports.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { type Watcher, watch } from './watcher.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    phones: { type: 'string', default: '10000' },
    events: { type: 'string', default: '1400' },
    commands: { type: 'string', default: '50' },
    gateways: { type: 'string', default: '2' },
    watchers: { type: 'string', default: '4' },
    kill: { type: 'string', default: 'yes' },
  },
});
const seconds = Number(values.minutes) * 60;
const [phoneCount, perSecond, commandsPerSecond] = [
  Number(values.phones),
  Number(values.events),
  Number(values.commands),
];
/** One in ten takes commands, the others report. */
const dialled = Math.max(1, Math.floor(phoneCount / 10));
/** A dial is three events at most; a number for each. */
const size = Math.ceil(seconds * (perSecond + 3 * commandsPerSecond)) + 1;

// By itself a signal ends a process without its `exit`, at which folders go; engines and gateways end with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
await using engines = await startEngines();
const folder = temporaryFolder('hookswitch-cluster-');
const say = (text: string): void => void process.stdout.write(`${text}\n`);
say(
  `node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, load ${loadavg()[0]?.toFixed(1)}`,
);

const ports = await Promise.all(Array.from({ length: Number(values.gateways) }, () => freePort()));
const common = {
  configuration: engines.configuration,
  secretKey: randomBytes(32).toString('hex'),
  auditKey: randomBytes(32).toString('hex'),
};
let turn = 0;
/** All gateways, beginning with another one each time. */
const inTurn = (): readonly number[] => {
  const first = turn++ % ports.length;
  return [...ports.slice(first), ...ports.slice(0, first)];
};

let nextNumber = 0;
const results = new ReportResults(size);
const sentAt = new Float64Array(size);
/** How many have no result yet. */
let reporting = 0;
async function tell(
  phone: ClusterPhone,
  event: { readonly setting: string; readonly callId: string; readonly remote: string },
  dueAt: number,
): Promise<void> {
  const number = nextNumber++;
  sentAt[number] = dueAt;
  const target = targetOfReport(phone, { ...event, number });
  reporting += 1;
  results.set(number, await report(inTurn(), target));
  reporting -= 1;
}

let phones: readonly ClusterPhone[] = [];
await using office = await startDialledPhones(dialled, (index, remote) => {
  const phone = phones[index];
  if (phone === undefined) return;
  const callId = `d${remote}`;
  const later = async (): Promise<void> => {
    await wait(20);
    await tell(phone, { setting: 'action_url.outgoing_call', callId, remote }, performance.now());
    await wait(1_000);
    await tell(phone, { setting: 'action_url.call_terminated', callId, remote }, performance.now());
  };
  later().catch((error: unknown) => say(String(error)));
});

const gateways: ChildServer<ClusterGatewayReady>[] = [];
async function startGateway(index: number, addresses: ClusterGatewayArgument['phones']): Promise<void> {
  const dataDir = join(folder, String(index));
  const argument = { ...common, dataDir, port: ports[index], phones: addresses };
  gateways[index] = await startChild<ClusterGatewayReady>('cluster-gateway', argument);
}
for (const index of ports.keys()) {
  const addresses = [...office.addresses, ...Array.from({ length: phoneCount - dialled }, () => null)];
  await startGateway(index, index === 0 ? addresses : []);
  if (index === 0) phones = gateways[0]?.ready.phones ?? [];
}
say(`${phones.length} phones, ${ports.length} gateways`);

await using balancer = await startBalancer(ports);
const clients: Client[] = [];
const newClient = (): Client => {
  const client = createClient({ url: balancer.url, token: BENCH_KEY, backoff: { firstMs: 100, maxMs: 1_000 } });
  clients.push(client);
  return client;
};
const latencies = new Latencies(size * Number(values.watchers));
const watchers: Watcher[] = [];
const onEvent = (number: number): void => {
  const at = sentAt[number] ?? 0;
  latencies.add(at, performance.now() - at);
};
for (let index = 0; index < Number(values.watchers); index += 1)
  watchers.push(await watch(newClient(), { size, onEvent }));
const beginning = watchers[0]?.cursor;

const times = watchProcessorTimes(
  () =>
    new Map([
      ...gateways.map(({ ready }, index): [string, readonly number[]] => [`gateway ${index + 1}`, [ready.pid]]),
      ...[...engines.processes].map(([name, pid]): [string, readonly number[]] => [name, [pid]]),
    ]),
);
const load = process.cpuUsage();
const began = performance.now();
const memory: { readonly minute: number; readonly megabytes: readonly number[] }[] = [];
const sampling = setInterval(() => {
  const megabytes = gateways.map(({ ready }) => residentOf(ready.pid));
  memory.push({ minute: (performance.now() - began) / 60_000, megabytes });
  say(
    `${((performance.now() - began) / 1_000).toFixed(0)} s: ${nextNumber} reports, memory ${megabytes.map((one) => one.toFixed(0)).join(' / ')} MB, load ${loadavg()[0]?.toFixed(1)}`,
  );
}, 15_000);

let quiet: { readonly from: number; readonly to: number } = {
  from: Number.POSITIVE_INFINITY,
  to: Number.NEGATIVE_INFINITY,
};
async function killAndRestart(): Promise<void> {
  await wait((seconds * 1_000) / 2);
  const from = performance.now();
  const pid = gateways[0]?.ready.pid;
  say('a gateway is killed');
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
  await wait(15_000);
  await startGateway(0, []);
  say(`it is there again after ${((performance.now() - from) / 1_000).toFixed(1)} s`);
  quiet = { from, to: performance.now() + 15_000 };
}

const commandResults = new Map<string, number>();
const dialResults = new Map<string, string>();
const commanders = Array.from({ length: 4 }, newClient);
async function dial(index: number): Promise<void> {
  const number = String(4_000_000 + index);
  const phone = phones[index % dialled];
  const client = commanders[index % commanders.length];
  if (phone === undefined || client === undefined) return;
  const outcome = await client.dial(phone.id, { to: number });
  const status = outcome.command?.status ?? 'NO_ANSWER';
  const what = outcome.ok ? status : `${status} ${outcome.failure.code}`;
  dialResults.set(number, status);
  commandResults.set(what, (commandResults.get(what) ?? 0) + 1);
}

const reports = openLoop({ perSecond, count: Math.floor(seconds * perSecond) }, (index, dueAt) => {
  const call = Math.floor(index / 2);
  const phone = phones[dialled + (call % (phoneCount - dialled))];
  if (phone === undefined) throw new Error('there are no phones that report');
  const setting = index % 2 === 0 ? 'action_url.incoming_call' : 'action_url.call_terminated';
  return tell(phone, { setting, callId: `r${call}`, remote: '101' }, dueAt);
});
const dials = openLoop({ perSecond: commandsPerSecond, count: Math.floor(seconds * commandsPerSecond) }, dial);
await Promise.all([reports, dials, ...(values.kill === 'yes' ? [killAndRestart()] : [])]);
await wait(3_000);
while (reporting > 0) await wait(50);
clearInterval(sampling);
times.stop();
const minutes = (performance.now() - began) / 60_000;
const { user, system } = process.cpuUsage(load);
say('all is sent; what the subscribers have not seen yet is waited for');

const kept = results.numbers('KEPT');
const lacks = (): boolean => watchers.some(({ counts }) => kept.some((number) => counts[number] === 0));
for (let tries = 0; tries < 60 && lacks(); tries += 1) await wait(1_000);
const { promise: read, resolve: onCaughtUp } = Promise.withResolvers<void>();
const log = await watch(newClient(), { size, after: beginning, onCaughtUp });
await read;

const findings: Findings = judge({ results, log, watchers, dials: office.dials, dialResults, latencies, began, quiet });
say(renderFindings(findings));
say(`commands: ${[...commandResults].map(([what, count]) => `${count} ${what}`).join(', ')}`);
for (const [part, used] of [...times.seconds, ['phones, subscribers and load', (user + system) / 1e6] as const]) {
  const [each, share] = [(used * 1e6) / nextNumber, used / (minutes * 60)];
  say(`processor time, ${part}: ${each.toFixed(0)} µs an event, ${(100 * share).toFixed(0)} % of one`);
}
const last = memory.filter(({ minute }) => minute > seconds / 60 - 1);
const early = memory.filter(({ minute }) => minute > 1 && minute < 2.1);
const mean = (samples: typeof memory, index: number) =>
  samples.reduce((sum, { megabytes }) => sum + (megabytes[index] ?? 0), 0) / samples.length;
say(
  `memory after a minute and at the end, MB: ${ports.map((_, index) => `${mean(early, index).toFixed(0)} → ${mean(last, index).toFixed(0)}`).join(', ')}`,
);
for (const client of clients) await client.close();
for (const gateway of gateways) await gateway.stop();
process.exitCode = findings.isClean ? 0 : 1;

function residentOf(pid: number): number {
  try {
    const [, pages = '0'] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
    return (Number(pages) * 4_096) / 1_048_576;
  } catch {
    return 0;
  }
}
