import type { Application } from '../application.ts';
import type { Caller } from '../model.ts';
import { createReads, type Reads } from './reads.ts';

/** Who asks, and under which name. */
export interface RequestOfCaller {
  readonly application: Application;
  /** Operations of nobody are refused before they are parsed. */
  readonly caller: Caller;
  /** What the log and the caller call this request by. */
  readonly requestId: string;
}

/** What every resolver is handed: one a request, or one an operation over WebSocket. */
export interface GraphqlContext extends RequestOfCaller {
  readonly reads: Reads;
}

/** The context of one operation. */
export function createContext(request: RequestOfCaller): GraphqlContext {
  return { ...request, reads: createReads(request.application) };
}
