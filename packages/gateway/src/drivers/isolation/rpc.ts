import type { MessagePort } from 'node:worker_threads';
import { fromWire, toWire, type WireError } from './wire-error.ts';

/** What goes over the port, both ways. */
type Message =
  | { readonly kind: 'call'; readonly id: number; readonly method: string; readonly args: unknown }
  | { readonly kind: 'note'; readonly method: string; readonly args: unknown }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: WireError };

/** What one side answers to the other. */
export interface RpcHandlers {
  /** @param signal aborts where the caller does not want it any more */
  call(method: string, args: unknown, signal: AbortSignal): unknown;
  /** Nobody waits for it. */
  note(method: string, args: unknown): void;
}

/** One side of a conversation between two threads. */
export interface Rpc {
  /**
   * @param signal where it aborts, the other side is told; what it answers still counts
   * @throws what the other side threw, rebuilt; Error where the port cannot carry `args`
   */
  call(method: string, args: unknown, signal?: AbortSignal): Promise<unknown>;
  note(method: string, args: unknown): void;
  /** Ends it: calls that are not answered reject with the reason. */
  close(reason: Error): void;
}

/** Speaks over a port. @param onMessage told of each message before it is looked at; false: it is dropped */
export function createRpc(port: MessagePort, handlers: RpcHandlers, onMessage: () => boolean = () => true): Rpc {
  // Bound now: whatever else runs in this thread may change the prototype.
  const post = port.postMessage.bind(port);
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const running = new Map<number, AbortController>();
  let last = 0;
  let closed: Error | null = null;

  const answer = async ({ id, method, args }: Extract<Message, { kind: 'call' }>): Promise<void> => {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const value = await handlers.call(method, args, controller.signal);
      if (closed === null) post({ kind: 'result', id, value });
    } catch (error) {
      if (closed === null) post({ kind: 'error', id, error: toWire(error) });
    } finally {
      running.delete(id);
    }
  };

  port.on('message', (message: unknown) => {
    if (closed !== null || !onMessage() || !isMessage(message)) return;
    if (message.kind === 'call') void answer(message);
    else if (message.kind === 'note') handlers.note(message.method, message.args);
    else if (message.kind === 'cancel') running.get(message.id)?.abort(new Error('it is not wanted any more'));
    else {
      const one = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.kind === 'result') one?.resolve(message.value);
      else one?.reject(fromWire(message.error));
    }
  });

  return {
    async call(method, args, signal) {
      if (closed !== null) throw closed;
      last += 1;
      const id = last;
      const reply = Promise.withResolvers<unknown>();
      const cancel = (): void => post({ kind: 'cancel', id });
      post({ kind: 'call', id, method, args });
      waiting.set(id, reply);
      if (signal?.aborted === true) cancel();
      else signal?.addEventListener('abort', cancel, { once: true });
      try {
        return await reply.promise;
      } finally {
        signal?.removeEventListener('abort', cancel);
      }
    },
    note(method, args) {
      if (closed === null) post({ kind: 'note', method, args });
    },
    close(reason) {
      closed ??= reason;
      port.close();
      for (const controller of running.values()) controller.abort(reason);
      for (const { reject } of waiting.values()) reject(reason);
      waiting.clear();
    },
  };
}

/** Only the frame: what is inside is looked at by whoever takes it. */
function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  if (value.kind === 'note') return 'method' in value && typeof value.method === 'string';
  if (!('id' in value) || typeof value.id !== 'number') return false;
  if (value.kind === 'call') return 'method' in value && typeof value.method === 'string';
  return value.kind === 'cancel' || value.kind === 'result' || (value.kind === 'error' && 'error' in value);
}
