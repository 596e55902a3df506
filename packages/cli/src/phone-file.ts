import type { AddPhoneInput } from '@hookswitch/client';
import { CsvError, parse } from 'csv-parse/sync';

/** Columns of a file of phones. */
export const COLUMNS = [
  'name',
  'address',
  'vendor',
  'model',
  'firmware',
  'mac',
  'username',
  'password',
  'sipUri',
  'tags',
] as const;

const OPTION = /^option\.(.+)$/;

/** A phone of a file. */
export interface PhoneRow {
  /** Where its row begins, from 1. */
  readonly line: number;
  readonly input: AddPhoneInput;
}

/** What is wrong with a line. */
export interface FileFault {
  readonly line: number;
  readonly message: string;
}

interface Cells {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

/** Reads a CSV file of phones. All faults are told together. */
export function readPhones(text: string): {
  readonly rows: readonly PhoneRow[];
  readonly faults: readonly FileFault[];
} {
  const faults: FileFault[] = [];
  const unknown = new Set<string>();
  const rows = parseCells(text, faults).flatMap(({ record, info }) => {
    const { lines: line } = info;
    const given = Object.entries(record).filter(([, value]) => value !== '');
    for (const [column] of given) if (!isColumn(column) && !OPTION.test(column)) unknown.add(column);
    const { name, tags, ...fields } = Object.fromEntries(given.filter(([column]) => isColumn(column)));
    if (name === undefined) {
      faults.push({ line, message: 'there is no name.' });
      return [];
    }
    const options = given.flatMap(([column, value]) => {
      const [, option] = OPTION.exec(column) ?? [];
      return option === undefined ? [] : [{ name: option, value }];
    });
    const input = { name, ...fields, tags: tags?.split(/\s+/) ?? null, options: options.length === 0 ? null : options };
    return [{ line, input }];
  });
  for (const column of unknown) {
    faults.unshift({
      line: 1,
      message: `there is no column "${column}". There are: ${COLUMNS.join(', ')}, option.NAME.`,
    });
  }
  return { rows, faults };
}

function parseCells(text: string, faults: FileFault[]): readonly Cells[] {
  try {
    return parse<Cells>(text, { columns: true, bom: true, trim: true, skip_empty_lines: true, info: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = 'lines' in error && typeof error.lines === 'number' ? error.lines : 1;
    faults.push({ line, message: error.message });
    return [];
  }
}

function isColumn(name: string): boolean {
  return COLUMNS.some((column) => column === name);
}
