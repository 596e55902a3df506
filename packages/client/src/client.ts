import { createRunCommand } from './command.ts';
import { createCredentials } from './credentials.ts';
import type { Outcome, RequestFailure } from './failure.ts';
import { type Commands, createCommands } from './generated/commands.ts';
import type { CommandFieldsFragment } from './generated/types.ts';
import { createPost } from './http.ts';
import type { Operation } from './operation.ts';
import { type ClientOptions, endpointOf } from './options.ts';
import { createRequests, type RequestOptions, type Requests } from './requests.ts';
import { retry } from './retry.ts';
import { type CallsOptions, type CallUpdate, calls } from './streams/calls.ts';
import { followCommand } from './streams/follow-command.ts';
import { type PhoneEventsOptions, type PhoneEventUpdate, phoneEvents } from './streams/phone-events.ts';
import { type Plan, resume, type StreamLink, type StreamOptions, stoppable } from './streams/resume.ts';
import { createSseTransport } from './transport/sse.ts';
import { createWebSocketTransport } from './transport/websocket.ts';

/** A stream: `for await (const update of stream)`. `break`, the signal and `close()` end it. */
export type Stream<Update> = AsyncIterableIterator<Update, void, undefined>;

/** A gateway, as it is used. */
export interface Client extends Commands, Requests, AsyncDisposable {
  /**
   * Events of phones as they happen: nothing is missed silently, nothing comes twice, connections may come and go.
   * Throws {@link StreamError} where going on makes no sense.
   */
  phoneEvents(options?: PhoneEventsOptions): Stream<PhoneEventUpdate>;
  /** Every call as it is now, then `CaughtUp`, then each change. */
  calls(options?: CallsOptions): Stream<CallUpdate>;
  /** A command as it is now and each change, until it is settled. */
  followCommand(id: string, options?: StreamOptions): Stream<CommandFieldsFragment>;
  /** Any query or mutation of the schema. Queries whose reply was lost are asked again, mutations are not. */
  request<Result, Variables extends object>(
    operation: Operation<Result, Variables>,
    variables: Variables,
    options?: RequestOptions,
  ): Promise<Outcome<Result, RequestFailure>>;
  /** Any subscription of the schema. After a break it is begun anew, with the same variables. */
  subscribe<Result, Variables extends object>(
    operation: Operation<Result, Variables>,
    variables: Variables,
    options?: StreamOptions,
  ): Stream<Result>;
  /** Ends all streams and gives up all requests. Nothing keeps the process alive then. */
  close(): Promise<void>;
}

/**
 * Makes a client. It connects to nothing until it is used.
 * @throws TypeError where `url` is no URL
 */
export function createClient(options: ClientOptions): Client {
  const { persisted = false, retryForMs = 15_000, timeoutMs = 120_000, maxQueued = 1_000, backoff } = options;
  const endpoint = endpointOf(options.url);
  const credentials = createCredentials(options.token);
  // Called as the page's own: some platforms refuse a detached `fetch`.
  const fetch = options.fetch ?? ((...given: Parameters<typeof globalThis.fetch>) => globalThis.fetch(...given));
  const shared = { endpoint, credentials, persisted, fetch };
  const post = createPost({ ...shared, timeoutMs });
  const transport =
    options.transport === 'sse'
      ? createSseTransport(shared)
      : createWebSocketTransport({ ...shared, maxQueued, webSocket: options.webSocket });
  const link: StreamLink = { transport, credentials, backoff };
  const closed = new AbortController();
  const signalOf = (signal: AbortSignal | undefined): AbortSignal =>
    signal === undefined ? closed.signal : AbortSignal.any([signal, closed.signal]);

  const askAgain = <Result, Variables>(
    operation: Operation<Result, Variables>,
    variables: Variables,
    signal: AbortSignal | undefined,
  ): Promise<Outcome<Result, RequestFailure>> => {
    const ended = signalOf(signal);
    return retry(() => post(operation, variables, ended), { retryForMs, backoff }, ended);
  };
  const ask = <Result, Variables>(
    operation: Operation<Result, Variables>,
    variables: Variables,
    { signal }: RequestOptions = {},
  ): Promise<Outcome<Result, RequestFailure>> =>
    isMutation(operation) ? post(operation, variables, signalOf(signal)) : askAgain(operation, variables, signal);

  const close = async (): Promise<void> => closed.abort();
  return {
    ...createCommands(createRunCommand(askAgain)),
    ...createRequests(ask),
    phoneEvents: (given = {}) =>
      stoppable((signal) => phoneEvents(link, { ...given, signal }), closed.signal, given.signal),
    calls: (given = {}) => stoppable((signal) => calls(link, { ...given, signal }), closed.signal, given.signal),
    followCommand: (id, given = {}) =>
      stoppable((signal) => followCommand(link, id, { ...given, signal }), closed.signal, given.signal),
    request: ask,
    subscribe: (operation, variables, given = {}) =>
      stoppable((signal) => again(link, { operation, variables }, { ...given, signal }), closed.signal, given.signal),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** A subscription without a cursor. */
function again<Result, Variables extends object>(
  link: StreamLink,
  asked: { readonly operation: Operation<Result, Variables>; readonly variables: Variables },
  options: StreamOptions & { readonly signal: AbortSignal },
): AsyncGenerator<Result, void, undefined> {
  const plan: Plan<Result, Variables, Result> = {
    operation: asked.operation,
    variables: () => asked.variables,
    take: (result) => result,
    completed: () => 'LOST',
  };
  return resume(link, plan, options);
}

function isMutation<Result, Variables>({ text }: Operation<Result, Variables>): boolean {
  return /(^|[\s}])mutation\b/.test(text);
}
