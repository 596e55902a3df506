import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../store/temporary.ts';
import { addPhone } from '../support/process.ts';
import { scriptedPhone, staysSilent } from '../support/scripted-phone.ts';
import { range } from '../support/wait.ts';
import { dialOn, faultOfDial, keptCommands, type ToldDial } from './support/dialler.ts';
import { holdGateway } from './support/held-gateway.ts';
import { readLog } from './support/log.ts';
import { OFFICE_CONFIG, openOffice } from './support/office.ts';
import { count } from './support/report.ts';
import { reportSteadily } from './support/steady-reports.ts';
import { subscribeOn } from './support/subscriber.ts';

const isFull = process.env['HOOKSWITCH_SURVIVAL'] === 'full';
const SIZE = isFull ? { restarts: 8, perSecond: 1_200, phones: 6 } : { restarts: 2, perSecond: 600, phones: 3 };

const REBOOT = 'mutation ($id: ID!) { reboot(phoneId: $id) { id status } }';

/** The status of the readiness check, over a connection of its own. */
async function readiness(url: string): Promise<number> {
  const response = await fetch(`${url}/health/ready`, { headers: { connection: 'close' } });
  await response.text();
  return response.status;
}

test(`restarted ${SIZE.restarts} times under load over a socket that is handed over: no report refused, none lost, none twice`, {
  timeout: isFull ? 600_000 : 300_000,
}, async () => {
  await using directory = await temporaryDirectory();
  const config = join(directory.path, 'hookswitch.yaml');
  await writeFile(config, OFFICE_CONFIG);
  const dataDir = join(directory.path, 'data');
  await using slow = await scriptedPhone(staysSilent);
  await using silent = await scriptedPhone(staysSilent);
  const gateway = await holdGateway({ HOOKSWITCH_DATA_DIR: dataDir, HOOKSWITCH_CONFIG: config });
  await using _gateway = gateway;
  await using office = await openOffice(gateway, SIZE.phones);
  const { base } = await addPhone(gateway, { name: 'Reports numbered events' });
  const [slowDesk, silentDesk] = [
    await addPhone(gateway, { name: 'Slow', address: slow.origin }),
    await addPhone(gateway, { name: 'Silent', address: silent.origin }),
  ];
  const alwaysUp = (): Promise<void> => Promise.resolve();
  const subscriber = subscribeOn(gateway.url, alwaysUp);
  const told: ToldDial[] = [];
  let isOver = false;
  const dialling = office.phones.map((phone, index) =>
    dialOn(gateway, phone, {
      prefix: `7${index}0`,
      whenUp: alwaysUp,
      isOver: () => isOver,
      onTold: (dial) => void told.push(dial),
    }),
  );
  await subscriber.listening;
  const reports = reportSteadily(base, SIZE.perSecond);

  for (const round of range(SIZE.restarts)) {
    await subscriber.until(String(reports.sent + SIZE.perSecond));
    const answer = Promise.withResolvers<void>();
    slow.script = async (_request, response) => {
      await answer.promise;
      response.end();
    };
    const finished = gateway.graphql(REBOOT, { id: slowDesk.id });
    // One that never answers costs the whole grace, so only the first restart has it.
    const cut = round === 0 ? gateway.graphql(REBOOT, { id: silentDesk.id }) : null;
    await slow.received(round + 1);
    if (cut !== null) await silent.received(1);
    const closedBefore = subscriber.closed.length;
    const next = gateway.restart();
    while ((await readiness(gateway.url)) !== 503);
    // Readiness is off, and all else goes on.
    expect(subscriber.closed).toHaveLength(closedBefore);
    answer.resolve();
    expect(await finished).toMatchObject({ reboot: { status: 'ACCEPTED' } });
    if (cut !== null) {
      const { reboot } = (await cut) as { reboot: { id: string; status: string } };
      expect(reboot.status).toBe('UNKNOWN');
      await next;
      const left = (await keptCommands(gateway, 'reboot')).find(({ id }) => id === reboot.id);
      expect(left).toMatchObject({ status: 'UNKNOWN', settledAt: expect.any(String) });
    }
    await next;
    expect(await readiness(gateway.url)).toBe(200);
  }
  isOver = true;
  await reports.stop();
  await Promise.all(dialling);
  await subscriber.until(String(reports.sent - 1));
  await expect
    .poll(async () => (await keptCommands(gateway, 'dial')).filter(({ settledAt }) => settledAt === null), {
      timeout: 30_000,
    })
    .toEqual([]);
  await subscriber.stop();
  const kept = await keptCommands(gateway, 'dial');
  expect(gateway.errors()).toBe('');
  await gateway[Symbol.asyncDispose]();
  const log = await readLog(dataDir);

  const inLog = new Set(log.numbers);
  const missing = range(reports.sent).filter((number) => !inLog.has(String(number)));
  const statuses = new Map<string, number>();
  for (const { status } of kept) count(statuses, status);
  const secondDials = [...office.dialled].filter(([, times]) => times > 1);
  process.stdout.write(
    `${SIZE.restarts} restarts: ${reports.sent} reports at ${Math.round((reports.sent / reports.tookMs) * 1_000)} a second, ` +
      `answers ${JSON.stringify(Object.fromEntries(reports.replies))}, ${log.numbers.length} in the log, ${missing.length} missing, ` +
      `the longest wait ${Math.round(reports.longestMs)} ms; ${kept.length} dials (${JSON.stringify(Object.fromEntries(statuses))}), ` +
      `${secondDials.length} dialled twice; sockets closed with ${subscriber.closed.join(', ')}, of these let in ${subscriber.ended.length}\n`,
  );
  expect.soft(Object.fromEntries(reports.replies)).toEqual({ 200: reports.sent });
  expect.soft(missing).toEqual([]);
  expect.soft(inLog.size).toBe(log.numbers.length);
  expect.soft(subscriber.numbers.filter((number) => number !== '')).toEqual(log.numbers);
  expect.soft(subscriber.ended.filter((code) => code !== 1000)).toEqual(range(SIZE.restarts).map(() => 1012));
  for (const { phone } of office.phones) {
    expect.soft(phone.actionUrls.history.count).toBeGreaterThan(0);
    expect.soft(phone.actionUrls.history.all.filter(({ reply }) => reply?.status !== 200)).toEqual([]);
  }
  expect.soft(secondDials).toEqual([]);
  expect.soft(kept.flatMap((dial) => faultOfDial(dial, office.dialled.get(dial.arguments.to) ?? 0) ?? [])).toEqual([]);
  expect.soft(kept.filter(({ status }) => status === 'CONFIRMED').length).toBeGreaterThan(0);
});
