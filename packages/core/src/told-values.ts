/** An object with names, of which nothing else is known: what a phone told as JSON or XML. */
export type ToldRecord = Readonly<Record<string, unknown>>;

/** Whether something is an object with names, and no list. */
export function isRecord(value: unknown): value is ToldRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object that a text of JSON holds; null: it holds none. Never throws. */
export function recordIn(text: string): ToldRecord | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

/** The text under a name of what was told, trimmed; null where there is none, or something else. */
export function textOf(told: unknown, name: string): string | null {
  const value = isRecord(told) ? entryOf(told, name) : undefined;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** What should be a list of objects, of which some firmware gives a single member bare. What is no object is left out. */
export function recordsOf(told: unknown): readonly ToldRecord[] {
  return (Array.isArray(told) ? told : [told]).filter(isRecord);
}

/** The row of a table under a name that somebody else chose; undefined: it has none. `toString` is none. */
export function entryOf<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** A text as it may stand in XML, as content or between double quotes. Characters that XML forbids are left out. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[^\P{Cc}\t\n\r]/gu, '');
}

/** A list in portions, for phones that take so many at once. */
export function portionsOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, at) => items.slice(at * size, (at + 1) * size));
}
