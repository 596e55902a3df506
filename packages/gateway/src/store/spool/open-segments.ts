import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Segment } from './segment.ts';
import type { SpoolLog } from './spool.ts';

const SEGMENT_NAME = /^(\d{10})\.spool$/;

/** The path of the file of that number: they sort by their names. */
export function segmentPath(dir: string, number: number): string {
  return join(dir, `${String(number).padStart(10, '0')}.spool`);
}

/** What an earlier process has left in a directory, oldest first; `newest`: the last number that is taken, or 0. */
export async function openSegments(dir: string, log: SpoolLog): Promise<{ segments: Segment[]; newest: number }> {
  const names = (await readdir(dir)).filter((name) => SEGMENT_NAME.test(name)).sort();
  const segments: Segment[] = [];
  for (const name of names) {
    const path = join(dir, name);
    const opened = await Segment.open(path);
    if (opened === null) {
      log.warn({ path }, 'a file of the event spool was never made whole; nothing was answered from it');
      continue;
    }
    const { segment, torn } = opened;
    if (torn) {
      log.error(
        { path, records: segment.records },
        'a record of the event spool is torn or damaged: one that was cut off at the end was never answered',
      );
    }
    segments.push(segment);
  }
  return { segments, newest: Number(SEGMENT_NAME.exec(names.at(-1) ?? '')?.[1] ?? 0) };
}
