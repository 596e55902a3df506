import type { Command } from '../model.ts';

/** What a gateway got with the lease of a lane: it may mark commands as sent as long as nobody has got a newer one. */
export interface LaneToken {
  /** Whose token it is, as the lease calls it. */
  readonly lane: string;
  readonly token: number;
}

/** A command that is not settled. */
export interface OpenCommand {
  readonly command: Command;
  /** The gateway that was asked; null: it was alone. */
  readonly askedOf: string | null;
  /** By which it was marked as sent; null: it was not. */
  readonly token: number | null;
}

/** What a store that several gateways work on keeps of the lanes of phones. */
export interface LaneStore {
  /** This gateway, among the others. */
  readonly member: string;
  /**
   * Gives this gateway new tokens: whoever had one of these lanes before marks nothing as sent there any more.
   * @returns by lane
   */
  take(lanes: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Commands that are not settled, of all gateways, oldest first. */
  open(): Promise<readonly OpenCommand[]>;
}
