import { oneLine } from '../output/terminal.ts';
import type { Finding } from './finding.ts';

/** So many places are named, or have their own words shown; the rest is counted. */
const SHOWN = 10;

/** What was found at one place or several, for which the same is to be done. */
export interface FindingGroup {
  readonly severity: Finding['severity'];
  readonly fix: string | null;
  /** What is said, and of which places: those of a group have the same code, and may differ in words. */
  readonly told: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Each finding once, in the order in which they were first met. What is well is the same where the words are. */
export function groupFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { severity, code, message, fix } = finding;
    const key = JSON.stringify([severity, code, severity === 'OK' ? message : fix]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ severity: first.severity, fix: first.fix, told: toldIn(group) }];
  });
}

function toldIn(group: readonly Finding[]): FindingGroup['told'] {
  const told = new Map<string, Set<string>>();
  for (const { about, message } of group) told.set(message, (told.get(message) ?? new Set()).add(about));
  return told;
}

/** A group as lines for people: a line for each message, with the places that it is about. */
export function findingLines({ told }: FindingGroup): readonly string[] {
  const lines = [...told].map(([message, places]) => `${namesOf([...places])}: ${oneLine(message)}`);
  if (lines.length <= SHOWN) return lines;
  return [...lines.slice(0, SHOWN), `… (${lines.length} in all; --json tells of each)`];
}

function namesOf(places: readonly string[]): string {
  const names = places.slice(0, SHOWN).map(oneLine).join(', ');
  return places.length > SHOWN ? `${names}, … (${places.length} in all)` : names;
}
