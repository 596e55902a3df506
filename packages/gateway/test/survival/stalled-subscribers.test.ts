import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Pool } from 'undici';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../store/temporary.ts';
import { ACME_CONFIG, addPhone, startProcess } from '../support/process.ts';
import { range } from '../support/wait.ts';
import { type CountingSubscriber, type Protocol, subscribeCounting } from './support/counting-subscriber.ts';

const isFull = process.env['HOOKSWITCH_SURVIVAL'] === 'full';
/** `toldAll`: so many that read are told of all departments, the others of their own; `stalledTags`: of how many those that stall. */
const SIZE = isFull
  ? { subscribers: 1_000, stalled: 100, toldAll: 4, events: 100_000, departments: 100, stalledTags: 10 }
  : { subscribers: 200, stalled: 20, toldAll: 4, events: 3_000, departments: 20, stalledTags: 20 };
const DEPARTMENTS = SIZE.departments;
const IN_FLIGHT = 32;
/** So that what a stalled one is not told does not fit into the buffers of its connection. */
const PADDING = 'x'.repeat(2_000);
const SAMPLE_EVERY = Math.floor(SIZE.events / 50);
/** More than a gateway of that size takes with all queues full; a subscriber that is kept in memory goes far beyond it. */
const MOST_BYTES = 700 * 1024 * 1024;

const tagOf = (department: number): string => `department-${department}`;
const numbersOf = (departments: number): readonly number[] =>
  range(SIZE.events).filter((number) => number % DEPARTMENTS < departments);

async function residentBytes(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(metrics)?.[1]);
}

test(`${SIZE.stalled} of ${SIZE.subscribers} subscribers stop reading while ${SIZE.events} events pass`, {
  timeout: isFull ? 3_600_000 : 300_000,
}, async () => {
  await using directory = await temporaryDirectory();
  const config = join(directory.path, 'hookswitch.yaml');
  await writeFile(config, ACME_CONFIG);
  await using gateway = startProcess({
    HOOKSWITCH_DATA_DIR: join(directory.path, 'data'),
    HOOKSWITCH_CONFIG: config,
  });
  const url = await gateway.url;
  const bases: string[] = [];
  for (const department of range(DEPARTMENTS)) {
    bases.push((await addPhone(gateway, { name: tagOf(department), tags: [tagOf(department)] })).base);
  }
  const subscribe = (count: number, tags: (index: number) => readonly string[]): Promise<CountingSubscriber[]> =>
    Promise.all(
      range(count).map((index) => {
        const protocol: Protocol = index % 2 === 0 ? 'WebSocket' : 'SSE';
        return subscribeCounting(url, protocol, tags(index));
      }),
    );
  const told = SIZE.subscribers - SIZE.stalled - SIZE.toldAll;
  const ofDepartment = await subscribe(told, (index) => [tagOf(index % DEPARTMENTS)]);
  const ofAll = await subscribe(SIZE.toldAll, () => range(DEPARTMENTS).map(tagOf));
  const stalled = await subscribe(SIZE.stalled, () => range(SIZE.stalledTags).map(tagOf));
  const everybody = [...ofDepartment, ...ofAll, ...stalled];
  const before = await residentBytes(url);
  const samples: number[] = [];
  for (const subscriber of stalled) subscriber.stall();

  const pool = new Pool(url, { connections: IN_FLIGHT });
  let next = 0;
  const reportOn = async (): Promise<void> => {
    for (let number = next++; number < SIZE.events; number = next++) {
      const path = new URL(`${bases[number % DEPARTMENTS]}/hello?n=${number}&name=${PADDING}`);
      const { statusCode, body } = await pool.request({ method: 'GET', path: `${path.pathname}${path.search}` });
      await body.dump();
      if (statusCode !== 200) throw new Error(`a report was answered ${statusCode}`);
      if (number % SAMPLE_EVERY === 0) samples.push(await residentBytes(url));
    }
  };
  const began = performance.now();
  await Promise.all(range(IN_FLIGHT).map(reportOn));
  const tookMs = performance.now() - began;
  await Promise.all([
    ...ofDepartment.map((subscriber) => subscriber.until(SIZE.events / DEPARTMENTS)),
    ...ofAll.map((subscriber) => subscriber.until(SIZE.events)),
  ]);
  samples.push(await residentBytes(url));
  const unread = stalled.map(({ numbers }) => numbers.length);
  for (const subscriber of stalled) subscriber.goOn();
  const wanted = numbersOf(SIZE.stalledTags);
  await Promise.all(stalled.map((subscriber) => subscriber.until(wanted.length)));
  const after = await residentBytes(url);
  for (const subscriber of everybody) subscriber.stop();
  await pool.close();

  const delivered = [...ofDepartment, ...ofAll].reduce((sum, { numbers }) => sum + numbers.length, 0);
  const megabytes = (bytes: number): number => Math.round(bytes / 1024 / 1024);
  process.stdout.write(
    `${SIZE.events} events in ${Math.round(tookMs / 1_000)} s to ${SIZE.subscribers} subscribers: ` +
      `${delivered} delivered to those that read; of ${stalled.length} that stalled ` +
      `${stalled.filter(({ missed }) => missed > 0).length} were told EventsMissed, ${stalled.filter(({ cuts }) => cuts.length > 0).length} were cut, ` +
      `${stalled.filter(({ numbers }) => numbers.length === wanted.length).length} resumed to the last event; ` +
      `resident MiB: ${megabytes(before)} before, ${megabytes(Math.max(...samples))} at most, ${megabytes(after)} after\n`,
  );
  expect(Math.max(...unread)).toBeLessThan(wanted.length);
  const sorted = (numbers: readonly number[]): readonly number[] => numbers.toSorted((a, b) => a - b);
  for (const [index, { numbers, missed, cuts }] of ofDepartment.entries()) {
    expect({ missed, cuts }).toEqual({ missed: 0, cuts: [] });
    expect(sorted(numbers)).toEqual(range(SIZE.events).filter((n) => n % DEPARTMENTS === index % DEPARTMENTS));
  }
  for (const { numbers, missed, cuts } of ofAll) {
    expect({ missed, cuts }).toEqual({ missed: 0, cuts: [] });
    // Everybody is told the same in the same order.
    expect(numbers).toEqual(ofAll[0]?.numbers);
    expect(sorted(numbers)).toEqual(range(SIZE.events));
  }
  for (const { numbers, missed, cuts } of stalled) {
    expect(missed).toBeGreaterThan(0);
    expect(cuts).toEqual([]);
    expect(sorted(numbers)).toEqual(wanted);
  }
  expect(Math.max(...samples, after)).toBeLessThan(MOST_BYTES);
});
