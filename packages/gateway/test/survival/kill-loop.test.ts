import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rawIdOf } from '../../src/graphql/ids.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { addPhone, type GatewayProcess, startProcess } from '../support/process.ts';
import { createRandom } from '../support/random.ts';
import { range } from '../support/wait.ts';
import { dialOn, faultOfDial, keptCommands, type ToldDial } from './support/dialler.ts';
import { createGate } from './support/gate.ts';
import { readLog } from './support/log.ts';
import { OFFICE_CONFIG, openOffice } from './support/office.ts';
import { count, type Replies, report } from './support/report.ts';
import { subscribeOn } from './support/subscriber.ts';

const isFull = process.env['HOOKSWITCH_SURVIVAL'] === 'full';
const ROUNDS = isFull ? 200 : 10;
const PHONES = 6;
const REPORTERS = 8;
/** A round ends after at most so many acknowledged events. */
const MOST_EVENTS = 300;
/** What becomes of a report where the gateway dies meanwhile; every other answer is a fault. */
const CUT_OFF = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'CLOSED'];

test(`killed ${ROUNDS} times while phones report, clients dial and a subscriber listens: nothing lost, nothing twice`, {
  timeout: isFull ? 3_600_000 : 300_000,
}, async () => {
  await using directory = await temporaryDirectory();
  const config = join(directory.path, 'hookswitch.yaml');
  await writeFile(config, OFFICE_CONFIG);
  const dataDir = join(directory.path, 'data');
  const start = (port: string): GatewayProcess =>
    startProcess({ HOOKSWITCH_DATA_DIR: dataDir, HOOKSWITCH_CONFIG: config, HOOKSWITCH_PORT: port });
  const random = createRandom(7);

  let running = start('0');
  await using _last = { [Symbol.asyncDispose]: () => running[Symbol.asyncDispose]() };
  const url = await running.url;
  const api = { graphql: (query: string, variables?: object) => running.graphql(query, variables) };
  const gate = createGate();
  await using office = await openOffice(api, PHONES);
  const { base } = await addPhone(running, { name: 'Reports numbered events' });
  const subscriber = subscribeOn(url, gate.whenOpen);
  const acknowledged = new Set<string>();
  const replies: Replies = new Map();
  const told: ToldDial[] = [];
  gate.open();
  await subscriber.listening;
  let isOver = false;
  let enough = { at: 0, reached: (): void => {} };
  const reportOn = async (reporter: number): Promise<void> => {
    for (let index = 0; !isOver; index += 1) {
      await gate.whenOpen();
      const number = `${reporter}-${index}`;
      const reply = await report(`${base}/hello?n=${number}`);
      count(replies, reply);
      if (reply === 200) acknowledged.add(number);
      if (acknowledged.size >= enough.at) enough.reached();
    }
  };
  const work = [
    ...range(REPORTERS).map(reportOn),
    ...office.phones.map((phone, index) =>
      dialOn(api, phone, {
        prefix: `7${index}0`,
        whenUp: gate.whenOpen,
        isOver: () => isOver,
        onTold: (dial) => void told.push(dial),
      }),
    ),
  ];

  for (const _round of range(ROUNDS)) {
    const reached = Promise.withResolvers<void>();
    enough = { at: acknowledged.size + Math.floor(random() * MOST_EVENTS), reached: reached.resolve };
    gate.open();
    await Promise.race([reached.promise, ...work]);
    gate.close();
    running.kill('SIGKILL');
    expect((await running.ended).signal).toBe('SIGKILL');
    running = start(new URL(url).port);
    await running.url;
  }
  isOver = true;
  gate.open();
  await Promise.all(work);
  expect(await report(`${base}/hello?n=last`)).toBe(200);
  acknowledged.add('last');
  await subscriber.until('last');
  await subscriber.stop();
  await expect
    .poll(async () => (await keptCommands(api, 'dial')).filter(({ settledAt }) => settledAt === null), {
      timeout: 30_000,
    })
    .toEqual([]);
  const kept = await keptCommands(api, 'dial');
  running.kill('SIGTERM');
  expect(await running.ended).toEqual({ code: 0, signal: null });
  const log = await readLog(dataDir);

  const inLog = new Set(log.numbers);
  const lost = [...acknowledged].filter((number) => !inLog.has(number));
  const heard = subscriber.numbers.filter((number) => number !== '');
  const doubled = subscriber.cursors.length - new Set(subscriber.cursors).size;
  const secondDials = [...office.dialled].filter(([, times]) => times > 1);
  const statuses = new Map<string, number>();
  for (const { status } of kept) count(statuses, status);
  process.stdout.write(
    `${ROUNDS} rounds: ${acknowledged.size} events acknowledged, ${lost.length} lost, ${log.numbers.length} in the log; ` +
      `${subscriber.cursors.length} events told to the subscriber in ${subscriber.closed.length} connections, ${doubled} doubled; ` +
      `${kept.length} dials (${JSON.stringify(Object.fromEntries(statuses))}), ` +
      `${told.filter(({ asked }) => asked > 1).length} asked again, ${secondDials.length} dialled twice; ` +
      `reports: ${JSON.stringify(Object.fromEntries(replies))}\n`,
  );
  expect.soft(lost).toEqual([]);
  expect.soft(log.numbers.length).toBe(inLog.size);
  expect.soft(doubled).toBe(0);
  expect.soft(heard).toEqual(log.numbers);
  expect.soft([...replies.keys()].filter((reply) => reply !== 200 && !CUT_OFF.includes(String(reply)))).toEqual([]);
  // What the virtual phones were told 200 for, of the calls that they made.
  for (const { id, phone } of office.phones) {
    const taken = phone.actionUrls.history.all.filter(({ reply }) => reply?.status === 200).length;
    expect.soft(taken).toBeGreaterThan(0);
    expect.soft(log.reported.get(rawIdOf('Phone', id))).toBeGreaterThanOrEqual(taken);
  }
  expect.soft(secondDials).toEqual([]);
  expect.soft(kept.flatMap((dial) => faultOfDial(dial, office.dialled.get(dial.arguments.to) ?? 0) ?? [])).toEqual([]);
  const byId = new Map(kept.map((dial) => [dial.id, dial]));
  expect.soft(told.filter(({ commandId, number }) => byId.get(commandId)?.arguments.to !== number)).toEqual([]);
  expect.soft(kept).toHaveLength(told.length);
  // A loop in which nothing was cut off would show nothing.
  expect(told.filter(({ asked }) => asked > 1).length).toBeGreaterThan(0);
  expect([...replies.keys()].some((reply) => reply !== 200)).toBe(true);
  expect(subscriber.closed.length).toBeGreaterThanOrEqual(ROUNDS);
});
