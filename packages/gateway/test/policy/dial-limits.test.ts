import { describe, expect, test } from 'vitest';
import type { Phone } from '../../src/model.ts';
import { createDialLimits, type DialLimit } from '../../src/policy/dial-limits.ts';
import { isOpen } from '../../src/policy/office-hours.ts';
import { phone } from '../graphql/fake-records.ts';
import { temporaryStore } from '../store/temporary.ts';
import { dialling } from './rules.ts';

const NOON = Date.parse('2026-03-02T12:00:00+01:00');
const desk = (id: string, tags: readonly string[] = []): Phone => ({ ...phone(id), tags });

async function limited(limits: readonly Readonly<Record<string, unknown>>[]) {
  const files = await temporaryStore();
  /** `setBy`: by how much the clock on the wall was set ahead. */
  const clock = { now: NOON, setBy: 0 };
  const parsed: readonly DialLimit[] = dialling({ limits }).limits;
  const open = () =>
    createDialLimits({
      limits: parsed,
      timeZone: 'Europe/Berlin',
      counts: files.store.dialCounts,
      now: () => clock.now,
      ticks: () => clock.now - clock.setBy,
    });
  let running = await open();
  return {
    clock,
    store: () => files.store,
    /** `ok`, and counted; or the rule. */
    async call(from: Phone, by = 'a', calls = 1) {
      const dialled = { caller: { id: by, name: by }, phone: from, calls };
      return (await running.take(dialled))?.rule ?? 'ok';
    },
    async restart() {
      await files.reopen();
      running = await open();
    },
    [Symbol.asyncDispose]: () => files[Symbol.asyncDispose](),
  };
}

describe('limits', () => {
  test('a window slides: at any time no more than so many within it', async () => {
    await using office = await limited([{ per: 'phone', calls: 2, within: 60 }]);
    expect(await office.call(desk('1'))).toBe('ok');
    office.clock.now += 40_000;
    expect(await office.call(desk('1'))).toBe('ok');
    expect(await office.call(desk('1'))).toBe('dialling.limits.0');
    expect(await office.call(desk('2'))).toBe('ok');
    office.clock.now += 20_000;
    expect(await office.call(desk('1'))).toBe('ok');
    expect(await office.call(desk('1'))).toBe('dialling.limits.0');
    office.clock.now += 39_000;
    expect(await office.call(desk('1'))).toBe('dialling.limits.0');
    office.clock.now += 1_000;
    expect(await office.call(desk('1'))).toBe('ok');
  });

  test('a window goes on over a restart, and what it does not need any more is forgotten', async () => {
    await using office = await limited([
      { per: 'phone', calls: 2, within: 60 },
      { per: 'key', calls: 9, within: 10 },
    ]);
    expect(await office.call(desk('1'))).toBe('ok');
    office.clock.now += 40_000;
    expect(await office.call(desk('1'))).toBe('ok');
    await office.restart();
    expect(await office.call(desk('1'))).toBe('dialling.limits.0');
    office.clock.now += 20_000;
    expect(await office.call(desk('1'))).toBe('ok');
    await office.restart();
    expect(await office.call(desk('1'))).toBe('dialling.limits.0');
    expect([...(await office.store().dialCounts.since(0)).values()].map(({ length }) => length)).toEqual([2, 2]);
  });

  test('a clock that is set gives no second allowance in a window, and keeps none back', async () => {
    await using office = await limited([{ per: 'phone', calls: 1, within: 60 }]);
    const set = (ms: number): void => {
      office.clock.now += ms;
      office.clock.setBy += ms;
    };
    expect(await office.call(desk('1'))).toBe('ok');
    set(3_600_000);
    expect(await office.call(desk('1'))).toBe('dialling.limits.0');
    set(-7_200_000);
    office.clock.now += 61_000;
    expect(await office.call(desk('1'))).toBe('ok');
    set(-3_600_000);
    await office.restart();
    // Begun in what is the future now: it counts from the start.
    expect(await office.call(desk('1'))).toBe('dialling.limits.0');
    office.clock.now += 61_000;
    expect(await office.call(desk('1'))).toBe('ok');
  });

  test('each key, phone and tag has its own; the first that is used up is named', async () => {
    await using office = await limited([
      { per: 'key', calls: 3, within: 60 },
      { per: 'tag', calls: 1, within: 60, tag: 'lobby' },
    ]);
    const lobby = ['lobby', 'ground floor'];
    expect(await office.call(desk('1', lobby))).toBe('ok');
    expect(await office.call(desk('2', lobby), 'b')).toBe('dialling.limits.1');
    expect(await office.call(desk('3', ['ground floor']))).toBe('ok');
    expect(await office.call(desk('3'))).toBe('ok');
    expect(await office.call(desk('4'))).toBe('dialling.limits.0');
    expect(await office.call(desk('4'), 'b')).toBe('ok');
  });

  test('a daily cap survives a restart, ends at midnight where the office is, and a clock that is set back gives no second one', async () => {
    await using office = await limited([{ per: 'phone', calls: 2, within: 'day' }]);
    expect(await office.call(desk('1'), 'a', 2)).toBe('ok');
    await office.restart();
    expect(await office.call(desk('1'))).toBe('dialling.limits.0');
    office.clock.now = Date.parse('2026-03-02T23:59:59+01:00');
    expect(await office.call(desk('1'))).toBe('dialling.limits.0');
    office.clock.now = Date.parse('2026-03-03T00:00:00+01:00');
    expect(await office.call(desk('1'))).toBe('ok');
    office.clock.now -= 1_000;
    expect(await office.call(desk('1'))).toBe('ok');
    expect(await office.call(desk('1'))).toBe('dialling.limits.0');
  });
});

describe('hours', () => {
  const { hours } = dialling({
    hours: [
      { days: ['mon', 'tue'], from: '08:00', to: '18:00' },
      { days: ['fri'], from: '22:00', to: '02:00' },
    ],
  });
  test.each([
    ['2026-03-02T08:00:00+01:00', true],
    ['2026-03-02T07:59:59+01:00', false],
    ['2026-03-02T18:00:00+01:00', false],
    ['2026-03-04T12:00:00+01:00', false],
    ['2026-03-06T23:00:00+01:00', true],
    ['2026-03-07T01:59:00+01:00', true],
    ['2026-03-07T02:00:00+01:00', false],
    ['2026-03-06T01:00:00+01:00', false],
    // Summer time has begun: eight o’clock is an hour earlier in UTC.
    ['2026-03-30T06:00:00Z', true],
    ['2026-03-30T05:59:00Z', false],
  ])('%s: %s', (at, open) => {
    expect(hours !== null && isOpen(hours, Date.parse(at))).toBe(open);
  });
});
