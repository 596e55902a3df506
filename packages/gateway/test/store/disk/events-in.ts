import { openSqliteStore } from '../../../src/store/sqlite/index.ts';

/** What an event is told by: its variable `n`. */
export interface NamedEvent {
  readonly name: string;
  readonly receivedAt: number;
}

/** All events of a log of which nobody has the directory, in its order. */
export async function eventsIn(dataDir: string): Promise<readonly NamedEvent[]> {
  const store = await openSqliteStore({ dataDir });
  const events: NamedEvent[] = [];
  let after = 0;
  for (let page = await store.events.read({}, { limit: 1_000 }); page.length > 0; ) {
    for (const { variables, receivedAt, sequence } of page) {
      events.push({ name: variables.find(({ name }) => name === 'n')?.value ?? '', receivedAt });
      after = sequence;
    }
    page = await store.events.read({}, { after, limit: 1_000 });
  }
  await store.close();
  return events;
}
