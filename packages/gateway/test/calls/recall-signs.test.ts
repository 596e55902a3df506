import type { DeviceEventKind } from '@hookswitch/core';
import { expect, test } from 'vitest';
import { CallBook } from '../../src/calls/call-book.ts';
import { NO_SIGNS } from '../../src/calls/phone-signs.ts';
import { recallSigns } from '../../src/calls/recall-signs.ts';
import type { EventQuery } from '../../src/store/ports.ts';
import { callEvent, deviceEvent, range } from '../store/samples.ts';
import { temporaryStore } from '../store/temporary.ts';
import { unlessClosed } from './unless-closed.ts';

const device = (phoneId: string, receivedAt: number, deviceEventKind: DeviceEventKind) =>
  deviceEvent({ phoneId, receivedAt, event: { type: 'DEVICE', deviceEventKind } });

test('what phones with open calls told since these began is read on where they began lately, and asked for where one began long ago', async () => {
  await using files = await temporaryStore();
  const { calls, events, phones } = files.store;
  const log = [
    device('long', 1_000, 'STARTED'),
    callEvent('INCOMING', { phoneId: 'long', receivedAt: 2_000 }),
    device('long', 3_000, 'IDLE'),
    ...range(200).map(() => device('other', 4_000, 'BUSY')),
    device('lately', 5_000, 'IDLE'),
    callEvent('INCOMING', { phoneId: 'lately', receivedAt: 6_000 }),
    callEvent('INCOMING', { phoneId: 'just', receivedAt: 7_000 }),
    device('long', 8_000, 'BUSY'),
    device('lately', 9_000, 'BUSY'),
  ];
  await events.append(log);
  const book = await CallBook.open({ store: calls, log: events, onError: unlessClosed });
  // What comes behind the book is followed, and read then.
  await events.append([device('just', 10_000, 'IDLE')]);
  const asked: EventQuery[] = [];
  const recalled = await recallSigns({
    book,
    registry: { get: () => null },
    store: phones,
    log: {
      read: (query, where) => {
        asked.push(query);
        return events.read(query, where);
      },
    },
  });
  expect(Object.fromEntries(recalled)).toEqual({
    long: { ...NO_SIGNS, idleAt: 3_000, busyAt: 8_000 },
    lately: { ...NO_SIGNS, busyAt: 9_000 },
    just: NO_SIGNS,
  });
  expect(asked).toEqual([{ phoneIds: ['long'] }, {}]);
});
