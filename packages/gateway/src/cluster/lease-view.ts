/** How often a gateway says that it is there. */
export const BEAT_MS = 600;
/**
 * A gateway that has not spoken between so many words of this one is taken for dead: after 3 s, since this one's are
 * {@link BEAT_MS} apart. They are counted as they stand in the bucket, so that neither a clock, nor a pause of this gateway,
 * nor a bucket that is not reached makes others look dead.
 */
const MISSED_BEATS = 6;
/**
 * Words of this gateway that had to wait, for a connection that was cut or a bucket whose disk stood still, come at once: they
 * count as one, since others had no time to speak between them.
 */
const LEAST_APART_MS = BEAT_MS / 2;

/** A minute. */
const FORGOTTEN_BEATS = 100;

/** Who has a lease. */
export interface Lease {
  readonly owner: string;
  /** Of its key: who takes it must name it. */
  readonly revision: number;
}

/** A change of the bucket. */
export interface LeaseEntry {
  readonly key: string;
  readonly revision: number;
  /** Null: it is gone. */
  readonly value: string | null;
}

interface Member {
  /** Null: it has not spoken since this gateway looks; its leases are there. */
  readonly site: string | null;
  missed: number;
}

/** What a gateway says that has no leases any more, and still waits for what others do for it. No site is called so. */
export const HAS_LEFT = '-';

const MEMBER = 'member.';
const LANE = 'lane.';

/** The key by which a gateway says that it is there. */
export function memberKey(member: string): string {
  return `${MEMBER}${member}`;
}

/** The key of a lease. */
export function leaseKey(lane: string): string {
  return `${LANE}${lane}`;
}

/** Who is there and who has which lease, as the bucket tells it. Of a lease what is older than what is known says nothing. */
export class LeaseView {
  readonly #self: string;
  readonly #ticks: () => number;
  readonly #members = new Map<string, Member>();
  readonly #leases = new Map<string, Lease>();
  /** When a word of this gateway was last counted. */
  #countedAt = Number.NEGATIVE_INFINITY;
  /** Of leases' keys, those that are gone included. */
  readonly #newest = new Map<string, number>();

  /** @param ticks milliseconds of a clock that only runs forward */
  constructor(self: string, ticks: () => number) {
    this.#self = self;
    this.#ticks = ticks;
  }

  apply({ key, revision, value }: LeaseEntry): void {
    if (key.startsWith(MEMBER)) this.#heard(key.slice(MEMBER.length), value);
    else if (key.startsWith(LANE)) this.#leased(key.slice(LANE.length), value, revision);
  }

  lease(lane: string): Lease | null {
    return this.#leases.get(lane) ?? null;
  }

  isAlive(member: string): boolean {
    return (this.#members.get(member)?.missed ?? MISSED_BEATS) < MISSED_BEATS;
  }

  /** Whether leases that name it are its own: it is there, and has not left them to others. */
  mayOwn(member: string): boolean {
    return this.isAlive(member) && this.#members.get(member)?.site !== HAS_LEFT;
  }

  /** Which other gateway has a lease, as far as this one knows; null: none, or this one. */
  ownerBeside(lane: string): string | null {
    const owner = this.lease(lane)?.owner ?? this.#self;
    return owner === this.#self || !this.mayOwn(owner) ? null : owner;
  }

  /** Whether it ended without a word: who leaves says so. */
  hasDied(member: string): boolean {
    return (this.#members.get(member)?.missed ?? 0) >= MISSED_BEATS;
  }

  /** Gateways of a site that are there. */
  aliveAt(site: string): readonly string[] {
    return [...this.#members].flatMap(([id, member]) => (member.site === site && this.isAlive(id) ? [id] : []));
  }

  /** Gateways whose word still stands there though they died long ago. */
  get longDead(): readonly string[] {
    return [...this.#members].flatMap(([id, { missed }]) => (missed > FORGOTTEN_BEATS ? [id] : []));
  }

  #heard(id: string, site: string | null): void {
    if (site === null) this.#members.delete(id);
    else this.#members.set(id, { site, missed: 0 });
    if (id !== this.#self || site === null) return;
    const now = this.#ticks();
    if (now - this.#countedAt < LEAST_APART_MS) return;
    this.#countedAt = now;
    for (const [other, member] of this.#members) if (other !== this.#self) member.missed += 1;
  }

  #leased(lane: string, owner: string | null, revision: number): void {
    if (revision < (this.#newest.get(lane) ?? 0)) return;
    this.#newest.set(lane, revision);
    if (owner === null) {
      this.#leases.delete(lane);
      return;
    }
    this.#leases.set(lane, { owner, revision });
    // What it said last may come behind its leases.
    if (!this.#members.has(owner)) this.#members.set(owner, { site: null, missed: 0 });
  }
}
