import { StoreError } from './errors.ts';

/** A row as an engine gives it. */
export type Row = Readonly<Record<string, unknown>>;

/** The text in a column. @throws StoreError `FAULT` where there is none: query and schema do not fit. */
export function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value === 'string') return value;
  throw misfit(column, 'text');
}

/** The text in a column that may be null. @throws as {@link textOf}. */
export function textOrNullOf(row: Row, column: string): string | null {
  return row[column] === null ? null : textOf(row, column);
}

/** The number in a column. @throws as {@link textOf}. */
export function numberOf(row: Row, column: string): number {
  const value = row[column];
  if (typeof value === 'number') return value;
  throw misfit(column, 'a number');
}

/** The number in a column that may be null. @throws as {@link textOf}. */
export function numberOrNullOf(row: Row, column: string): number | null {
  return row[column] === null ? null : numberOf(row, column);
}

/** The bytes in a column. @throws as {@link textOf}. */
export function bytesOf(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (value instanceof Uint8Array) return value;
  throw misfit(column, 'bytes');
}

/** The record that was written into a column as JSON; its type is what this store wrote there. */
export function recordOf<Record>(row: Row, column = 'body'): Record {
  return JSON.parse(textOf(row, column));
}

function misfit(column: string, wanted: string): StoreError {
  return new StoreError('FAULT', `A row of the database has not ${wanted} in ${column}.`);
}
