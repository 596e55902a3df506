/** An operation for the explorer. */
export interface Operation {
  readonly query: string;
  /** JSON. */
  readonly variables: string;
}

/** The place of the explorer with that operation. Its text stays in the fragment, which is sent nowhere. */
export function operationPath(operation: Operation): string {
  const bytes = new TextEncoder().encode(JSON.stringify([operation.query, operation.variables]));
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return `/explorer/${base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}

/** @returns null where that is no operation */
export function operationOf(text: string): Operation | null {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
    const parsed: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (!Array.isArray(parsed)) return null;
    const [query, variables] = parsed;
    return typeof query === 'string' && typeof variables === 'string' ? { query, variables } : null;
  } catch {
    return null;
  }
}
