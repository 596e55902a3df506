import { CAPABILITIES, type Capability, type Evidence } from '@hookswitch/core';
import type { ConformanceHarness } from '../conformance/harness.ts';
import { type Claim, type ModelClaims, modelClaims, phoneClaims } from './claim.ts';

/** What stands between claims and their sources in the README. */
const LETTERS: Readonly<Record<Evidence, string>> = { VERIFIED: 'V', DOCUMENTED: 'D', ASSUMED: 'A' };

/** A column of the matrix. */
interface Column {
  readonly title: string;
  readonly claims: readonly Claim[];
}

/** Numbers sources from 1 as they are met. */
class Sources {
  readonly #numbers = new Map<string, number>();

  numberOf(source: string): number {
    const number = this.#numbers.get(source) ?? this.#numbers.size + 1;
    this.#numbers.set(source, number);
    return number;
  }

  /** One line each, in their order. */
  lines(): readonly string[] {
    return [...this.#numbers].map(([source, number]) => `${number}. ${source}`);
  }
}

/**
 * The support matrix of a driver in Markdown: capability × model × firmware, as the driver claims it for the phones that
 * the suite tries, then for all of its models.
 */
export function supportMatrix<Options>(harness: ConformanceHarness<Options>): string {
  const sources = new Sources();
  const tried = phoneClaims(harness).map(({ name, claims }) => ({ title: name, claims }));
  const models = alikeModels(modelClaims(harness.driver)).map(({ names, claims }, index) => ({
    title: `Group ${index + 1}`,
    claims,
    names,
  }));
  const tables = [table(tried, sources), table(models, sources)];
  return [
    'V: VERIFIED by a recorded exchange with a real phone. D: DOCUMENTED, the number is its source below. A: ASSUMED. Ways are in the',
    'order in which they are tried; —: the phone is not claimed to do it.',
    '',
    'Phones that the conformance suite tries:',
    '',
    ...(tables[0] ?? []),
    '',
    'All models, firmware not known, every kind of address, default options:',
    '',
    ...models.map(({ title, names }) => `- ${title}: ${names.join(', ')}`),
    '',
    ...(tables[1] ?? []),
    '',
    'Sources:',
    '',
    ...(sources.lines().length === 0 ? ['none'] : sources.lines()),
  ].join('\n');
}

function table(columns: readonly Column[], sources: Sources): readonly string[] {
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const claimed = CAPABILITIES.filter((capability) =>
    columns.some(({ claims }) => claims.some((claim) => claim.capability === capability)),
  );
  return [
    row(['Capability', ...columns.map(({ title }) => title)]),
    row(['---', ...columns.map(() => '---')]),
    ...claimed.map((capability) =>
      row([capability, ...columns.map(({ claims }) => cell(claims, capability, sources))]),
    ),
  ];
}

function cell(claims: readonly Claim[], capability: Capability, sources: Sources): string {
  const ways = claims
    .filter((claim) => claim.capability === capability)
    .map(({ transport, evidence, source }) => {
      const number = source === null || evidence === 'ASSUMED' ? '' : sources.numberOf(source);
      return `${LETTERS[evidence]}${number} ${transport}`;
    });
  return ways.length === 0 ? '—' : ways.join(' · ');
}

/** Models with the same claims, together, in the order in which they are met. */
function alikeModels(
  models: readonly ModelClaims[],
): readonly { readonly names: readonly string[]; readonly claims: readonly Claim[] }[] {
  const groups = new Map<string, { names: string[]; claims: readonly Claim[] }>();
  for (const { model, claims } of models) {
    const key = JSON.stringify(claims);
    const group = groups.get(key) ?? { names: [], claims };
    group.names.push(model);
    groups.set(key, group);
  }
  return [...groups.values()];
}
