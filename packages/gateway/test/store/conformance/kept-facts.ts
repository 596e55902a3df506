import { expect, test } from 'vitest';
import type { Typed } from '../../../src/policy/typed-keys.ts';
import { range } from '../samples.ts';
import type { OpenStore } from './open-store.ts';

/** What every store keeps of calls that were begun, of keys that were typed, and of keys that are sealed. */
export function keptFactsConform(temporaryStore: OpenStore): void {
  test('counts calls by day and in windows, and forgets what no limit needs', async () => {
    await using files = await temporaryStore();
    const add = files.store.dialCounts.add;
    await add({ day: '2026-01-30', ofDay: ['key a', 'key a', 'phone p'], at: 100, inWindows: ['key a'], since: 0 });
    expect(await files.store.dialCounts.of('2026-01-30')).toEqual(
      new Map([
        ['key a', 2],
        ['phone p', 1],
      ]),
    );
    await add({ day: '2026-01-31', ofDay: ['key a'], at: 200, inWindows: ['key a', 'key a', 'phone p'], since: 99 });
    const { dialCounts } = await files.reopen();
    expect(await dialCounts.of('2026-01-30')).toEqual(new Map());
    expect(await dialCounts.of('2026-01-31')).toEqual(new Map([['key a', 1]]));
    const times = new Map([
      ['key a', [100, 200, 200]],
      ['phone p', [200]],
    ]);
    expect(await dialCounts.since(99)).toEqual(times);
    expect(await dialCounts.since(100)).toEqual(new Map([...times, ['key a', [200, 200]]]));
    await dialCounts.add({ day: '2026-01-31', ofDay: [], at: 300, inWindows: [], since: 100 });
    expect(await dialCounts.since(0)).toEqual(new Map([...times, ['key a', [200, 200]]]));
  });

  test('counts those that come at once', async () => {
    await using files = await temporaryStore();
    const { dialCounts } = files.store;
    const begun = { day: '2026-01-31', ofDay: ['key a'], at: 1, inWindows: ['key a'], since: 0 };
    await Promise.all(range(20).map(() => dialCounts.add(begun)));
    expect(await dialCounts.of(begun.day)).toEqual(new Map([['key a', 20]]));
    expect((await dialCounts.since(0)).get('key a')).toHaveLength(20);
  });

  test('keeps what was typed on a phone until nothing is', async () => {
    await using files = await temporaryStore();
    const typed: Typed = { text: '030#', starts: [0, 3], edited: true, at: 1000, countedAt: null };
    await files.store.typed.put('p1', { ...typed, text: '0' });
    await files.store.typed.put('p1', typed);
    await files.store.typed.put('p2', typed);
    await files.store.typed.put('p2', null);
    await files.store.typed.put('p3', null);
    expect(await (await files.reopen()).typed.all()).toEqual(new Map([['p1', typed]]));
  });

  test('keeps sealed keys by their names, byte for byte', async () => {
    await using files = await temporaryStore();
    const bytes = Uint8Array.from(range(256));
    await files.store.sealedKeys.put('digest', Uint8Array.of(1));
    await files.store.sealedKeys.put('digest', bytes);
    await files.store.sealedKeys.put('other', Uint8Array.of());
    const kept = await (await files.reopen()).sealedKeys.all();
    expect([...kept.keys()].sort()).toEqual(['digest', 'other']);
    expect([...(kept.get('digest') ?? [])]).toEqual([...bytes]);
    expect([...(kept.get('other') ?? [1])]).toEqual([]);
  });

  test('keeps onboarding links until they are forgotten, oldest first', async () => {
    await using files = await temporaryStore();
    const { onboardingLinks } = files.store;
    const link = { id: 'l2', hash: 'b', createdAt: 20, createdBy: 'admin', expiresAt: 200, revokedAt: null };
    const older = { ...link, id: 'l1', hash: 'a', createdAt: 10, expiresAt: 100 };
    await onboardingLinks.put(link, { forgetBefore: 0 });
    await onboardingLinks.put(older, { forgetBefore: 0 });
    await onboardingLinks.put({ ...link, revokedAt: 50 }, { forgetBefore: 100 });
    const reopened = (await files.reopen()).onboardingLinks;
    expect(await reopened.all()).toEqual([older, { ...link, revokedAt: 50 }]);
    await reopened.put(link, { forgetBefore: 101 });
    expect(await reopened.all()).toEqual([link]);
  });

  test('says that it can write, and that nothing was refused', async () => {
    await using files = await temporaryStore();
    await files.store.check();
    await files.store.check();
    expect(files.store.fault).toBeNull();
  });

  test('takes nothing once it is closed, and closing it again is no fault', async () => {
    await using files = await temporaryStore();
    const { store } = files;
    const before = store.sealedKeys.put('digest', Uint8Array.of(1));
    await store.close();
    await before;
    await store.close();
    await expect(store.sealedKeys.put('digest', Uint8Array.of(2))).rejects.toMatchObject({ code: 'CLOSED' });
    await expect(store.check()).rejects.toMatchObject({ code: 'CLOSED' });
    const { sealedKeys } = await files.reopen();
    expect((await sealedKeys.all()).get('digest')).toEqual(Uint8Array.of(1));
  });
}
