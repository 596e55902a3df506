import { describe, expect, test } from 'vitest';
import { storeConforms } from './conformance/index.ts';
import { callEvent, command, deviceEvent, range, storedPhone } from './samples.ts';
import { temporaryStore } from './temporary.ts';

describe('the embedded store', () => storeConforms(temporaryStore));

test('an event and how its switch stands share a commit; nothing makes none', async () => {
  await using files = await temporaryStore();
  const { events, phones, writeStatistics } = files.store;
  await events.append([]);
  expect(writeStatistics().commits).toBe(0);
  await phones.put(storedPhone('p1'));
  const { commits } = writeStatistics();
  const event = { type: 'FEATURE', feature: 'DO_NOT_DISTURB', enabled: true, target: null } as const;
  await events.append([{ ...deviceEvent({ phoneId: 'p1' }), event }]);
  expect(writeStatistics().commits).toBe(commits + 1);
  expect(await phones.features('p1')).toHaveLength(1);
});

test('a search through a long log lets others in meanwhile', async () => {
  await using files = await temporaryStore();
  const { events } = files.store;
  await events.append([deviceEvent(), ...range(12_000).map(() => callEvent('CONNECTED')), deviceEvent()]);
  let others = 0;
  setImmediate(() => {
    others += 1;
  });
  expect(await events.read({ types: ['DEVICE'] }, { limit: 100 })).toHaveLength(2);
  expect(others).toBe(1);
});

test('a refusal names the statement of its unit', async () => {
  await using files = await temporaryStore();
  const { commands } = files.store;
  const claim = { callerId: 'key-1', scope: 'phone-1', key: 'once', fingerprint: 'f1' };
  await commands.insert(command('c1'), null);
  await expect(commands.insert(command('c1'), claim)).rejects.toMatchObject({ code: 'UNIQUE', statement: 1 });
});
