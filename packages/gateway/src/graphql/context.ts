import type { Application } from '../application.ts';
import type { Caller } from '../model.ts';

/** What every resolver is handed: one a request, or one an operation over WebSocket. */
export interface GraphqlContext {
  readonly application: Application;
  /** Who asks. Operations of nobody are refused before they are parsed. */
  readonly caller: Caller;
  /** What the log and the caller call this request by. */
  readonly requestId: string;
}
