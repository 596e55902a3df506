import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { readAuditKey } from '../../src/store/sqlite/audit-key.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { verifyAudit } from '../../src/store/sqlite/verify-audit.ts';
import { startChild } from './children/start.ts';
import { range } from './samples.ts';
import { temporaryDirectory } from './temporary.ts';

const ROUNDS = 4;

test('killed while it writes and drops, round after round: what is left is whole, and nothing is missing behind what went', {
  timeout: 120_000,
}, async () => {
  await using directory = await temporaryDirectory();
  const file = join(directory.path, 'hookswitch.db');
  const events = new Map<number, string>();
  let dropped = 0;
  for (const round of range(ROUNDS)) {
    await using child = await startChild('drop-for-ever.ts', directory.path, `round-${round}`);
    const lines: string[] = [];
    // A different moment each round.
    while (lines.length < 200 + round * 97) lines.push(await child.line());
    lines.push(...(await child.kill()));
    for (const line of lines) {
      const [, sequence, name = ''] = /^e (\d+) (.*)\.$/.exec(line) ?? [];
      if (sequence !== undefined) events.set(Number(sequence), name);
    }
    const store = await openSqliteStore({ dataDir: directory.path });
    const { first, last } = await store.events.bounds();
    const kept = await store.events.read({}, { limit: 10_000 });
    expect(kept.map(({ sequence }) => sequence)).toEqual(range(last - first + 1).map((index) => first + index));
    const names = new Map(kept.map(({ sequence, vendorEvent }) => [sequence, vendorEvent]));
    for (const [sequence, name] of events) if (sequence >= first) expect(names.get(sequence)).toBe(name);
    await store.close();
    dropped = first - 1;
    const database = new DatabaseSync(file, { readOnly: true });
    expect(database.prepare('PRAGMA integrity_check').get()?.['integrity_check']).toBe('ok');
    expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
    // A key is held by a command that is there, or by none.
    expect(
      database.prepare('SELECT 1 FROM idempotency_claims WHERE owner_id NOT IN (SELECT id FROM commands)').all(),
    ).toEqual([]);
    expect(verifyAudit(database, readAuditKey(file))).toMatchObject({ whole: true });
    database.close();
  }
  expect(dropped).toBeGreaterThan(50);
});
