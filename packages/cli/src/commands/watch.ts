import { readFile, rename, writeFile } from 'node:fs/promises';
import { type Client, type PhoneEventUpdate, StreamError } from '@hookswitch/client';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Connection, withConnection } from '../connect.ts';
import { type EventFile, openEventFile } from '../event-file.ts';
import { Fault, faultOf, take } from '../fault.ts';
import { findPhone } from '../find-phone.ts';
import { eventLine } from '../output/event-line.ts';
import { note, say } from '../output/terminal.ts';
import { runWithClient } from '../run.ts';

const TYPES = ['CALL', 'DEVICE', 'FEATURE', 'OTHER', 'REGISTRATION', 'USER'] as const;

interface WatchOptions extends Connection {
  readonly phone?: readonly string[];
  readonly type?: readonly (typeof TYPES)[number][];
  readonly after?: string;
  readonly resume?: string;
  readonly append?: string;
  readonly count?: number;
  readonly json?: true;
}

/** `watch`: shows events as they come. */
export function addWatch(program: Command): void {
  const command = program
    .command('watch')
    .summary('show events as they come')
    .description(
      'Shows what phones report, until Ctrl-C. It goes on by itself when the network or the gateway was gone.',
    )
    .option('--phone <phone...>', 'only of these phones')
    .addOption(new Option('--type <type...>', 'only events of these types').choices(TYPES))
    .option('--after <cursor>', 'first what came behind that cursor')
    .option(
      '--resume <file>',
      'keep the place in a file, and go on from there the next time (killed: the last event may come again)',
    )
    .addOption(
      new Option(
        '--append <file>',
        'write events into a file, one JSON object a line, and go on behind its last one the next time: each is there once, whatever ends this',
      ).conflicts(['after', 'resume']),
    )
    .option('--count <number>', 'end after so many events', wholeNumber)
    .option('--json', 'one JSON object a line')
    .addHelpText(
      'after',
      '\nExamples:\n  hookswitch watch --type CALL\n  hookswitch watch --append events.jsonl\n  hookswitch watch --json --resume place | your-program',
    );
  withConnection(command).action((options: WatchOptions) =>
    runWithClient(options, async (client) => {
      await watch(client, options).catch((error: unknown) => {
        throw error instanceof StreamError ? faultOf(error.failure) : error;
      });
    }),
  );
}

/** Where updates go, and from where on they come. */
interface Sink {
  readonly after: string | undefined;
  readonly take: (update: PhoneEventUpdate) => Promise<void>;
}

async function watch(client: Client, options: WatchOptions): Promise<void> {
  const { phone: wanted = [], type: types, count = Number.POSITIVE_INFINITY } = options;
  const phoneIds: string[] = [];
  for (const one of wanted) phoneIds.push((await findPhone(client, one)).id);
  // Also where no phone is named: who cannot come in should learn it at once.
  const { scopes } = take(await client.viewer());
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  await using file = options.append === undefined ? null : await openEventFile(options.append);
  const sink = file === null ? await screenSink(options) : fileSink(file);
  const updates = client.phoneEvents({
    filter: { ...(types === undefined ? {} : { types }), ...(phoneIds.length === 0 ? {} : { phoneIds }) },
    after: sink.after,
    withPhone: scopes.some((scope) => scope === 'PHONES_READ' || scope === 'ADMIN'),
    signal: controller.signal,
    onConnection: ({ state, ...lost }) => {
      if (state === 'LOST' && 'reason' in lost) note(`connection lost (${lost.reason}), trying again`);
    },
  });
  let seen = 0;
  for await (const update of updates) {
    await sink.take(update);
    if (update.__typename === 'CaughtUp' || update.__typename === 'EventsMissed') continue;
    if (++seen >= count) break;
  }
}

async function screenSink({ after, resume, json }: WatchOptions): Promise<Sink> {
  return {
    after: after ?? (resume === undefined ? undefined : await readCursor(resume)),
    async take(update) {
      // First shown, then noted: who is killed between the two sees that one again, and misses none.
      show(update, json === true);
      if (resume !== undefined) await keepCursor(resume, cursorOf(update));
    },
  };
}

/** The file is its own place: there is nothing beside it that could say something else. */
function fileSink(file: EventFile): Sink {
  let isEmpty = file.cursor === undefined;
  return {
    after: file.cursor,
    async take(update) {
      // Only where nothing else tells where to go on.
      if (update.__typename === 'CaughtUp' && !isEmpty) return;
      isEmpty = false;
      await file.append(JSON.stringify(update));
    },
  };
}

function show(update: PhoneEventUpdate, json: boolean): void {
  if (update.__typename === 'CaughtUp') return;
  if (json) say(JSON.stringify(update));
  else if (update.__typename === 'EventsMissed')
    note('some events are missing: the log of the gateway holds them no more');
  else say(eventLine(update));
}

function cursorOf(update: PhoneEventUpdate): string {
  return update.__typename === 'EventsMissed' ? update.resumeCursor : update.cursor;
}

async function readCursor(file: string): Promise<string | undefined> {
  try {
    const text = (await readFile(file, 'utf8')).trim();
    return text === '' ? undefined : text;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Fault(`${file} cannot be read.`, 'Name another with --resume.');
  }
}

/** Never half written: who is killed meanwhile finds the place before. */
async function keepCursor(file: string, cursor: string): Promise<void> {
  await writeFile(`${file}.new`, `${cursor}\n`);
  await rename(`${file}.new`, file);
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.');
  return Number(text);
}
