import { readFileSync } from 'node:fs';

/** A wire text of `test/fixtures`, without the line end of its file. */
export function fixture(name: string): string {
  return readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8').replace(/\n$/, '');
}

/** Its lines. */
export function fixtureLines(name: string): readonly string[] {
  return fixture(name).split('\n');
}
