import { openSqliteStore } from '../../../src/store/sqlite/index.ts';
import { count } from './report.ts';

/** What a log holds. */
export interface LogContents {
  /** The numbers of all numbered events, in the order of the log. */
  readonly numbers: readonly string[];
  /** How many events each phone has reported, by the gateway's own id of it. */
  readonly reported: ReadonlyMap<string, number>;
}

/** Reads a log that no process has open. */
export async function readLog(dataDir: string): Promise<LogContents> {
  const store = await openSqliteStore({ dataDir });
  try {
    const contents = { numbers: [] as string[], reported: new Map<string, number>() };
    for (let after = 0; ; ) {
      const page = await store.events.read({}, { after, limit: 1_000 });
      const last = page.at(-1);
      if (last === undefined) return contents;
      after = last.sequence;
      for (const { phoneId, vendorEvent, variables } of page) {
        const number = variables.find(({ name }) => name === 'n')?.value;
        if (number !== undefined) contents.numbers.push(number);
        if (vendorEvent !== null) count(contents.reported, phoneId);
      }
    }
  } finally {
    await store.close();
  }
}
