import { expect, test } from 'vitest';
import type { FeatureState, Led } from '../../../src/model.ts';
import type { ApiKeyRecord, StoredPhone } from '../../../src/store/ports.ts';
import { deviceEvent, storedPhone } from '../samples.ts';
import type { OpenStore } from './open-store.ts';

/** What every store of phones and of API keys keeps to. */
export function phoneStoreConforms(temporaryStore: OpenStore): void {
  test('keeps phones with their sealed secrets and tokens, and replaces them', async () => {
    await using files = await temporaryStore();
    const first = storedPhone('p1', {
      tokenHashes: [
        { hash: 'ff', expiresAt: null },
        { hash: '00', expiresAt: 5000 },
      ],
    });
    const second = storedPhone('p2');
    await files.store.phones.put(second);
    await files.store.phones.put(first);
    expect(await files.store.phones.all()).toEqual([first, second]);
    const rotated = {
      phone: { ...first.phone, name: 'Reception', removedAt: 9000 },
      sealedSecrets: Uint8Array.of(7),
      tokenHashes: [
        { hash: 'aa', expiresAt: null },
        { hash: 'ff', expiresAt: 6000 },
      ],
    };
    await files.store.phones.put(rotated);
    const { phones } = await files.reopen();
    expect(await phones.all()).toEqual([rotated, second]);
  });

  test('gives all phones a page at a time, each once and in the order of their ids', async () => {
    await using files = await temporaryStore();
    const { phones } = files.store;
    const ids = Array.from({ length: 1_001 }, (_, index) => `p${String(index).padStart(4, '0')}`);
    await Promise.all(ids.map((id) => phones.put(storedPhone(id, { tokenHashes: [{ hash: id, expiresAt: null }] }))));
    const pages: (readonly StoredPhone[])[] = [];
    for await (const page of phones.pages()) pages.push(page);
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flat()).toEqual(await phones.all());
    expect(pages.flat().map(({ phone }) => phone.id)).toEqual(ids);
  });

  test('tells what secrets were sealed with, each once', async () => {
    await using files = await temporaryStore();
    const { phones } = files.store;
    for (const [id, ...bytes] of [
      ['p1', 1, 2, 3],
      ['p2', 1, 2, 4],
      ['p3', 5],
    ] as const) {
      await phones.put(storedPhone(id, { sealedSecrets: Uint8Array.from(bytes), tokenHashes: [] }));
    }
    expect((await phones.sealedBeginnings(2)).map((bytes) => [...bytes]).sort()).toEqual([[1, 2], [5]]);
  });

  test('no two phones have one token', async () => {
    await using files = await temporaryStore();
    const { phones } = files.store;
    const tokenHashes = [{ hash: 'ff', expiresAt: null }];
    await phones.put(storedPhone('p1', { tokenHashes }));
    await expect(phones.put(storedPhone('p2', { tokenHashes }))).rejects.toMatchObject({ code: 'UNIQUE' });
    expect((await phones.all()).map(({ phone }) => phone.id)).toEqual(['p1']);
  });

  test('keeps lights and switches, one a key and one a feature, and they outlive a change of the phone', async () => {
    await using files = await temporaryStore();
    await files.store.phones.put(storedPhone('p1'));
    const led: Led = { key: 'FUNCTION_2', light: 'ON', color: 'RED', label: 'Zoë', onPress: null, appliedAt: null };
    const other: Led = { ...led, key: 'FUNCTION_1', light: 'BLINK_FAST', onPress: { kind: 'DIAL', target: '101' } };
    await files.store.phones.putLed('p1', { ...led, light: 'OFF' });
    await files.store.phones.putLed('p1', other);
    await files.store.phones.putLed('p1', led);
    const feature: FeatureState = { feature: 'DO_NOT_DISTURB', enabled: true, target: null, since: 1000 };
    const event = { type: 'FEATURE', feature: 'DO_NOT_DISTURB', enabled: true, target: null } as const;
    const reported = { ...deviceEvent(), phoneId: 'p1' };
    await files.store.events.append([
      { ...reported, event: { ...event, enabled: false } },
      { ...reported, event, receivedAt: 1000 },
    ]);
    await files.store.phones.put(storedPhone('p1', { sealedSecrets: Uint8Array.of(9) }));
    const { phones } = await files.reopen();
    expect(await phones.leds('p1')).toEqual([other, led]);
    expect(await phones.features('p1')).toEqual([feature]);
    expect(await phones.leds('p2')).toEqual([]);
    expect(await phones.features('p2')).toEqual([]);
  });

  test('a light of a phone that is not there is refused', async () => {
    await using files = await temporaryStore();
    const led: Led = { key: '1', light: 'ON', color: null, label: null, onPress: null, appliedAt: null };
    await expect(files.store.phones.putLed('nobody', led)).rejects.toMatchObject({ code: 'CONSTRAINT' });
  });

  test('keeps API keys by id and by hash', async () => {
    await using files = await temporaryStore();
    const key: ApiKeyRecord = {
      id: 'k1',
      name: 'frontend',
      hash: 'aa',
      scopes: ['events:read', 'calls:control'],
      tags: ['front-desk'],
      masksNumbers: true,
      createdAt: 1000,
      expiresAt: 3000,
      revokedAt: null,
    };
    await files.store.apiKeys.put(key);
    await files.store.apiKeys.put({ ...key, id: 'k2', hash: 'bb' });
    await expect(files.store.apiKeys.put({ ...key, id: 'k3' })).rejects.toMatchObject({ code: 'UNIQUE' });
    await files.store.apiKeys.put({ ...key, revokedAt: 2000 });
    const { apiKeys } = await files.reopen();
    expect(await apiKeys.all()).toEqual([
      { ...key, revokedAt: 2000 },
      { ...key, id: 'k2', hash: 'bb' },
    ]);
  });
}
