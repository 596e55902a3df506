import { expect, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { startChild } from './children/start.ts';
import { range } from './samples.ts';
import { temporaryDirectory } from './temporary.ts';

const ROUNDS = 12;

test('killed under load, round after round, it has every event that was acknowledged', {
  timeout: 60_000,
}, async () => {
  await using directory = await temporaryDirectory();
  const acknowledged = new Map<number, string>();
  for (const round of range(ROUNDS)) {
    await using child = await startChild('append-for-ever.ts', directory.path, `round-${round}`);
    const lines: string[] = [];
    // A different moment each round.
    while (lines.length < 1 + round * 61) lines.push(await child.line());
    lines.push(...(await child.kill()));
    for (const line of lines) {
      // One that the kill has cut short told nobody anything.
      const [, sequence, name = ''] = /^(\d+) (.*)\.$/.exec(line) ?? [];
      if (sequence === undefined) continue;
      expect(acknowledged.has(Number(sequence))).toBe(false);
      acknowledged.set(Number(sequence), name);
    }

    const store = await openSqliteStore({ dataDir: directory.path });
    const kept = new Map<number, string | null>();
    for (let after = 0, page = await store.events.read({}, { limit: 10_000 }); page.length > 0; ) {
      for (const { sequence, vendorEvent } of page) kept.set(sequence, vendorEvent);
      after = page.at(-1)?.sequence ?? 0;
      page = await store.events.read({}, { after, limit: 10_000 });
    }
    await store.close();
    const lost = [...acknowledged].filter(([sequence, name]) => kept.get(sequence) !== name);
    expect(lost).toEqual([]);
    // No event is there twice, though its sender may not have learnt that it is there.
    expect(new Set(kept.values()).size).toBe(kept.size);
  }
  expect(acknowledged.size).toBeGreaterThan(ROUNDS * 100);
});
