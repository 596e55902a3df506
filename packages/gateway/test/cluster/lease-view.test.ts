import { expect, test } from 'vitest';
import { createLaneFinder, laneOfPhone, lanesOfSite } from '../../src/cluster/lanes-of-phones.ts';
import { BEAT_MS, HAS_LEFT, LeaseView } from '../../src/cluster/lease-view.ts';
import { range } from '../support/wait.ts';

/** What the bucket tells, each change with the next revision. Words come {@link BEAT_MS} apart. */
function bucket() {
  let now = 0;
  const view = new LeaseView('self', () => now);
  let revision = 0;
  const change = (key: string, value: string | null): number => {
    revision += 1;
    view.apply({ key, revision, value });
    return revision;
  };
  return {
    view,
    change,
    speaks: (member: string, times = 1, apartMs = BEAT_MS) => {
      for (const _ of range(times)) {
        now += apartMs;
        change(`member.${member}`, 'berlin');
      }
    },
  };
}

test('a gateway is dead once this one has spoken six times and it has not, and alive again when it speaks', () => {
  const { view, speaks } = bucket();
  speaks('other');
  speaks('self', 5);
  expect(view.aliveAt('berlin')).toEqual(['other', 'self']);
  speaks('self');
  expect(view.aliveAt('berlin')).toEqual(['self']);
  speaks('other');
  expect(view.isAlive('other')).toBe(true);
});

test('nobody looks dead while this one is not heard itself: a pause or a bucket that is away says nothing of others', () => {
  const { view, speaks } = bucket();
  speaks('self');
  speaks('other');
  expect(view.isAlive('other')).toBe(true);
  expect(view.longDead).toEqual([]);
});

test('words of this one that had waited and come at once count as one: nobody else had the time to speak', () => {
  const { view, speaks } = bucket();
  speaks('other');
  speaks('self', 20, 1);
  expect(view.isAlive('other')).toBe(true);
  speaks('self', 4);
  expect(view.isAlive('other')).toBe(true);
  speaks('self');
  expect(view.isAlive('other')).toBe(false);
});

test('one that says goodbye is gone at once, and what it had is free', () => {
  const { view, change, speaks } = bucket();
  speaks('other');
  const revision = change('lane._.3', 'other');
  expect(view.lease('_.3')).toEqual({ owner: 'other', revision });
  change('member.other', null);
  expect(view.isAlive('other')).toBe(false);
});

test('one that has left its leases to others is there as long as it speaks', () => {
  const { view, change, speaks } = bucket();
  speaks('other');
  expect(view.mayOwn('other')).toBe(true);
  change('member.other', HAS_LEFT);
  expect(view.mayOwn('other')).toBe(false);
  expect(view.aliveAt('berlin')).toEqual([]);
  expect(view.isAlive('other')).toBe(true);
});

test('an owner whose word has not come yet is given as long as others, and an older change of a lease says nothing', () => {
  const { view, change, speaks } = bucket();
  const revision = change('lane._.3', 'unheard');
  expect(view.isAlive('unheard')).toBe(true);
  speaks('self', 6);
  expect(view.isAlive('unheard')).toBe(false);
  change('lane._.3', null);
  view.apply({ key: 'lane._.3', revision, value: 'unheard' });
  expect(view.lease('_.3')).toBeNull();
});

test('a phone whose tags name another site has another lane at once', () => {
  const find = createLaneFinder();
  const tags = ['site:berlin'];
  expect(find('p1', tags)).toBe(laneOfPhone('p1', tags));
  expect(find('p1', ['site:bremen'])).toBe(laneOfPhone('p1', ['site:bremen']));
  expect(find('p2', tags)).toBe(laneOfPhone('p2', tags));
  expect(find('p1', tags)).toBe(laneOfPhone('p1', tags));
});

test('phones are spread over the leases of their site, always the same way', () => {
  expect(laneOfPhone('6f1c1f0e-2f0b-4a54-8d2c-0d1f6a5b7c11', [])).toBe('_.17');
  expect(laneOfPhone('6f1c1f0e-2f0b-4a54-8d2c-0d1f6a5b7c11', ['floor 2', 'site:berlin'])).toBe('berlin.17');
  expect(laneOfPhone('p1', ['site:no such > site'])).toBeNull();
  const lanes = lanesOfSite('berlin');
  const found = new Set(range(2_000).map((index) => laneOfPhone(`phone-${index}`, ['site:berlin'])));
  expect([...found].toSorted()).toEqual([...lanes].toSorted());
});
