/**
 * Fills a data directory, says so and ends: phones, as the API adds them, and a log of calls that they have reported over the last twelve
 * hours. Some go on.
 */
import { randomUUID } from 'node:crypto';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { createGateway, type Gateway } from '@hookswitch/gateway';
import { rawGet } from '../clients/raw-get.ts';
import { BENCH_KEY, benchConfig } from './bench-config.ts';
import { argument } from './child.ts';
import { type Caller, type NewPhone, REPORTER, reportsOf } from './reports.ts';

/** What the data directory is to hold. */
export interface FullStore {
  readonly dataDir: string;
  readonly phones: number;
  readonly events: number;
}

type Row = Readonly<Record<string, SQLOutputValue>>;

/** So many are on their way at once. */
const AT_ONCE = 500;
const SPREAD_MS = 12 * 3_600_000;
/** One phone in so many is in a call when the gateway starts. */
const ONE_IN_A_CALL = 100;

const { dataDir, phones, events } = argument<FullStore>();
const sample = await withGateway(async (gateway, caller) => {
  const ids: string[] = [];
  await inParallel(phones, async (number) => {
    const added = await gateway.application.phones.add(phoneOf(number), caller);
    if (!added.ok) throw new Error(added.failure.message);
    ids[number] = added.value.id;
  });
  const [incoming, terminated] = reportsOf(gateway, ids[1] ?? '', caller);
  await report(gateway, incoming);
  await report(gateway, terminated);
  return ids;
});
fillLog(sample);
await withGateway((gateway, caller) =>
  inParallel(Math.floor(phones / ONE_IN_A_CALL), async (number) => {
    const [incoming] = reportsOf(gateway, sample[number * ONE_IN_A_CALL + 1] ?? '', caller);
    await report(gateway, incoming);
  }),
);
process.send?.({ done: true }, () => process.exit(0));

async function withGateway<Value>(work: (gateway: Gateway, caller: Caller) => Promise<Value>): Promise<Value> {
  const gateway = await createGateway({ config: benchConfig(dataDir) });
  const session = await gateway.authenticator.authenticate(BENCH_KEY);
  const caller = session?.principal ?? null;
  if (caller === null) throw new Error('the key is not known');
  const value = await work(gateway, caller);
  await gateway.stop();
  return value;
}

async function report({ url }: Gateway, target: string): Promise<void> {
  const status = await rawGet(url, target);
  if (status !== 200) throw new Error(`an action URL was answered ${status}`);
}

async function inParallel(count: number, work: (number: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

/** Every second one reports a call in full: those of odd numbers. */
function phoneOf(number: number): NewPhone {
  const bytes = [number >> 16, number >> 8, number].map((byte) => byte & 0xff);
  const kind = number % 2 === 0 ? { vendor: 'snom', model: 'D785' } : REPORTER;
  return {
    ...kind,
    name: `Desk ${number}`,
    address: `http://127.${bytes.join('.')}:8080`,
    mac: `00:04:13:${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':')}`,
    username: 'admin',
    password: 'not-the-default-one',
    tags: [`floor-${number % 40}`],
  };
}

/** The call that was reported, again and again: over HTTP that would take longer than all the rest. */
function fillLog(ids: readonly string[]): void {
  const database = new DatabaseSync(`${dataDir}/hookswitch.db`);
  database.exec('PRAGMA synchronous = OFF; BEGIN');
  const [first, second] = database.prepare('SELECT * FROM events ORDER BY sequence').all();
  const call = database.prepare('SELECT * FROM calls').get();
  if (first === undefined || second === undefined || call === undefined) throw new Error('the call was not recorded');
  const insert = (table: string, row: Row) =>
    database.prepare(
      `INSERT INTO ${table} (${Object.keys(row).join()}) VALUES (${Object.keys(row).map((name) => `:${name}`)})`,
    );
  const owner: Row = { sequence: 0, call_id: '' };
  const insertions = {
    event: insert('events', first),
    call: insert('calls', call),
    owner: insert('call_events', owner),
  };
  const body: object = JSON.parse(String(call['body']));
  const since = Date.now() - SPREAD_MS;
  for (let sequence = 3; sequence < events; sequence += 2) {
    const [id, phoneId] = [randomUUID(), ids[sequence % ids.length] ?? ''];
    const [startedAt, endedAt] = [since + Math.floor((sequence / events) * (SPREAD_MS - 60_000)), 60_000];
    insertions.call.run({
      ...call,
      id,
      phone_id: phoneId,
      started_at: startedAt,
      ended_at: startedAt + endedAt,
      body: JSON.stringify({ ...body, id, phoneId, startedAt, endedAt: startedAt + endedAt }),
    });
    for (const [offset, event] of [first, second].entries()) {
      const receipt = Buffer.from(randomUUID().replaceAll('-', ''), 'hex');
      receipt.writeUIntBE(startedAt, 0, 6);
      const receivedAt = startedAt + offset * endedAt;
      insertions.event.run({
        ...event,
        sequence: sequence + offset,
        phone_id: phoneId,
        received_at: receivedAt,
        receipt,
      });
      insertions.owner.run({ sequence: sequence + offset, call_id: id });
    }
  }
  database.exec(`UPDATE progress SET sequence = (SELECT max(sequence) FROM events) WHERE name = 'calls'; COMMIT`);
  database.close();
}
