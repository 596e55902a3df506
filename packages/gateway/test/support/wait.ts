import type { Application } from '../../src/application.ts';
import type { Command } from '../../src/model.ts';

/** The first of an iterable that is as wanted; fails where it ends before. */
async function firstOf<Item>(items: AsyncIterable<Item>, wanted: (item: Item) => boolean): Promise<Item> {
  for await (const item of items) if (wanted(item)) return item;
  throw new Error('it ended before the wanted item came');
}

/** The command once it is as wanted. */
export async function commandWhen(
  application: Application,
  id: string,
  wanted: (command: Command) => boolean,
): Promise<Command> {
  const controller = new AbortController();
  try {
    return await firstOf(application.commands.subscribe(id, controller.signal), wanted);
  } finally {
    controller.abort();
  }
}

/** Whether no event is waited for any more. */
export function isSettled({ settledAt }: Command): boolean {
  return settledAt !== null;
}

/** The numbers from 0 to `count` - 1. */
export function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
