import type { LaneToken } from '../store/lane-store.ts';
import { createLaneFinder, inOwnOrder, lanesOfSite } from './lanes-of-phones.ts';
import { type LeaseBucket, openLeaseBucket } from './lease-bucket.ts';
import { BEAT_MS, HAS_LEFT, LeaseView, leaseKey, memberKey } from './lease-view.ts';
import type { LanesInUse, LeasedLanesOptions } from './leased-lanes-options.ts';
import type { Ownership, PhoneSet } from './ownership.ts';

/** An owner that could not say so for so long stops: well before others may take it for dead. */
const LEASE_MS = 2_000;
/** How often it looks whether that is so. */
const LOOK_MS = 100;
/** So many of its own words may be missing from what it sees of the bucket: then it looks at the bucket anew. */
const UNSEEN_BEATS = 3;

interface Held {
  /** Of the lease's key. */
  readonly revision: number;
  readonly token: number;
}

type Listener = (phones: PhoneSet) => void;

/**
 * The leases of one gateway. It keeps as many as are its share among the gateways of its site that are there, takes those of
 * gateways that have died, and gives up what it cannot be sure of.
 */
export class LeasedLanes implements Ownership {
  readonly #options: LeasedLanesOptions;
  readonly #self: string;
  readonly #lanes: readonly string[];
  readonly #view: LeaseView;
  readonly #held = new Map<string, Held>();
  readonly #gained = new Set<Listener>();
  readonly #lost = new Set<Listener>();
  #inUse: LanesInUse = { tagsOf: () => [], busy: () => [] };
  readonly #find = createLaneFinder();
  #bucket: LeaseBucket | null = null;
  #timer: NodeJS.Timeout | null = null;
  #looking: NodeJS.Timeout | null = null;
  /** When it last began to speak. */
  #begunAt = Number.NEGATIVE_INFINITY;
  /** When it last spoke and was heard. */
  #spokenAt = Number.NEGATIVE_INFINITY;
  #unseen = 0;
  #state: 'apart' | 'here' | 'leaving' | 'gone' = 'apart';
  /** Given away, and the bucket has not said so yet. */
  readonly #given = new Set<string>();
  #sharing: Promise<void> | null = null;
  #shareAgain = false;

  constructor(options: LeasedLanesOptions) {
    this.#options = options;
    this.#self = options.store.member;
    this.#lanes = inOwnOrder(lanesOfSite(options.site), this.#self);
    this.#view = new LeaseView(this.#self, options.ticks);
  }

  /** Joins the others. Resolves when it has the leases that are free now. @throws where the bucket or the store is not reached */
  async join(inUse: LanesInUse): Promise<void> {
    const { bus, replicas, onError } = this.#options;
    this.#inUse = inUse;
    this.#bucket = await openLeaseBucket(bus, replicas, {
      onEntry: (entry) => {
        if (entry.key === memberKey(this.#self)) this.#unseen = 0;
        this.#view.apply(entry);
        this.#checkHeld();
        // Somebody has given something away.
        if (entry.value === null || entry.value === HAS_LEFT) this.#share();
      },
      onError: (error) => onError(error, 'watch the leases'),
    });
    await this.#speak(this.#bucket);
    await this.#bucket.watch();
    this.#state = 'here';
    this.#looking = setInterval(() => this.#checkHeld(), LOOK_MS);
    this.#schedule();
    await this.#takeShare(this.#bucket);
  }

  owns(phoneId: string): boolean {
    const lane = this.laneOf(phoneId);
    return lane !== null && this.#isSure() && this.#held.has(lane);
  }

  /** Whether it is the one to be asked for something new. */
  accepts(phoneId: string): boolean {
    return this.#state === 'here' && this.owns(phoneId);
  }

  /** By which commands of the phone are marked as sent; null: this gateway does not own it. */
  tokenOf(phoneId: string): LaneToken | null {
    const lane = this.laneOf(phoneId);
    const held = lane === null ? undefined : this.#held.get(lane);
    return lane === null || held === undefined || !this.#isSure() ? null : { lane, token: held.token };
  }

  /** The lease that a phone belongs to, whoever has it; null: nobody ever could. */
  laneOf(phoneId: string): string | null {
    const tags = this.#inUse.tagsOf(phoneId);
    // Another gateway has added it just now: this one is about to read of it.
    return tags === null ? null : this.#find(phoneId, tags);
  }

