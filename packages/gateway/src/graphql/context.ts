import type { Application } from '../application.ts';
import type { Session } from '../security/authenticator.ts';
import { authorise } from '../security/authorise/authorise.ts';
import type { Principal } from '../security/principal.ts';
import type { OnSecurityEvent } from '../security/security-events.ts';
import { createReads, type Reads } from './reads.ts';

/** Who asks, and under which name. */
export interface RequestOfCaller {
  readonly application: Application;
  /** Operations of nobody are refused before they are parsed. */
  readonly session: Session;
  /** What the log and the caller call this request by. */
  readonly requestId: string;
  readonly onSecurityEvent?: OnSecurityEvent | undefined;
}

/** What every resolver is handed: one a request, or one an operation over WebSocket. */
export interface GraphqlContext {
  /** As far as the caller may use it: resolvers need not ask who may what. */
  readonly application: Application;
  readonly caller: Principal;
  readonly session: Session;
  readonly requestId: string;
  readonly reads: Reads;
}

/** The context of one operation. */
export function createContext(request: RequestOfCaller): GraphqlContext {
  const { session, requestId, onSecurityEvent } = request;
  const caller = session.principal;
  const application = authorise(request.application, caller, onSecurityEvent);
  return { application, caller, session, requestId, reads: createReads(application) };
}
