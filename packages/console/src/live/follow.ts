import { stringifyDocument, type TypedDocumentNode } from '@urql/core';
import { CloseCode, type Client as SocketClient } from 'graphql-ws';

/** How a stream stands. */
export type StreamState = 'connecting' | 'live' | 'waiting' | 'refused';

/** What is followed, and who hears of it. */
export interface FollowOptions<Data, Variables> {
  readonly document: TypedDocumentNode<Data, Variables>;
  /** Asked at each attempt, so that a stream goes on behind the last that it told. */
  readonly variables: () => Variables;
  readonly onData: (data: Data) => void;
  /** A new attempt: what comes next is told from its beginning. */
  readonly onStart?: () => void;
  readonly onState?: (state: StreamState) => void;
  /** Whether a stream that the gateway ended has told all. Default: it is asked for again. */
  readonly endsByItself?: boolean;
  readonly signal: AbortSignal;
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 8_000;
/** Closings that a new attempt would not mend. */
const REFUSALS: ReadonlySet<number> = new Set([CloseCode.Forbidden, CloseCode.Unauthorized]);

/** Follows a subscription over every cut of the network until it is aborted, refused, or has ended by itself. */
export async function follow<Data, Variables extends object>(
  socket: SocketClient,
  options: FollowOptions<Data, Variables>,
): Promise<void> {
  const { signal, onState, endsByItself = false } = options;
  for (let failures = 0; !signal.aborted; failures += 1) {
    onState?.('connecting');
    options.onStart?.();
    const end = await runOnce(socket, options, () => {
      failures = 0;
    });
    if (signal.aborted) return;
    if (end === 'refused') return onState?.('refused');
    if (end === 'complete' && endsByItself) return;
    if (end === 'complete') continue;
    onState?.('waiting');
    await wake(Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS), signal);
  }
}

type End = 'complete' | 'failed' | 'refused';

function runOnce<Data, Variables extends object>(
  socket: SocketClient,
  { document, variables, onData, onState, signal }: FollowOptions<Data, Variables>,
  onAlive: () => void,
): Promise<End> {
  return new Promise((resolve) => {
    const stop = socket.subscribe<Data>(
      { query: stringifyDocument(document), variables: Object.fromEntries(Object.entries(variables())) },
      {
        next({ data, errors }) {
          if (errors !== undefined || data === undefined || data === null) return resolve('refused');
          onAlive();
          onState?.('live');
          onData(data);
        },
        error: (error) => resolve(isRefusal(error) ? 'refused' : 'failed'),
        complete: () => resolve('complete'),
      },
    );
    signal.addEventListener('abort', () => stop(), { once: true });
  });
}

function isRefusal(error: unknown): boolean {
  // Errors of the operation itself come as a list, a closed socket as its close event.
  if (Array.isArray(error)) return true;
  return typeof error === 'object' && error !== null && 'code' in error && REFUSALS.has(Number(error.code));
}

/** Resolves after that time, or as soon as the browser says that the network is back. */
function wake(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener('online', done, { once: true });
    signal.addEventListener('abort', done, { once: true });
  });
}
