import { expect, test } from 'vitest';
import { encodeCursor } from '../../src/events/cursor.ts';
import { listEvents } from '../../src/events/list-events.ts';
import type { LoggedEvent } from '../../src/model.ts';
import type { Page } from '../../src/store/ports.ts';
import { deviceEvent } from '../store/samples.ts';
import { temporaryStore } from '../store/temporary.ts';
import { range } from '../support/wait.ts';

const ALL = { query: {}, phoneMatches: () => true };
/** As by tags: every third event is of such a phone. */
const TAGGED = { query: {}, phoneMatches: (phoneId: string) => phoneId === 'phone-0' };

const places = ({ items, ...more }: Page<LoggedEvent>): object => ({
  ...more,
  items: items.map(({ sequence }) => sequence),
});

test('pages from either end, with what lies before and behind', async () => {
  await using temporary = await temporaryStore();
  const { events } = temporary.store;
  await events.append(range(120).map((n) => deviceEvent({ phoneId: `phone-${n % 3}` })));
  const upTo = (from: number, through: number, step = 1): readonly number[] =>
    range(Math.floor((through - from) / step) + 1).map((n) => from + n * step);

  expect(places(await listEvents(events, ALL, {}))).toEqual({
    items: upTo(1, 50),
    hasNextPage: true,
    hasPreviousPage: false,
  });
  expect(places(await listEvents(events, ALL, { first: 500, after: encodeCursor(118) }))).toEqual({
    items: [119, 120],
    hasNextPage: false,
    hasPreviousPage: true,
  });
  expect(places(await listEvents(events, ALL, { last: 2 }))).toEqual({
    items: [119, 120],
    hasNextPage: false,
    hasPreviousPage: true,
  });
  expect(places(await listEvents(events, ALL, { last: 5, before: encodeCursor(4) }))).toEqual({
    items: [1, 2, 3],
    hasNextPage: true,
    hasPreviousPage: false,
  });
  expect(places(await listEvents(events, ALL, { first: 0 }))).toEqual({
    items: [],
    hasNextPage: true,
    hasPreviousPage: false,
  });
  expect(places(await listEvents(events, TAGGED, { first: 3, after: encodeCursor(1) }))).toEqual({
    items: [4, 7, 10],
    hasNextPage: true,
    hasPreviousPage: true,
  });
  expect(places(await listEvents(events, TAGGED, { first: 100 }))).toEqual({
    items: upTo(1, 118, 3),
    hasNextPage: false,
    hasPreviousPage: false,
  });
  expect(places(await listEvents(events, TAGGED, { last: 2 }))).toEqual({
    items: [115, 118],
    hasNextPage: false,
    hasPreviousPage: true,
  });
  expect(places(await listEvents(events, TAGGED, { last: 40 }))).toEqual({
    items: upTo(1, 118, 3),
    hasNextPage: false,
    hasPreviousPage: false,
  });
  await expect(listEvents(events, ALL, { after: 'nonsense' })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
});

test('an empty log has an empty page', async () => {
  await using temporary = await temporaryStore();
  for (const page of [{}, { last: 5 }]) {
    expect(places(await listEvents(temporary.store.events, ALL, page))).toEqual({
      items: [],
      hasNextPage: false,
      hasPreviousPage: false,
    });
  }
});
