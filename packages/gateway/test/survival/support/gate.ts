/** Holds back those who need a gateway while none runs. */
export interface Gate {
  /** Resolves at once where it is open, else when it opens. */
  readonly whenOpen: () => Promise<void>;
  open(): void;
  close(): void;
}

/** A closed gate. */
export function createGate(): Gate {
  let opened = Promise.withResolvers<void>();
  return {
    whenOpen: () => opened.promise,
    open: () => opened.resolve(),
    close() {
      opened = Promise.withResolvers<void>();
    },
  };
}
