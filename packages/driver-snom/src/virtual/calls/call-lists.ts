/** An entry of a call list. */
export interface CallListEntry {
  readonly number: string;
  readonly displayName: string;
}

/** Which list of calls. */
export type CallListName = 'dialed' | 'missed' | 'received';

/** The phone's lists of past calls, oldest first. */
export class CallLists {
  readonly #lists: Record<CallListName, CallListEntry[]> = { dialed: [], missed: [], received: [] };

  get dialed(): readonly CallListEntry[] {
    return this.#lists.dialed;
  }

  get missed(): readonly CallListEntry[] {
    return this.#lists.missed;
  }

  get received(): readonly CallListEntry[] {
    return this.#lists.received;
  }

  /** Adds an entry at the end. */
  add(list: CallListName, { number, displayName }: CallListEntry): void {
    this.#lists[list].push({ number, displayName });
  }

  /** Empties a list. */
  clear(list: CallListName): void {
    this.#lists[list] = [];
  }
}
