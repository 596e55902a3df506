import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { type GraphiqlTab, renderGraphiqlPage } from '../../src/http/graphiql.ts';

/** A browser's storage, as far as the page uses it before GraphiQL begins. */
class Storage {
  readonly #items = new Map<string, string>();
  getItem(name: string): string | null {
    return this.#items.get(name) ?? null;
  }
  setItem(name: string, value: string): void {
    this.#items.set(name, value);
  }
  removeItem(name: string): void {
    this.#items.delete(name);
  }
}

/** Opens the page in a browser with that storage, up to where GraphiQL begins. */
async function open(tabs: readonly GraphiqlTab[], localStorage: object): Promise<void> {
  const page = await renderGraphiqlPage({ tabs });
  const script = /<script>([\s\S]*?)function prepareBlob/.exec(page)?.[1];
  expect(script).toContain('localStorage');
  runInNewContext(script ?? '', { localStorage });
}

test('tabs that a browser kept of another start go; those of this one stay', async () => {
  const storage = new Storage();
  const first = [{ query: 'mutation { hangUp(phoneId: "1") { id } }' }];
  storage.setItem('graphiql:tabState', 'of a start before');
  storage.setItem('graphiql:query', 'of a start before');
  storage.setItem('graphiql:theme', 'dark');
  await open(first, storage);
  expect(storage.getItem('graphiql:tabState')).toBeNull();
  expect(storage.getItem('graphiql:query')).toBeNull();
  expect(storage.getItem('graphiql:theme')).toBe('dark');

  storage.setItem('graphiql:tabState', 'edited');
  await open(first, storage);
  expect(storage.getItem('graphiql:tabState')).toBe('edited');

  await open([{ query: 'mutation { hangUp(phoneId: "2") { id } }' }], storage);
  expect(storage.getItem('graphiql:tabState')).toBeNull();
});

test('a browser that lets no page keep anything shows it all the same', async () => {
  const denying = {
    getItem(): never {
      throw new Error('SecurityError');
    },
  };
  await open([{ query: '{ drivers { name } }' }], denying);
});
