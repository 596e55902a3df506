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
  /** What the log and the caller call this request by; a function: made when it is first asked for. */
  readonly requestId: string | (() => string);
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
  return new OperationContext(request, authorisedFor(request));
}

/** The same with properties of its own alone: GraphQL Yoga copies these, and nothing else. */
export function plainContext(context: GraphqlContext): GraphqlContext {
  const { application, caller, session, requestId, reads } = context;
  return { application, caller, session, requestId, reads, withoutIdentity: () => context.withoutIdentity() };
}

/** Authorised applications hold nothing but rights and who has them: one serves all operations of a principal. */
const authorised = new WeakMap<Principal, Pick<RequestOfCaller, 'onSecurityEvent'> & AuthorisedFor>();

interface AuthorisedFor {
  /** What was authorised. */
  readonly of: Application;
  readonly application: Application;
}

function authorisedFor({ application: of, session, onSecurityEvent }: RequestOfCaller): Application {
  const { principal } = session;
  const known = authorised.get(principal);
  if (known !== undefined && known.of === of && known.onSecurityEvent === onSecurityEvent) return known.application;
  const application = authorise(of, principal, onSecurityEvent);
  authorised.set(principal, { of, onSecurityEvent, application });
  return application;
}

/** A class, since there is one a subscriber. */
class OperationContext implements GraphqlContext {
  readonly application: Application;
  readonly session: Session;
  #requestId: RequestOfCaller['requestId'];
  readonly #unauthorised: Application;
  #reads: Reads | null = null;

  constructor({ application, session, requestId }: RequestOfCaller, mine: Application) {
    this.application = mine;
    this.session = session;
    this.#requestId = requestId;
    this.#unauthorised = application;
  }

  get requestId(): string {
    if (typeof this.#requestId === 'function') this.#requestId = this.#requestId();
    return this.#requestId;
  }

  get caller(): Principal {
    return this.session.principal;
  }

  get reads(): Reads {
    this.#reads ??= createReads(this.application);
    return this.#reads;
  }

  withoutIdentity(): GraphqlContext {
    return anonymousContext(this.#unauthorised, this.caller);
  }
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
