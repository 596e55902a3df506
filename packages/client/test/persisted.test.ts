import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { operation } from '../src/index.ts';
import { collect } from './support/collect.ts';
import { openStand } from './support/stand.ts';

const MANIFEST = fileURLToPath(new URL('../persisted-operations.json', import.meta.url));

test.each(['websocket', 'sse'] as const)(
  'a gateway that runs the manifest and nothing else serves over %s',
  async (transport) => {
    const stand = await openStand();
    await copyFile(MANIFEST, join(stand.dataDir, 'operations.json'));
    await stand.configure('api: { persistedOperations: { file: operations.json, only: true } }\n');
    const client = stand.client({ transport, persisted: true });
    expect(await client.viewer()).toMatchObject({ ok: true });
    expect(await client.phone({ id: stand.phone.id })).toMatchObject({ ok: true, value: { name: 'Desk' } });
    expect(await client.hangUp(stand.phone.id)).toMatchObject({ ok: false, command: { name: 'hangUp' } });
    const seen = collect(client.phoneEvents());
    await seen.until('CaughtUp');
    await stand.report(1);
    await seen.until('1');

    const texts = stand.client({ transport });
    expect(await texts.viewer()).toMatchObject({ ok: false, failure: { code: 'PERSISTED_QUERY_ONLY' } });
    await expect(collect(texts.phoneEvents()).ended).rejects.toMatchObject({
      failure: { code: 'PERSISTED_QUERY_ONLY' },
    });
    const own = operation<object, object>('{ viewer { name } }');
    expect(await client.request(own, {})).toMatchObject({ ok: false, failure: { code: 'PERSISTED_QUERY_ONLY' } });
  },
);
