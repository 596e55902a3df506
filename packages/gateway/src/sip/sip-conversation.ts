import type { SipConversation } from '@hookswitch/core';
import { bodyText, type SipAnswer, type SipRequest } from '@hookswitch/sip';

type Info = Awaited<ReturnType<SipConversation['next']>>;

/** The INFO requests of the phone within one dialog, in the order in which they came. */
export interface Conversation {
  /** Takes one in, and what to answer. */
  readonly take: (request: SipRequest) => SipAnswer;
  /** The next one; null: the dialog is over and all have been read. Rejects with the signal's reason. */
  next(): Promise<Info>;
  /** No more will come. */
  end(): void;
}

/** More than nobody reads are refused: a phone must not fill the memory. */
const MAX_WAITING = 1_000;

/** @param signal of the command */
export function createConversation(signal: AbortSignal): Conversation {
  const waiting: NonNullable<Info>[] = [];
  const readers: PromiseWithResolvers<Info>[] = [];
  let ended = false;
  signal.addEventListener(
    'abort',
    () => {
      for (const { reject } of readers.splice(0)) reject(signal.reason);
    },
    { once: true },
  );
  return {
    take(request) {
      const info = { contentType: request.headers.get('content-type') ?? '', body: bodyText(request) };
      const reader = readers.shift();
      if (reader !== undefined) reader.resolve(info);
      else if (waiting.length >= MAX_WAITING) return { status: 503 };
      else waiting.push(info);
      return { status: 200 };
    },
    next() {
      const first = waiting.shift();
      if (first !== undefined) return Promise.resolve(first);
      if (ended) return Promise.resolve(null);
      if (signal.aborted) return Promise.reject(signal.reason);
      const reader = Promise.withResolvers<Info>();
      readers.push(reader);
      return reader.promise;
    },
    end() {
      ended = true;
      for (const { resolve } of readers.splice(0)) resolve(null);
    },
  };
}
