import { readFileSync } from 'node:fs';

/** A wire text of the folder `fixtures`, without the line break at its end. */
export function fixture(name: string): string {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8').replace(/\n$/, '');
}

/** The rows of a fixture with columns, without its comments. */
export function fixtureRows(name: string): readonly (readonly string[])[] {
  return fixture(name)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('# '))
    .map((line) => line.split('\t'));
}