  /** The leases that it has now. */
  get held(): readonly string[] {
    return this.#isSure() ? [...this.#held.keys()] : [];
  }

  /** Whether a gateway is there, as far as this one knows. */
  isAlive(member: string): boolean {
    return member === this.#self || this.#view.isAlive(member);
  }

  /** What the bucket tells of others. */
  get others(): Pick<LeaseView, 'ownerBeside' | 'hasDied'> {
    return this.#view;
  }

  /** The store has refused the token of a phone's lane: another gateway has a newer one. */
  refused(phoneId: string): void {
    const lane = this.laneOf(phoneId);
    if (lane !== null) this.#drop([lane]);
  }

  onGained(listener: Listener): () => void {
    this.#gained.add(listener);
    return () => void this.#gained.delete(listener);
  }

  onLost(listener: Listener): () => void {
    this.#lost.add(listener);
    return () => void this.#lost.delete(listener);
  }

  /** Takes no further lease, and is to be asked for nothing new. What it has it keeps until {@link LeasedLanes.handOver}. */
  leave(): void {
    if (this.#state !== 'gone') this.#state = 'leaving';
  }

  /** Gives everything to the others at once. Never rejects: whoever is not reached waits until this gateway is taken for dead. */
  async handOver(): Promise<void> {
    if (this.#state === 'gone') return;
    this.#state = 'gone';
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#looking !== null) clearInterval(this.#looking);
    await this.#sharing;
    this.#drop([...this.#held.keys()]);
    await this.#tellOthers((bucket) => bucket.put(memberKey(this.#self), HAS_LEFT));
  }

  /** Whatever was asked of this gateway it waits for no more. Never rejects, as {@link LeasedLanes.handOver}. */
  async close(): Promise<void> {
    await this.#tellOthers((bucket) => bucket.remove(memberKey(this.#self), null));
    this.#bucket?.close();
  }

  async #tellOthers(tell: (bucket: LeaseBucket) => Promise<unknown>): Promise<void> {
    const { bus, onError } = this.#options;
    if (this.#bucket === null || !bus.isConnected) return;
    await tell(this.#bucket).catch((error: unknown) => onError(error, 'hand the leases over'));
  }

  #isSure(): boolean {
    return this.#options.ticks() - this.#spokenAt < LEASE_MS;
  }

  #schedule(): void {
    if (this.#state === 'gone') return;
    // From word to word, however long the answer takes.
    const sinceMs = this.#options.ticks() - this.#begunAt;
    const beat = (): void => void this.#beat().finally(() => this.#schedule());
    this.#timer = setTimeout(beat, Math.max(0, BEAT_MS - sinceMs));
  }

  async #beat(): Promise<void> {
    const { bus, onError } = this.#options;
    const bucket = this.#bucket;
    this.#begunAt = this.#options.ticks();
    if (bucket === null || !bus.isConnected) return;
    try {
      await this.#speak(bucket);
      if (this.#unseen > UNSEEN_BEATS) await bucket.watch();
      // Not waited for: the store may take longer than a lease lasts.
      this.#share();
    } catch (error) {
      onError(error, 'keep the leases');
    }
  }

  async #speak(bucket: LeaseBucket): Promise<void> {
    const at = this.#options.ticks();
    this.#begunAt = at;
    this.#unseen += 1;
    await bucket.put(memberKey(this.#self), this.#options.site);
    this.#spokenAt = at;
  }

  #share(): void {
    const bucket = this.#bucket;
    this.#shareAgain = this.#sharing !== null;
    if (bucket === null || this.#sharing !== null || this.#state !== 'here' || !this.#isSure()) return;
    this.#sharing = this.#takeShare(bucket)
      .catch((error: unknown) => this.#options.onError(error, 'share the leases'))
      .finally(() => {
        this.#sharing = null;
        if (this.#shareAgain) this.#share();
      });
  }

  /** Takes what is missing to its share of what nobody has, or gives away what it has too much. */
  async #takeShare(bucket: LeaseBucket): Promise<void> {
    const members = new Set([...this.#view.aliveAt(this.#options.site), this.#self]);
    const fair = Math.ceil(this.#lanes.length / members.size);
    const owner = (lane: string) => this.#view.lease(lane)?.owner ?? null;
    for (const lane of this.#given) if (owner(lane) !== this.#self) this.#given.delete(lane);
    const own = this.#lanes.filter((lane) => owner(lane) === this.#self && !this.#given.has(lane));
    const free = this.#lanes.filter((lane) => !this.#view.mayOwn(owner(lane) ?? ''));
    const missing = own.filter((lane) => !this.#held.has(lane));
    const wanted = [...missing, ...free.slice(0, Math.max(0, fair - own.length))];
    if (wanted.length > 0) await this.#take(bucket, wanted);
    await this.#giveAway(bucket, this.#held.size - fair);
    await Promise.allSettled(this.#view.longDead.map((member) => bucket.remove(memberKey(member), null)));
  }

  async #take(bucket: LeaseBucket, lanes: readonly string[]): Promise<void> {
    const leased = await this.#claim(
      bucket,
      lanes.map((lane) => ({ lane, revision: this.#view.lease(lane)?.revision ?? null })),
    );
    if (leased.length === 0) return;
    const tokens = await this.#options.store.take(leased.map(({ lane }) => lane));
    // A pause of this gateway may have been longer than its lease: then somebody else has it by now.
    const still = await this.#claim(bucket, leased);
    const gained = still.flatMap(({ lane, revision }) => {
      const token = tokens.get(lane);
      return token === undefined ? [] : [{ lane, revision, token }];
    });
    if (this.#state === 'gone' || !this.#isSure()) return;
    for (const { lane, ...held } of gained) this.#held.set(lane, held);
    this.#tell(
      this.#gained,
      gained.map(({ lane }) => lane),
    );
  }

  /** @returns those that it has now, with their revisions */
  async #claim(
    bucket: LeaseBucket,
    lanes: readonly { readonly lane: string; readonly revision: number | null }[],
  ): Promise<readonly { readonly lane: string; readonly revision: number }[]> {
    const answers = await Promise.allSettled(
      lanes.map(({ lane, revision }) => bucket.replace(leaseKey(lane), this.#self, revision)),
    );
    this.#report(answers);
    return answers.flatMap((answer, index) => {
      const lane = lanes[index]?.lane;
      const revision = answer.status === 'fulfilled' ? answer.value : null;
      return lane === undefined || revision === null ? [] : [{ lane, revision }];
    });
  }

  async #giveAway(bucket: LeaseBucket, surplus: number): Promise<void> {
    if (surplus <= 0) return;
    const busy = new Set([...this.#inUse.busy()].map((phoneId) => this.laneOf(phoneId)));
    const idle = [...this.#held].filter(([lane]) => !busy.has(lane)).slice(-surplus);
    for (const [lane] of idle) this.#given.add(lane);
    this.#drop(idle.map(([lane]) => lane));
    const answers = await Promise.allSettled(
      idle.map(([lane, { revision }]) => bucket.remove(leaseKey(lane), revision)),
    );
    this.#report(answers);
    // The bucket may say as before that it has it: then nobody else takes it.
    for (const [index, [lane]] of idle.entries()) if (answers[index]?.status === 'rejected') this.#given.delete(lane);
  }

  #report(answers: readonly PromiseSettledResult<unknown>[]): void {
    const failed = answers.find((answer) => answer.status === 'rejected');
    if (failed !== undefined) this.#options.onError(failed.reason, 'change the leases');
  }

  /** What it is not sure of any more, or another gateway has taken, is lost. */
  #checkHeld(): void {
    const lost = [...this.#held].filter(([lane, { revision }]) => {
      const lease = this.#view.lease(lane);
      const isTaken = lease !== null && lease.revision > revision && lease.owner !== this.#self;
      return isTaken || !this.#isSure();
    });
    this.#drop(lost.map(([lane]) => lane));
  }

  #drop(lanes: readonly string[]): void {
    const dropped = lanes.filter((lane) => this.#held.delete(lane));
    if (dropped.length > 0) this.#tell(this.#lost, dropped);
  }

  #tell(listeners: ReadonlySet<Listener>, lanes: readonly string[]): void {
    const among = new Set<string | null>(lanes);
    for (const listener of listeners) listener({ has: (phoneId) => among.has(this.laneOf(phoneId)) });
  }
}
