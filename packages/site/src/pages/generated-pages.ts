import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCS } from '../folders.ts';
import { driversPage } from './drivers-page.ts';
import { eventsPage } from './events-page.ts';
import { fillRegions } from './regions.ts';

const WHOLE: Readonly<Record<string, () => string>> = { 'events.md': eventsPage, 'drivers.md': driversPage };

/**
 * Every page of docs/ that is made as a whole or in part, by its name, as it should be. It is committed, so that it can be
 * read where the repository is read; a test holds it to this.
 */
export function generatedPages(): ReadonlyMap<string, string> {
  const whole = Object.entries(WHOLE).map(([name, make]) => [name, make()] as const);
  const inPart = readdirSync(DOCS)
    .filter((name) => name.endsWith('.md') && WHOLE[name] === undefined)
    .map((name) => [name, readFileSync(join(DOCS, name), 'utf8')] as const)
    .filter(([, text]) => text.includes('<!-- generated: '))
    .map(([name, text]) => [name, fillRegions(text)] as const);
  return new Map([...whole, ...inPart]);
}
