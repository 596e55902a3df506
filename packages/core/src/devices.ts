import type { DeviceEvidence, Identification } from './driver.ts';

/**
 * A MAC address as the contract writes it, `00:15:65:aa:bb:cc`, from any notation: phones send it with colons, with hyphens
 * or bare, in either case. Null: the text is none.
 */
export function normalMac(text: string | null | undefined): string | null {
  const address = (text ?? '').trim().toLowerCase();
  if (!/^[0-9a-f]{2}([:-]?[0-9a-f]{2}){5}$/.test(address)) return null;
  return address.replace(/[:-]/g, '').replace(/..(?!$)/g, '$&:');
}

/**
 * Whether a version, `5.9.3.2857`, is that one or a later one; missing numbers count as 0, and what stands behind the numbers for nothing.
 * @param otherwise what holds where the version is not known
 */
export function isAtLeast(version: string | null, wanted: string, otherwise: boolean): boolean {
  const given = /^\d+(?:\.\d+)*/.exec(version ?? '')?.[0];
  if (given === undefined) return otherwise;
  const own = given.split('.').map(Number);
  for (const [place, part] of wanted.split('.').map(Number).entries()) {
    const difference = (own[place] ?? 0) - part;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** A sign that a device is one of the vendor's: how much it weighs, why, for people, and what it tells beside. */
export interface Clue {
  /** 1 to 100. */
  readonly weight: number;
  readonly reason: string;
  readonly model?: string | null | undefined;
  readonly firmware?: string | null | undefined;
  readonly mac?: string | null | undefined;
}

/** What most devices of a vendor are known by. */
export interface VendorMarks {
  /** Completes "its MAC address is one of". */
  readonly name: string;
  /** The vendor's name in the header `Server`, and in what people say. */
  readonly pattern: RegExp;
  /** The first three bytes of its MAC addresses, as `00:15:65`. */
  readonly ouis: ReadonlySet<string>;
  /** The name of a model as the driver's table has it; null: none of these. */
  readonly modelIn: (text: string) => string | null;
  /** The firmware in the header `Server`. Left out: it does not stand there. */
  readonly firmwareIn?: (server: string) => string | null;
}

/**
 * The clues that any driver has: what the web server calls itself (weight 70), the MAC address (40, {@link ouiClue}), what somebody said (30).
 * Null: there is no such clue.
 */
export function commonClues({ mac, model, replies }: DeviceEvidence, marks: VendorMarks): readonly (Clue | null)[] {
  const { name, pattern, ouis, modelIn, firmwareIn = () => null } = marks;
  const server = replies.map(({ headers }) => headers['server'] ?? '').find((text) => pattern.test(text));
  const said = model === null ? null : modelIn(model);
  const address = normalMac(mac);
  return [
    server === undefined
      ? null
      : { weight: 70, reason: `its web server is "${server}"`, model: modelIn(server), firmware: firmwareIn(server) },
    ouiClue(address, name, ouis),
    said !== null || pattern.test(model ?? '')
      ? { weight: 30, reason: `it was said to be a ${model}`, model: said }
      : null,
  ];
}

/** The clue of a MAC address; null: it is none of the vendor's. Its weight is 40: it tells the maker, not that the device is a phone. */
export function ouiClue(mac: string | null, name: string, ouis: ReadonlySet<string>): Clue | null {
  return mac !== null && ouis.has(mac.slice(0, 8))
    ? { weight: 40, reason: `its MAC address is one of ${name}`, mac }
    : null;
}

/** Weighs clues that are independent of each other, the surest first: they add up to 100, and the first that tells something counts. */
export function identifyBy(clues: readonly (Clue | null)[], { mac }: Pick<DeviceEvidence, 'mac'>): Identification {
  const found = clues.filter((clue) => clue !== null);
  const told = (what: 'model' | 'firmware' | 'mac'): string | null =>
    found.map((clue) => clue[what] ?? null).find((value) => value !== null) ?? null;
  const weight = found.reduce((sum, clue) => sum + clue.weight, 0);
  return {
    score: Math.min(100, weight),
    reasons: found.map(({ reason }) => reason),
    model: told('model'),
    firmware: told('firmware'),
    mac: told('mac') ?? normalMac(mac),
  };
}
