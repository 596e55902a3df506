import type { Api } from '../session/api.ts';
import { type Problem, problemOf } from '../session/problems.ts';
import { CallsSubscription, FloorEventsSubscription, type FloorNode, FloorQuery, type LiveCall } from './documents.ts';
import { type FloorPhone, floorPhone, withState } from './floor-phone.ts';
import { follow, type StreamState } from './follow.ts';
import { Store } from './store.ts';

/** What the floor shows. */
export interface FloorSnapshot {
  readonly phones: readonly FloorPhone[];
  readonly byId: ReadonlyMap<string, FloorPhone>;
  /** All phones have been read at least once. */
  readonly isLoaded: boolean;
  readonly stream: StreamState;
  readonly problem: Problem | null;
}

const PAGE = 250;
/** Whether a phone can be reached is told by no event. */
const REACHABILITY_EVERY_MS = 15_000;
const ACTIVE = ['CONNECTED', 'DIALING', 'HELD', 'RINGING'] as const;

/** All phones and their calls, as they are. Started once for all views. */
export class FloorStore extends Store {
  readonly #api: Api;
  readonly #phones = new Map<string, FloorPhone>();
  /** What the gateway last told of each phone. */
  readonly #texts = new Map<string, string>();
  readonly #calls = new Map<string, LiveCall>();
  /** Calls that the stream has told since it began. */
  #told = new Set<string>();
  #isLoaded = false;
  #stream: StreamState = 'connecting';
  #problem: Problem | null = null;
  #stale = new Set<string>();
  #snapshot: FloorSnapshot;

  constructor(api: Api) {
    super();
    this.#api = api;
    this.#snapshot = this.#make();
  }

  /** For `useSyncExternalStore`. */
  readonly snapshot = (): FloorSnapshot => this.#snapshot;

  /**
   * Reads the floor and follows it until it is aborted.
   * @param onRefused the key opens nothing any more; null: it may hear of no calls, and the floor is only read
   */
  start(signal: AbortSignal, onRefused: (() => void) | null): void {
    void this.reload();
    const ifSeen = () => {
      if (document.visibilityState === 'visible') void this.reload();
    };
    const timer = setInterval(ifSeen, REACHABILITY_EVERY_MS);
    document.addEventListener('visibilitychange', ifSeen, { signal });
    signal.addEventListener('abort', () => clearInterval(timer));
    if (onRefused === null) {
      this.#stream = 'refused';
      this.changed();
      return;
    }
    void follow(this.#api.socket, {
      document: CallsSubscription,
      variables: () => ({ filter: { states: [...ACTIVE] } }),
      onStart: () => {
        this.#told = new Set();
      },
      onData: ({ calls }) => (calls.__typename === 'Call' ? this.#onCall(calls) : this.#onCaughtUp()),
      onState: (state) => {
        this.#stream = state;
        if (state === 'refused') onRefused();
        this.changed();
      },
      signal,
    });
    void follow(this.#api.socket, {
      document: FloorEventsSubscription,
      variables: () => ({}),
      onData: ({ phoneEvents: event }) => {
        if (event.__typename === 'CaughtUp' || event.__typename === 'EventsMissed') return;
        if (event.__typename === 'FeatureEvent') this.#onFeature(event);
        else this.refresh(event.phone.id);
      },
      signal,
    });
  }

  /** Reads all phones again. */
  async reload(): Promise<void> {
    const seen = new Set<string>();
    for (let after: string | null = null; ; ) {
      const { data, error } = await this.#api.http.query(FloorQuery, { first: PAGE, after }).toPromise();
      if (error !== undefined || data === undefined) {
        this.#problem = error === undefined ? null : problemOf(error);
        return this.changed();
      }
      for (const node of data.phones.nodes) {
        seen.add(node.id);
        this.#put(node);
      }
      after = data.phones.pageInfo.endCursor;
      if (!data.phones.pageInfo.hasNextPage || after === null) break;
      this.changed();
    }
    for (const id of this.#phones.keys()) if (!seen.has(id)) this.#phones.delete(id);
    this.#isLoaded = true;
    this.#problem = null;
    this.changed();
  }

  /** Reads one phone again, with others that are asked for at the same time. */
  refresh(id: string): void {
    if (this.#stale.size === 0) queueMicrotask(() => void this.#readStale());
    this.#stale.add(id);
  }

  async #readStale(): Promise<void> {
    const ids = [...this.#stale];
    this.#stale = new Set();
    const { data } = await this.#api.http.query(FloorQuery, { first: PAGE, filter: { ids } }).toPromise();
    for (const node of data?.phones.nodes ?? []) this.#put(node);
    this.changed();
  }

  /** A phone of which nothing is new stays the same object: its card is not drawn again. */
  #put(node: FloorNode): void {
    const text = JSON.stringify(node);
    if (this.#texts.get(node.id) === text && this.#phones.has(node.id)) return;
    this.#texts.set(node.id, text);
    this.#phones.set(node.id, floorPhone(node, this.#callsOf(node.id), this.#phones.get(node.id)));
  }

  #callsOf(phoneId: string): readonly LiveCall[] {
    return [...this.#calls.values()].filter(({ phone }) => phone.id === phoneId);
  }

  #onCall(call: LiveCall): void {
    this.#told.add(call.id);
    if (call.state === 'ENDED') this.#calls.delete(call.id);
    else this.#calls.set(call.id, call);
    this.#updateCalls(call.phone.id);
  }

  /** What went on before the network was cut and is not told any more has ended meanwhile. */
  #onCaughtUp(): void {
    for (const [id, { phone }] of this.#calls) {
      if (this.#told.has(id)) continue;
      this.#calls.delete(id);
      this.#updateCalls(phone.id);
    }
  }

  #updateCalls(phoneId: string): void {
    const phone = this.#phones.get(phoneId);
    if (phone === undefined) this.refresh(phoneId);
    else this.#phones.set(phoneId, withState({ ...phone, calls: this.#callsOf(phoneId) }));
    this.changed();
  }

  #onFeature({ phone: { id }, feature, enabled }: { phone: { id: string }; feature: string; enabled: boolean }): void {
    const phone = this.#phones.get(id);
    if (phone === undefined || feature !== 'DO_NOT_DISTURB') this.refresh(id);
    else this.#phones.set(id, withState({ ...phone, doNotDisturb: enabled }));
    this.changed();
  }

  protected override beforeTold(): void {
    this.#snapshot = this.#make();
  }

  #make(): FloorSnapshot {
    const phones = [...this.#phones.values()].sort((a, b) => COLLATOR.compare(a.name, b.name));
    return {
      phones,
      byId: new Map(this.#phones),
      isLoaded: this.#isLoaded,
      stream: this.#stream,
      problem: this.#problem,
    };
  }
}

const COLLATOR = new Intl.Collator(undefined, { numeric: true });
