import { CAPABILITIES, type Capability, type Evidence, type Transport } from '@hookswitch/core';
import type { Person } from '../../src/people.ts';
import type { Tried } from './stage.ts';

/** What the gateway says that a phone can do. */
export type Claims = readonly {
  readonly capability: Capability;
  readonly transports: readonly Transport[];
  readonly evidence: Evidence;
}[];

/** Claims and trials, by the number of the phone. */
export interface MatrixData {
  readonly claims: ReadonlyMap<string, Claims>;
  readonly tried: ReadonlyMap<string, ReadonlyMap<Capability, Tried>>;
}

const VENDORS = { snom: 'Snom', yealink: 'Yealink', poly: 'Poly', grandstream: 'Grandstream' } as const;

/** The table capability × phone as a page of the documentation. */
export function supportMatrix(people: readonly Person[], data: MatrixData): string {
  const claims = [...data.claims.values()].reduce((sum, { length }) => sum + length, 0);
  const rows = CAPABILITIES.filter((capability) =>
    people.some(({ number }) => data.tried.get(number)?.has(capability)),
  );
  const none = CAPABILITIES.filter((capability) => !rows.includes(capability));
  return [
    '# What phones can do',
    '',
    `Every capability that the demo office's phones claim, tried over real HTTP and SIP against the virtual phone by`,
    '`packages/demo/test/capabilities.test.ts`, which writes this page (`UPDATE_MATRIX=1`) and fails where it is not',
    `current: ${claims} capabilities of ${people.length} phones.`,
    '',
    'Each cell: how the trial ended, and on which transport. CONFIRMED: an event of the phone, or reading back, proved the',
    'effect. ACCEPTED: the phone acknowledged; that it did it was seen at the virtual phone where it shows. READ: the',
    'phone answered with data. UNKNOWN: the phone goes away without a reply and has forgotten where to report, so that no',
    'program can tell; at the virtual phone it was seen. A star: the way that the driver tries first is ASSUMED, from a',
    "standard or from other people's code, since no manual and no recorded exchange has it. —: the phone does not claim it.",
    '',
    `| Capability | ${people.map(({ vendor, model }) => `${VENDORS[vendor]} ${model}`).join(' | ')} |`,
    `| --- | ${people.map(() => '---').join(' | ')} |`,
    `| Firmware | ${people.map(({ firmware }) => firmware).join(' | ')} |`,
    ...rows.map(
      (capability) =>
        `| \`${capability}\` | ${people.map(({ number }) => cell(capability, number, data)).join(' | ')} |`,
    ),
    '',
    none.length === 0
      ? 'No capability is without a phone.'
      : `No demo phone claims: ${none.map((name) => `\`${name}\``).join(', ')}.`,
    '',
  ].join('\n');
}

function cell(capability: Capability, number: string, { claims, tried }: MatrixData): string {
  const result = tried.get(number)?.get(capability);
  const claim = claims.get(number)?.find((one) => one.capability === capability);
  if (result === undefined || claim === undefined) return '—';
  const transport = result.transport ?? claim.transports[0] ?? '';
  return `${result.status} ${transport}${claim.evidence === 'ASSUMED' ? ' *' : ''}`;
}
