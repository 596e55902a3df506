import { type FileHandle, open } from 'node:fs/promises';
import { Fault } from './fault.ts';

/** A file of events, one JSON object a line, that tells by itself how far it goes. */
export interface EventFile extends AsyncDisposable {
  /** Where its last line stands in the gateway's log; undefined: it is empty. */
  readonly cursor: string | undefined;
  append(line: string): Promise<void>;
}

/** No line is longer: an event's variables came in one action URL. */
const MAX_LINE_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;
/** So every line begins. */
const BEGINNING = '{"__typename":"';

/**
 * Opens a file, or makes it. What whoever was killed left half written at its end is cut off: that event comes again.
 * @throws Fault where it cannot be used, or where its last line is none of such a file
 */
export async function openEventFile(path: string): Promise<EventFile> {
  const file = await open(path, 'a+').catch((error: Error) => {
    throw new Fault(`${path} cannot be written to: ${error.message}`, 'Name another with --append.');
  });
  try {
    const { line, torn, end } = await endOf(file);
    const cursor = line === null ? undefined : cursorOf(line);
    // What is cut off must be an event's beginning: else it is somebody's file.
    if (cursor === null || !(torn.startsWith(BEGINNING) || BEGINNING.startsWith(torn))) {
      throw new Fault(`The end of ${path} is no event.`, 'Name a new file, or one that --append has written.');
    }
    await file.truncate(end);
    return {
      cursor,
      append: async (text) => {
        await file.appendFile(`${text}\n`);
      },
      [Symbol.asyncDispose]: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

interface End {
  /** The last line that is whole; null: there is none. */
  readonly line: string | null;
  /** What stands behind it. */
  readonly torn: string;
  /** Where that begins. */
  readonly end: number;
}

async function endOf(file: FileHandle): Promise<End> {
  const { size } = await file.stat();
  const from = Math.max(0, size - 2 * MAX_LINE_BYTES);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
  const tail = buffer.subarray(0, bytesRead);
  const newline = tail.lastIndexOf(NEWLINE);
  const torn = tail.subarray(newline + 1).toString();
  const begin = newline <= 0 ? 0 : tail.lastIndexOf(NEWLINE, newline - 1) + 1;
  const line = newline === -1 ? null : tail.subarray(begin, newline).toString();
  return { line, torn, end: from + newline + 1 };
}

/** Null: the line is none of such a file. */
function cursorOf(line: string): string | null {
  const read = parsed(line);
  if (typeof read !== 'object' || read === null) return null;
  if ('cursor' in read && typeof read.cursor === 'string') return read.cursor;
  return 'resumeCursor' in read && typeof read.resumeCursor === 'string' ? read.resumeCursor : null;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
