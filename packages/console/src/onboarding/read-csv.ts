import { parse } from 'papaparse';
import type { AddPhoneInput } from './documents.ts';
import { COLUMNS, phoneInput } from './phone-input.ts';

/** A row of the file: a phone to add, or what is wrong with the row. */
export interface CsvRow {
  /** In the file, the header being the first. */
  readonly line: number;
  readonly name: string;
  readonly input: AddPhoneInput;
  readonly fault: string | null;
}

/** A file's phones, or why it is none of phones. */
export type CsvFile = { readonly rows: readonly CsvRow[] } | { readonly fault: string };

/** Reads a file with a header. Columns may come in any order, separated by commas, semicolons or tabs. */
export function readCsv(text: string): CsvFile {
  const { data, meta } = parse<Record<string, string>>(text.replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (header) => header.trim(),
  });
  const columns = meta.fields ?? [];
  const known = new Set<string>(COLUMNS);
  const strange = columns.filter((column) => column !== '' && !known.has(column));
  if (!columns.includes('name')) {
    return { fault: `The first line must name the columns, “name” among them. There may be: ${COLUMNS.join(', ')}.` };
  }
  if (strange.length > 0) {
    return { fault: `There is no column ${strange.join(', ')}. There may be: ${COLUMNS.join(', ')}.` };
  }
  return { rows: data.map((fields, index) => readRow(fields, index + 2)) };
}

function readRow(fields: Readonly<Record<string, string>>, line: number): CsvRow {
  const input = phoneInput(fields);
  return { line, name: input.name, input, fault: faultOf(fields, input) };
}

function faultOf(fields: Readonly<Record<string, unknown>>, input: AddPhoneInput): string | null {
  if ('__parsed_extra' in fields) return 'It has more fields than there are columns: a comma in a field needs quotes.';
  if (input.name === '') return 'It has no name.';
  if (input.address == null && input.sipUri == null) return 'It has neither an address nor a SIP URI.';
  return null;
}

/** A file to begin with. */
export const CSV_TEMPLATE = `${COLUMNS.join(',')}
Reception,192.0.2.20,admin,secret,,,,,"front desk"
Workshop,192.0.2.21,admin,secret,yealink,T54W,80:5e:c0:00:00:01,sip:102@192.0.2.21,"hall;ground floor"
`;
