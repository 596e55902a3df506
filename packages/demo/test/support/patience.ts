/** Waits fail only where something never happens: a busy machine is no failure. */
export const PATIENCE = { timeoutMs: 20_000 } as const;
