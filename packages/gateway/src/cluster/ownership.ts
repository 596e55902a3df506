/** Phones whose owner changes at once. */
export interface PhoneSet {
  has(phoneId: string): boolean;
}

/**
 * Which phones are this gateway's own: the only one that talks to them, and the only one that writes down what follows from
 * what they report. A phone has at most one owner at a time, and for moments none.
 */
export interface Ownership {
  owns(phoneId: string): boolean;
  /** Told after {@link Ownership.owns} says so. @returns stops listening */
  onGained(listener: (phones: PhoneSet) => void): () => void;
  /** Told after {@link Ownership.owns} denies it. @returns stops listening */
  onLost(listener: (phones: PhoneSet) => void): () => void;
}

/** Of a gateway that is alone: every phone is its own, always. */
export const SOLE_OWNER: Ownership = {
  owns: () => true,
  onGained: () => () => {},
  onLost: () => () => {},
};
