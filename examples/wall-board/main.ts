// Every phone and what it does, as it changes: node wall-board/main.ts
import { type Call, createClient } from '@hookswitch/client';
import { board } from './board.ts';

const { HOOKSWITCH_URL: url = 'http://127.0.0.1:4000', HOOKSWITCH_KEY: token } = process.env;
if (token === undefined) {
  process.stderr.write('usage: HOOKSWITCH_KEY=… node wall-board/main.ts\n');
  process.exit(2);
}

await using hookswitch = createClient({ url, token });
const phones = await hookswitch.phones({ first: 200 });
if (!phones.ok) throw new Error(phones.failure.message);

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
const goingOn = new Map<string, Call>();
let isComplete = false;
for await (const update of hookswitch.calls({ signal: stop.signal })) {
  if (update.__typename === 'CaughtUp') isComplete = true;
  else if (update.state === 'ENDED') goingOn.delete(update.id);
  else goingOn.set(update.id, update);
  if (!isComplete) continue;
  // In a terminal the board stays where it is; in a file each state follows the one before.
  const clear = process.stdout.isTTY ? '\u001b[H\u001b[2J' : '\n';
  process.stdout.write(`${clear}${board(phones.value.items, [...goingOn.values()])}\n`);
}
