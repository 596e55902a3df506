import type { LoggedEvent } from '../../model.ts';
import { pageSize } from '../page-size.ts';
import type { StreamConnection } from './connection.ts';
import { decodeEvent } from './event-codec.ts';
import { away } from './faults.ts';
import { walk } from './stream-reader.ts';

/**
 * Messages that are passed over rather than a walk ended and another begun. A message that is asked for by itself costs the gateway
 * and the server about as much as so many that are read on the way.
 */
const PASSED_OVER = 8;
/** A walk takes some questions before its first message and after its last: fewer messages are asked for by themselves. */
const LEAST = 64;
/** Messages that are asked for by themselves at a time. */
const AT_ONCE = 256;

/** The events of these places, oldest first. Where places lie close together the stream is read on, else each is asked for by itself. */
export async function eventsAt(
  connection: StreamConnection,
  sequences: readonly number[],
): Promise<readonly LoggedEvent[]> {
  pageSize(sequences.length);
  const wanted = [...new Set(sequences)].filter((sequence) => sequence > 0).sort((left, right) => left - right);
  const found: LoggedEvent[] = [];
  let alone: number[] = [];
  for (const stretch of stretchesOf(wanted)) {
    if (stretch.length < LEAST) alone.push(...stretch);
    else {
      found.push(...(await eachOf(connection, alone)), ...(await walked(connection, stretch)));
      alone = [];
    }
  }
  found.push(...(await eachOf(connection, alone)));
  return found;
}

/** @param places in their order */
function stretchesOf(places: readonly number[]): readonly (readonly number[])[] {
  const stretches: number[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const place of places) {
    if (place - last > PASSED_OVER) stretches.push([place]);
    else stretches.at(-1)?.push(place);
    last = place;
  }
  return stretches;
}

async function walked(connection: StreamConnection, stretch: readonly number[]): Promise<readonly LoggedEvent[]> {
  const wanted = new Set(stretch);
  const [first = 0, through = 0] = [stretch[0], stretch.at(-1)];
  const found: LoggedEvent[] = [];
  for await (const { sequence, text } of walk(connection, { sequence: first }, { through })) {
    if (wanted.has(sequence)) found.push(decodeEvent(sequence, text));
  }
  return found;
}

/** In order, and not all at once. */
async function eachOf(
  { manager, stream }: StreamConnection,
  places: readonly number[],
): Promise<readonly LoggedEvent[]> {
  const found: LoggedEvent[] = [];
  try {
    for (let from = 0; from < places.length; from += AT_ONCE) {
      const asked = places.slice(from, from + AT_ONCE).map((seq) => manager.streams.getMessage(stream, { seq }));
      for (const stored of await Promise.all(asked)) {
        if (stored !== null) found.push(decodeEvent(stored.seq, stored.string()));
      }
    }
  } catch (error) {
    throw away(error);
  }
  return found;
}
