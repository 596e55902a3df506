import { styleText } from 'node:util';
import { Fault } from '../fault.ts';

type Style = Parameters<typeof styleText>[0];

/** Writes a line to standard output. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Writes a line to standard error: what is no result. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Colours a text of standard output where that is a terminal that shows colours and `NO_COLOR` does not forbid it. */
export function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

/** Says what happened and what to do. */
export function sayFault(error: unknown): void {
  const colour = (style: Style, text: string): string => styleText(style, text, { stream: process.stderr });
  const what = error instanceof Error ? error.message : String(error);
  note(`${colour('red', 'error:')} ${oneLine(what)}`);
  note(
    `${colour('cyan', 'do:')} ${error instanceof Fault ? error.fix : '`hookswitch doctor` looks for what is wrong.'}`,
  );
}

/** Text of others, which might hold line breaks and escape sequences, as one line that does nothing to a terminal. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** Columns side by side, as wide as they need to be. */
export function table(rows: readonly (readonly string[])[]): string {
  const clean = rows.map((row) => row.map(oneLine));
  const widths = clean[0]?.map((_, column) => Math.max(...clean.map((row) => (row[column] ?? '').length))) ?? [];
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const [head, ...rest] = clean;
  return [...(head === undefined ? [] : [paint('bold', line(head))]), ...rest.map(line)].join('\n');
}
