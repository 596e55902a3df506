/** Something about an engine that was looked at. */
export interface EngineFinding {
  readonly about: 'PostgreSQL' | 'NATS';
  /** Stable, to be matched on. */
  readonly code: string;
  readonly severity: 'OK' | 'NOTICE' | 'PROBLEM';
  readonly message: string;
  /** What to do; null where all is well. */
  readonly fix: string | null;
}

/** Clocks that differ more put events at the wrong time, and let what is given again be missed. */
const CLOCK_TOLERANCE_MS = 30_000;

/**
 * An engine's clock against this machine's.
 * @param told what it says
 * @param asked when it was asked, and `answered` when it had answered, by this machine's clock
 */
export function examineClock(
  about: EngineFinding['about'],
  told: number,
  { asked, answered }: { readonly asked: number; readonly answered: number },
): EngineFinding {
  const offMs = told > answered ? told - answered : Math.min(0, told - asked);
  const message = `its clock is ${offMs === 0 ? "the same as this machine's" : `${(offMs / 1000).toFixed(1)} s from this machine's`}.`;
  if (Math.abs(offMs) <= CLOCK_TOLERANCE_MS)
    return { about, code: 'ENGINE_CLOCK_FINE', severity: 'OK', message, fix: null };
  return { about, code: 'ENGINE_CLOCK_OFF', severity: 'PROBLEM', message, fix: 'Have both take their time from NTP.' };
}

/** The numbers of a version such as `2.9.10` or `15.14`, to be compared. */
export function isOlder(version: string, than: readonly [number, number]): boolean {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return major < than[0] || (major === than[0] && minor < than[1]);
}
