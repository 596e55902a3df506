import type { Api } from '../session/api.ts';
import { problemOf } from '../session/problems.ts';
import { AddPhoneMutation } from './documents.ts';
import type { CsvRow } from './read-csv.ts';

/** How far a row has come. */
export type RowState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'added'; readonly phoneId: string; readonly what: string }
  | { readonly kind: 'failed'; readonly message: string };

/** As many phones are asked at a time. */
const AT_ONCE = 4;

/** Adds the phones of the rows. One that fails keeps none of the others back. */
export async function importRows(
  api: Api,
  rows: readonly CsvRow[],
  onState: (line: number, state: RowState) => void,
): Promise<void> {
  const left = [...rows];
  const work = async (): Promise<void> => {
    for (let row = left.shift(); row !== undefined; row = left.shift()) {
      onState(row.line, { kind: 'asking' });
      onState(row.line, row.fault === null ? await addRow(api, row) : { kind: 'failed', message: row.fault });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function addRow(api: Api, { input }: CsvRow): Promise<RowState> {
  const { data, error } = await api.http.mutation(AddPhoneMutation, { input }).toPromise();
  const result = data?.addPhone;
  if (result?.__typename === 'Phone') {
    return {
      kind: 'added',
      phoneId: result.id,
      what: [result.vendor, result.model, result.firmware].filter(Boolean).join(' '),
    };
  }
  if (result !== undefined && result !== null) return { kind: 'failed', message: result.message };
  const problem = error === undefined ? null : problemOf(error);
  return {
    kind: 'failed',
    message: problem === null ? 'The gateway gave no answer.' : `${problem.title}. ${problem.advice}`,
  };
}
