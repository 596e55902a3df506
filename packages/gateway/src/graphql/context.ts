import type { Application } from '../application.ts';
import type { Session } from '../security/authenticator.ts';
import { authorise } from '../security/authorise/authorise.ts';
import { type Principal, rightsOf } from '../security/principal.ts';
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
  /**
   * A context of the same rights that does not know who has them. Asking it for caller, session or request throws
   * {@link IdentityNeeded}: what is made in it is good for all who have these rights.
   */
  withoutIdentity(): GraphqlContext;
}

/** Something was asked for that is another for each caller. */
export class IdentityNeeded extends Error {
  constructor() {
    super('This depends on who asks.');
    this.name = 'IdentityNeeded';
  }
}

/** The context of one operation. */
export function createContext(request: RequestOfCaller): GraphqlContext {
  const { session, requestId, onSecurityEvent } = request;
  const caller = session.principal;
  const application = authorise(request.application, caller, onSecurityEvent);
  return {
    application,
    caller,
    session,
    requestId,
    reads: createReads(application),
    withoutIdentity: () => anonymousContext(request.application, caller),
  };
}

function anonymousContext(unauthorised: Application, caller: Principal): GraphqlContext {
  const { scopes, tags, masksNumbers } = rightsOf(caller);
  const nobody: Principal = { kind: 'API_KEY', id: '', name: '', scopes, tags, masksNumbers, expiresAt: null };
  // A refusal is told where the operation is run again for the one whom it concerns.
  const application = authorise(unauthorised, nobody);
  const context: GraphqlContext = {
    application,
    reads: createReads(application),
    get caller(): never {
      throw new IdentityNeeded();
    },
    get session(): never {
      throw new IdentityNeeded();
    },
    get requestId(): never {
      throw new IdentityNeeded();
    },
    withoutIdentity: () => context,
  };
  return context;
}
