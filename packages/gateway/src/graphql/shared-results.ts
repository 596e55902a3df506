import {
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql';
import type { EventUpdate } from '../application.ts';
import { rightsOf } from '../security/principal.ts';
import { type GraphqlContext, IdentityNeeded } from './context.ts';
import { type EventPlan, fragmentsOf, planEvents } from './event-plan.ts';
import type { Operation } from './executor.ts';
import { encodePayload, type Payload } from './payload.ts';
import { variablesThatShow } from './variables-that-show.ts';

/**
 * What an update comes to, for all who share it. Null: it is another for each of them (an error, which names the request;
 * something that depends on the caller), and each has to execute it.
 */
export type SharedPayload = Payload | null;

/** An operation that is executed once an update for all who asked the same with the same rights. */
export interface SharedOperation {
  /** At once where nothing has to be waited for. */
  payloadOf(update: EventUpdate): SharedPayload | Promise<SharedPayload>;
  /** One who shared it has left: once for each. */
  release(): void;
}

/** Operations that are running, by what their results depend on. */
export interface SharedResults {
  /** For one more; to be released once. */
  of(operation: Operation): SharedOperation;
  /** How many are kept apart. */
  readonly size: number;
}

/** {@link SharedResults} of subscriptions to events of that schema. */
export function createSharedResults(schema: GraphQLSchema): SharedResults {
  const documents = new WeakMap<Operation['document'], Map<string, Group>>();
  let size = 0;
  return {
    get size() {
      return size;
    },
    of(operation) {
      const groups = documents.get(operation.document) ?? new Map<string, Group>();
      documents.set(operation.document, groups);
      const key = keyOf(operation);
      let group = groups.get(key);
      if (group === undefined) {
        group = new Group(schema, operation, () => {
          groups.delete(key);
          size -= 1;
        });
        groups.set(key, group);
        size += 1;
      }
      group.members += 1;
      return group;
    },
  };
}

/** Everything beside the document that an answer may depend on, but for who asks: that is kept from the execution. */
function keyOf({ document, operationName, variableValues, contextValue }: Operation): string {
  const shown = variablesThatShow(document, variableValues ?? {});
  return JSON.stringify([operationName ?? null, shown, rightsOf(contextValue.caller).text]);
}

class Group implements SharedOperation {
  members = 0;
  readonly #schema: GraphQLSchema;
  readonly #operation: Operation;
  readonly #context: GraphqlContext;
  readonly #plan: EventPlan | null;
  /** What was made of the update that is being handed out, for as long as it is the truth of this moment. */
  #latest: { readonly of: unknown; readonly payload: SharedPayload | Promise<SharedPayload> } | null = null;
  readonly #onEmpty: () => void;
  #dependsOnCaller = false;

  constructor(schema: GraphQLSchema, operation: Operation, onEmpty: () => void) {
    this.#schema = schema;
    this.#operation = operation;
    this.#context = operation.contextValue.withoutIdentity();
    this.#onEmpty = onEmpty;
    const definition = getOperationAST(operation.document, operation.operationName);
    this.#plan = definition ? planOf(schema, operation, definition) : null;
  }

  release(): void {
    this.members -= 1;
    if (this.members === 0) this.#onEmpty();
  }

  payloadOf(update: EventUpdate): SharedPayload | Promise<SharedPayload> {
    if (this.#dependsOnCaller) return null;
    if (update.kind !== 'event') return this.#execute(update);
    if (this.#latest?.of === update.event) return this.#latest.payload;
    const payload = this.#execute(update);
    const latest = { of: update.event, payload };
    this.#latest = latest;
    const forget = (): void => {
      if (this.#latest === latest) this.#latest = null;
    };
    // A phone's name, a call's state: what is read later may have changed by then.
    if (payload instanceof Promise) payload.then(forget, forget);
    else queueMicrotask(forget);
    return payload;
  }

  #execute(update: EventUpdate): SharedPayload | Promise<SharedPayload> {
    const text = this.#plan?.run(update, this.#context) ?? null;
    if (text !== null) return encodePayload(text);
    const { document, operationName, variableValues } = this.#operation;
    const result = execute({
      schema: this.#schema,
      document,
      operationName,
      variableValues,
      rootValue: update,
      contextValue: this.#context,
    });
    return result instanceof Promise ? result.then((settled) => this.#shared(settled)) : this.#shared(result);
  }

  #shared({ data, errors }: ExecutionResult): SharedPayload {
    if (errors === undefined) return encodePayload(JSON.stringify({ data }));
    if (errors.some(({ originalError }) => originalError instanceof IdentityNeeded)) this.#dependsOnCaller = true;
    return null;
  }
}

function planOf(
  schema: GraphQLSchema,
  { document, variableValues }: Operation,
  operation: OperationDefinitionNode,
): EventPlan | null {
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues ?? {});
  if (coerced === undefined) return null;
  return planEvents({ schema, operation, fragments: fragmentsOf(document), variables: coerced });
}
