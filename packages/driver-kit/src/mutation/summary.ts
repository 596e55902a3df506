import type { MutantVerdict } from './mutate.ts';

/** How many mutants there were, and what became of them. */
export interface MutationCount {
  readonly tried: number;
  readonly found: number;
  /** Of those that were found: by rows of the vendor's documents. */
  readonly byDocuments: number;
  readonly survived: number;
  /** Proved to be no change: not counted among those that were tried. */
  readonly equivalent: number;
}

/** Counts verdicts. */
export function countOf(verdicts: readonly MutantVerdict[]): MutationCount {
  const tried = verdicts.filter(({ isEquivalent }) => !isEquivalent);
  const told = tried.flatMap(({ told: by }) => (by === null ? [] : [by]));
  return {
    tried: tried.length,
    found: told.length,
    byDocuments: told.filter(({ kind }) => kind === 'DOCUMENTED').length,
    survived: tried.length - told.length,
    equivalent: verdicts.length - tried.length,
  };
}

/** Counts verdicts by the file of the table, by name. */
function countByFile(verdicts: readonly MutantVerdict[]): ReadonlyMap<string, MutationCount> {
  const files = [...new Set(verdicts.map(({ mutant }) => mutant.file))].toSorted();
  return new Map(files.map((file) => [file, countOf(verdicts.filter(({ mutant }) => mutant.file === file))]));
}

/** The counts as lines, a table each, and one of all. */
export function summaryLines(verdicts: readonly MutantVerdict[]): readonly string[] {
  const rows = [...countByFile(verdicts)].map(([file, count]) => [file, ...cellsOf(count)]);
  const all = countOf(verdicts);
  const heads = ['table', 'tried', 'found', 'by documents', 'survived', 'equivalent'];
  const table = [heads, ...rows, ['all', ...cellsOf(all)]];
  const widths = heads.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return [
    ...table.map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    ),
    `${all.found} of ${all.tried} mutants of the tables were found out.`,
  ];
}

function cellsOf({ tried, found, byDocuments, survived, equivalent }: MutationCount): readonly string[] {
  return [tried, found, byDocuments, survived, equivalent].map(String);
}
