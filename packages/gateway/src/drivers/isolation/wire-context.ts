import type { DriverContext } from '@hookswitch/core';

/** What of a context is data: it goes to the worker with the call that it is for. */
export interface WireContext extends Pick<DriverContext, 'phone' | 'calls' | 'features' | 'unknownState' | 'doubtful'> {
  /** By which both sides name it. */
  readonly id: number;
  /** The gateway's time, in milliseconds since 1970. */
  readonly now: number;
  readonly aborted: boolean;
}

/** What a monitor is started with. */
export interface WireWatch {
  readonly context: WireContext;
  readonly askEveryMs: number;
}

/** Which function of which rung is run. */
export interface WireRun {
  readonly context: WireContext;
  readonly capability: string;
  readonly rung: number;
  /** `together`: several lights in one request. */
  readonly method: string;
  /** Those before the context. */
  readonly args: readonly unknown[];
}
