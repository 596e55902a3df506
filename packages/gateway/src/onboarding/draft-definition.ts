import { GENERIC_EVENTS, type GenericMeaning } from '../drivers/generic/generic-events.table.ts';
import type { SeenReport } from './seen-device.ts';

/** The start of a driver, in the form of the template of `create-hookswitch-driver`. */
export interface DriverDraft {
  /** Which file of that template it takes the place of. */
  readonly file: string;
  readonly text: string;
  /** How many kinds of events it is drawn from. */
  readonly events: number;
}

/** How vendors call what the contract has a word for; the first that fits counts. */
const GUESSES: readonly (readonly [RegExp, keyof typeof GENERIC_EVENTS])[] = [
  [/dnd_?on|dnd\b.*\bon/, 'dnd-on'],
  [/dnd_?off|dnd\b.*\boff/, 'dnd-off'],
  [/missed/, 'missed'],
  [/incoming|ring/, 'incoming'],
  [/outgoing|dial|callout/, 'outgoing'],
  [/reject/, 'rejected'],
  [/cancel/, 'canceled'],
  [/busy/, 'busy'],
  [/connect|establish|answer|talk/, 'connected'],
  [/unhold|resume|retrieve/, 'resumed'],
  [/hold|held/, 'held'],
  [/end|hang|terminat|finish/, 'ended'],
];

/** What can be drawn from requests: which events a device reports, and which variables come with them. No value of any. */
export function draftDefinition(reports: readonly SeenReport[], from: string): DriverDraft {
  const events = reports.map(({ vendorEvent }) => {
    const meaning = guess(vendorEvent);
    const row = meaning === null ? '// ' : '';
    return `  ${row}${JSON.stringify(vendorEvent)}: ${meaning === null ? 'not guessed,' : `${code(meaning)},`}`;
  });
  const shapes = new Map(
    reports.flatMap(({ variables }) => variables.map(({ name, value }) => [name, value] as const)).toReversed(),
  );
  const variables = [...shapes].toReversed().map(([name, shape]) => `  ${JSON.stringify(name)}, // ${shape}`);
  const text = `import type { CallEventKind, CallState } from '@hookswitch/core';

/** What an event means. */
export type EventMeaning =
  | { readonly type: 'CALL'; readonly kind: CallEventKind; readonly state: CallState }
  | { readonly type: 'DO_NOT_DISTURB'; readonly enabled: boolean };

/**
 * Drawn from what ${from} sent. What an event means is guessed by its name: read the manual, and correct each row. Rows that
 * are commented out were seen and not guessed.
 */
export const EVENTS: Readonly<Record<string, EventMeaning>> = {
${events.join('\n')}
};

/** Variables that came, each with the shape of a value: x a letter, 0 a digit. How the phone writes them in a URL its manual says. */
export const VARIABLES = [
${variables.join('\n')}
] as const;
`;
  return { file: 'src/action-urls.table.ts', text, events: reports.length };
}

function guess(vendorEvent: string): GenericMeaning | null {
  const word = vendorEvent.toLowerCase();
  const known = Object.hasOwn(GENERIC_EVENTS, word) ? word : GUESSES.find(([names]) => names.test(word))?.[1];
  const meaning = known === undefined ? undefined : GENERIC_EVENTS[known];
  return meaning === undefined || code(meaning) === null ? null : meaning;
}

/** A row of the template's table; null: it has no such. */
function code(meaning: GenericMeaning): string | null {
  if (meaning.type === 'CALL' && meaning.state !== null) {
    return `{ type: 'CALL', kind: '${meaning.kind}', state: '${meaning.state}' }`;
  }
  if (meaning.type === 'FEATURE' && meaning.feature === 'DO_NOT_DISTURB') {
    return `{ type: 'DO_NOT_DISTURB', enabled: ${meaning.enabled} }`;
  }
  return null;
}
