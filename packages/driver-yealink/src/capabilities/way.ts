import type { DriverContext, Outcome } from '@hookswitch/core';
import type { Traits } from '../traits.ts';

/** One way by which values of the vendor's Action URI table reach the phone. */
export interface KeyWay {
  readonly traits: Traits;
  /** Whether the phone can be asked on it how its switches stand. */
  readonly canAsk: boolean;
  /** Whether several values may go out as one request, `key=K1;K2`. */
  readonly sequences: boolean;
  /** Why a text cannot stand in a value on this way, for people; null: it can. */
  objectionTo(text: string): string | null;
  /** Sends these values, percent-encoded, as one request and reads the reply. */
  press(keys: readonly string[], context: DriverContext): Promise<Outcome>;
  /** Dials; `account` undefined: from the phone's default account. */
  dial(number: string, account: string | undefined, context: DriverContext): Promise<Outcome>;
}

/** One way by which XML objects reach the phone. */
export interface DocumentWay {
  readonly traits: Traits;
  /** Whether the phone can be asked on it how its switches stand. */
  readonly canAsk: boolean;
  /** Sends one document and reads the reply. */
  push(document: string, context: DriverContext): Promise<Outcome>;
}
