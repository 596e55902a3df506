import type { SentUnit, Statement, Unit } from './protocol.ts';

/**
 * Numbers the texts of statements: they are long, and are the same again and again. Both ends number them in the order in which they were
 * first sent.
 */
export class StatementTexts {
  readonly #numbers = new Map<string, number>();
  readonly #texts: string[] = [];

  /** What is sent for these units, with the texts that the other end has not been told. */
  send(units: readonly Unit[]): { readonly group: readonly SentUnit[]; readonly texts: readonly string[] } {
    const known = this.#texts.length;
    const group = units.map((unit) => unit.map((statement) => this.#sent(statement)));
    return { group, texts: this.#texts.slice(known) };
  }

  /** The units that were sent. */
  receive({ group, texts }: ReturnType<StatementTexts['send']>): readonly Unit[] {
    this.#texts.push(...texts);
    return group.map((unit) => unit.map((statement) => this.#received(statement)));
  }

  // Written out: this is done for each event, and taking objects apart and together is slow.
  #sent({ sql, params, orMissing, atEnd }: Statement): SentUnit[number] {
    const text = this.#number(sql);
    if (orMissing !== undefined) return { text, params, orMissing };
    return atEnd === undefined ? { text, params } : { text, params, atEnd };
  }

  #received({ text, params, orMissing, atEnd }: SentUnit[number]): Statement {
    const sql = this.#texts[text] ?? '';
    if (orMissing !== undefined) return { sql, params, orMissing };
    return atEnd === undefined ? { sql, params } : { sql, params, atEnd };
  }

  #number(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#texts.push(text) - 1;
    this.#numbers.set(text, number);
    return number;
  }
}
