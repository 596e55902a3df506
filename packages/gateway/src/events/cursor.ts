/**
 * A place in the log as clients see it. Opaque to them: what stands in it may change, and a cursor that somebody made up
 * is refused.
 */
export function encodeCursor(sequence: number): string {
  return Buffer.from(`event:${sequence}`).toString('base64url');
}

/** @returns null where the text is no cursor of the log. */
export function decodeCursor(cursor: string): number | null {
  const match = /^event:(0|[1-9][0-9]{0,14})$/.exec(Buffer.from(cursor, 'base64url').toString());
  return match?.[1] !== undefined && encodeCursor(Number(match[1])) === cursor ? Number(match[1]) : null;
}
