import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { Credentials } from '../credentials.ts';
import { parseAnswer } from '../http.ts';
import { type Operation, payloadOf } from '../operation.ts';
import { type Answer, LinkLost, type Transport } from './transport.ts';

/** What the transport by server-sent events is made of. */
export interface SseOptions {
  readonly endpoint: URL;
  readonly credentials: Credentials;
  readonly persisted: boolean;
  readonly fetch: typeof globalThis.fetch;
}

/** The gateway says something at least every 12 seconds: one that is silent for so long is gone. */
const SILENCE_MS = 30_000;
const UNAUTHORIZED = 401;

/**
 * Subscriptions by server-sent events, one request each ("distinct connections" of graphql-sse). It is read as fast as
 * the consumer reads: what waits, waits at the gateway.
 */
export function createSseTransport({ endpoint, credentials, persisted, fetch }: SseOptions): Transport {
  async function open(body: string, signal: AbortSignal): Promise<Response> {
    const authorization = await credentials.authorization();
    return await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        ...(authorization === null ? {} : { authorization }),
      },
      body,
      signal,
    });
  }
  return {
    async *subscribe<Result, Variables extends object>(
      operation: Operation<Result, Variables>,
      variables: Variables,
      signal: AbortSignal,
    ) {
      const silence = watchSilence();
      const ended = AbortSignal.any([signal, silence.signal]);
      try {
        const body = JSON.stringify(payloadOf(operation, { variables, persisted }));
        const response = await open(body, ended);
        if (!isEventStream(response)) return yield await refusalOf<Result>(response);
        yield* readEvents<Result>(response.body, silence.heard);
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof LinkLost) throw error;
        const reason = silence.signal.aborted ? `nothing came for ${SILENCE_MS} ms` : messageOf(error);
        throw new LinkLost('BROKEN', reason);
      } finally {
        silence.stop();
      }
    },
  };
}

/** Yields the answers of a stream until the gateway completes it. */
async function* readEvents<Result>(
  body: ReadableStream<Uint8Array>,
  heard: () => void,
): AsyncGenerator<Answer<Result>, void, undefined> {
  const bytes = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      heard();
      controller.enqueue(chunk);
    },
  });
  const events = body.pipeThrough(bytes).pipeThrough(decoder()).pipeThrough(new EventSourceParserStream());
  const reader = events.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const { event, data } = part.value;
      if (event === 'complete') return;
      if (event !== 'next') continue;
      const answer = parseAnswer<Result>(data);
      if (answer === null) throw new LinkLost('FOREIGN', 'an event holds no answer');
      yield answer;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
  throw new LinkLost('BROKEN', 'the stream was cut off');
}

function decoder(): TransformStream<Uint8Array, string> {
  const text = new TextDecoder();
  return new TransformStream({
    transform(chunk, controller) {
      controller.enqueue(text.decode(chunk, { stream: true }));
    },
  });
}

function isEventStream(response: Response): response is Response & { readonly body: ReadableStream<Uint8Array> } {
  return response.body !== null && response.headers.get('content-type')?.startsWith('text/event-stream') === true;
}

async function refusalOf<Result>(response: Response): Promise<Answer<Result>> {
  const answer = parseAnswer<Result>(await response.text());
  if (response.status === UNAUTHORIZED) throw new LinkLost('REFUSED', 'the credential is not taken');
  if (response.status >= 500) throw new LinkLost('BROKEN', `HTTP ${response.status}`);
  if (answer === null) throw new LinkLost('FOREIGN', `HTTP ${response.status} is no answer of a Hookswitch gateway`);
  return answer;
}

function watchSilence() {
  const controller = new AbortController();
  const start = () => setTimeout(() => controller.abort(), SILENCE_MS);
  let timer = start();
  return {
    signal: controller.signal,
    heard: (): void => {
      clearTimeout(timer);
      timer = start();
    },
    stop: (): void => clearTimeout(timer),
  };
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
