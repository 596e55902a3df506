import type { SqlValue } from './database.ts';

/** What narrows a query, with the values of its `$1`, `$2` …. */
export class Conditions {
  readonly #parts: string[] = [];
  readonly #values: SqlValue[] = [];

  /** @param sql makes the condition of the placeholder. With undefined nothing is added. */
  add(value: SqlValue | undefined, sql: (placeholder: string) => string): this {
    if (value !== undefined) this.#parts.push(sql(this.value(value)));
    return this;
  }

  /** The column has one of the values; undefined: whatever it has. */
  isIn(column: string, values: readonly string[] | undefined): this {
    return this.add(values, (list) => `${column} = ANY (${list}::text[])`);
  }

  /** The placeholder of a further value. */
  value(value: SqlValue): string {
    this.#values.push(value);
    return `$${this.#values.length}`;
  }

  get values(): readonly SqlValue[] {
    return this.#values;
  }

  /** `WHERE …`, or nothing. */
  get where(): string {
    return this.#parts.length === 0 ? '' : `WHERE ${this.#parts.join(' AND ')}`;
  }
}
