import type { FeatureState } from '../../model.ts';
import { recordOf } from '../rows.ts';
import type { Reader } from './reader.ts';

const FEATURES = 'SELECT body FROM features WHERE phone_id = :phoneId ORDER BY feature';

/** How phones' switches stand. Each command asks for it and hardly an event changes it, so what was read is kept until one does. */
export class FeatureStates {
  readonly #reader: Pick<Reader, 'all'>;
  readonly #known = new Map<string, readonly FeatureState[]>();

  constructor(reader: Pick<Reader, 'all'>) {
    this.#reader = reader;
  }

  of(phoneId: string): readonly FeatureState[] {
    const known = this.#known.get(phoneId);
    if (known !== undefined) return known;
    const rows = this.#reader.all(FEATURES, { phoneId });
    // Drivers are given it too.
    const read = Object.freeze(rows.map((row) => Object.freeze(recordOf<FeatureState>(row))));
    this.#known.set(phoneId, read);
    return read;
  }

  /** One of them was written, or may have been. */
  forget(phoneId: string): void {
    this.#known.delete(phoneId);
  }
}
