import { splitOutside } from './grammar.ts';
import { headerKey } from './header-names.ts';

/** One header field as it is written. */
export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

/** The header fields of a message, in order. Names are asked for in any case, long or compact. */
export class HeaderFields implements Iterable<HeaderField> {
  readonly #fields: readonly HeaderField[];
  readonly #values = new Map<string, string[]>();

  constructor(fields: readonly HeaderField[]) {
    this.#fields = fields;
    for (const { name, value } of fields) {
      const key = headerKey(name);
      const values = this.#values.get(key);
      if (values === undefined) this.#values.set(key, [value]);
      else values.push(value);
    }
  }

  /** The value of the first field of that name; undefined where there is none. */
  get(name: string): string | undefined {
    return this.#values.get(headerKey(name))?.[0];
  }

  /** The values of all fields of that name, one a field. */
  all(name: string): readonly string[] {
    return this.#values.get(headerKey(name)) ?? [];
  }

  /**
   * The values of all fields of that name, those with commas taken apart (RFC 3261 section 7.3.1). A field whose quotes
   * do not match stays whole.
   */
  list(name: string): string[] {
    return this.all(name).flatMap((value) => splitOutside(value, ',') ?? [value]);
  }

  [Symbol.iterator](): Iterator<HeaderField> {
    return this.#fields[Symbol.iterator]();
  }
}
