import { progress } from '@clack/prompts';
import pLimit from 'p-limit';
import { note } from './terminal.ts';

/** So many phones are talked to at once. */
const AT_ONCE = 4;

/**
 * Does work on each item, some at once, and shows on standard error how far it is: a bar where that is a terminal.
 * @returns what came of each, in the order of the items
 */
export async function withProgress<Item, Result>(
  what: string,
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const limit = pLimit(AT_ONCE);
  const bar = showProgress(what, items.length);
  try {
    const working = items.map((item) =>
      limit(async () => {
        const result = await work(item);
        bar.advance();
        return result;
      }),
    );
    return await Promise.all(working);
  } finally {
    bar.stop();
  }
}

function showProgress(what: string, total: number): { readonly advance: () => void; readonly stop: () => void } {
  let done = 0;
  if (!process.stderr.isTTY) {
    return {
      advance: () => {
        done++;
      },
      stop: () => note(`${what}: ${done} of ${total}`),
    };
  }
  const bar = progress({ max: total, output: process.stderr });
  bar.start(`${what}: 0 of ${total}`);
  return {
    advance: () => bar.advance(1, `${what}: ${++done} of ${total}`),
    stop: () => bar.stop(`${what}: ${done} of ${total}`),
  };
}
