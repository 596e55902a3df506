import type { LaneStore } from '../store/lane-store.ts';
import type { Bus } from './bus.ts';

/** What leases are kept with. */
export interface LeasedLanesOptions {
  readonly bus: Bus;
  readonly store: LaneStore;
  /** The site whose phones this gateway reaches; empty: those of no site. */
  readonly site: string;
  /** Of the bucket, where it is made. */
  readonly replicas: number;
  /** Milliseconds of a clock that only runs forward. */
  readonly ticks: () => number;
  readonly onError: (error: unknown, doing: string) => void;
}

/** What leases are asked of the rest of the gateway. */
export interface LanesInUse {
  /** Null: no phone of that id is known. */
  readonly tagsOf: (phoneId: string) => readonly string[] | null;
  /** Phones of which a command or a reading waits, runs, or waits for its proof: they are not given away. */
  readonly busy: () => Iterable<string>;
}
