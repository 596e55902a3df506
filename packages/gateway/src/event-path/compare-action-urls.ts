import type { ActionUrl } from '@hookswitch/core';

/** What is wrong with a URL on a phone. ADDRESS: it leads to another host or port. TOKEN: it holds another token. */
export type UrlFault = 'MISSING' | 'ADDRESS' | 'TOKEN' | 'OTHER';

/** A setting of a phone that does not hold the URL that it should. The URL itself is not told: it may hold a token. */
export interface UrlDrift {
  readonly setting: string;
  readonly fault: UrlFault;
  /** The origin that the URL on the phone leads to; null: it is no URL. */
  readonly leadsTo: string | null;
}

/** What a phone's action URLs were found to be. */
export interface UrlComparison {
  /** How many of the wanted ones could be read. */
  readonly readable: number;
  /** How many of them lead here as they should. */
  readonly right: number;
  readonly drifts: readonly UrlDrift[];
}

const OURS = /^\/(?:[^?#]*\/)?a\/([A-Za-z0-9_-]{16,64})\/([A-Za-z0-9_-]{1,64})$/;

/**
 * Compares what a phone holds with what it should hold.
 * @param actual by the setting's name; one that is not in it could not be read
 * @param managed settings that the gateway has written; null: it never wrote any. Then a setting that is empty or leads to
 * another system is nobody's fault, and one counts only if it has the form of the gateway's own URLs.
 */
export function compareActionUrls(
  wanted: readonly ActionUrl[],
  actual: ReadonlyMap<string, string>,
  managed: ReadonlySet<string> | null,
): UrlComparison {
  const readable = wanted.filter(({ setting }) => actual.has(setting));
  const drifts = readable.flatMap(({ setting, url }): readonly UrlDrift[] => {
    const held = actual.get(setting)?.trim() ?? '';
    if (held === url) return [];
    const drift = { setting, ...faultOf(url, held) };
    const isOurs = OURS.test(URL.parse(held)?.pathname ?? '');
    const counts = managed === null ? isOurs : managed.has(setting);
    return counts ? [drift] : [];
  });
  const right = readable.filter(({ setting, url }) => actual.get(setting)?.trim() === url).length;
  return { readable: readable.length, right, drifts };
}

function faultOf(wanted: string, held: string): Omit<UrlDrift, 'setting'> {
  if (held === '') return { fault: 'MISSING', leadsTo: null };
  const [there, here] = [URL.parse(held), URL.parse(wanted)];
  const leadsTo = there === null ? null : there.origin;
  if (there === null || here === null || there.origin !== here.origin) return { fault: 'ADDRESS', leadsTo };
  const [token, ours] = [OURS.exec(there.pathname)?.[1], OURS.exec(here.pathname)?.[1]];
  return { fault: token !== undefined && token !== ours ? 'TOKEN' : 'OTHER', leadsTo };
}

/** In words, for a failure or a finding. */
export function describeDrifts(drifts: readonly UrlDrift[]): string {
  const words = (['ADDRESS', 'TOKEN', 'MISSING', 'OTHER'] as const).flatMap((fault) => {
    const some = drifts.filter((drift) => drift.fault === fault);
    if (some.length === 0) return [];
    const names = some.map(({ setting }) => setting).join(', ');
    const places = [...new Set(some.map(({ leadsTo }) => leadsTo ?? 'no address'))].join(', ');
    return [`${names} ${FAULT_WORDS[fault].replace('PLACES', places)}`];
  });
  return words.join('; ');
}

const FAULT_WORDS: Readonly<Record<UrlFault, string>> = {
  ADDRESS: 'lead to another address (PLACES)',
  TOKEN: 'hold another token',
  MISSING: 'are empty',
  OTHER: 'hold other variables or another path',
};
