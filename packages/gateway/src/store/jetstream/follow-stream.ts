import { type ConsumerMessages, DeliverPolicy } from '@nats-io/jetstream';
import type { ToldBeside } from '../../events/event-intake.ts';
import type { LoggedEvent } from '../../model.ts';
import type { LogFollowing } from '../ports.ts';
import type { StreamConnection } from './connection.ts';
import { decodeMessage } from './event-codec.ts';

/** What following the stream needs. */
export interface FollowOptions {
  /** The place behind which it begins. */
  readonly after: number;
  /** Fulfilled when the next one may come. */
  readonly take: (event: LoggedEvent, told: ToldBeside) => Promise<void>;
  /** It does not go on now, and is tried again. */
  readonly onError: (error: unknown) => void;
}

const RETRY_MS = 250;
/** A server that says nothing for twice as long is asked anew. */
const HEARTBEAT_MS = 1_000;
/** A consumer whose gateway has died goes by itself. */
const INACTIVE_NANOS = 30_000_000_000;
/** So many may be on their way to a gateway that is busy. */
const MOST_AHEAD = 1_000;

/**
 * All that anybody gives to the stream, in its order and each once, for as long as it is not stopped: however often the
 * connection is lost, and whatever consumers the servers forget, it goes on behind what was taken last.
 */
export function followStream(connection: StreamConnection, options: FollowOptions): LogFollowing {
  const following = new StreamFollowing(connection, options);
  const done = following.run();
  return {
    async stop() {
      following.stop();
      await done;
    },
  };
}

class StreamFollowing {
  readonly #connection: StreamConnection;
  readonly #options: FollowOptions;
  readonly #stopped = new AbortController();
  #messages: ConsumerMessages | null = null;
  #last: number;
  #complained = '';

  constructor(connection: StreamConnection, options: FollowOptions) {
    this.#connection = connection;
    this.#options = options;
    this.#last = options.after;
  }

  async run(): Promise<void> {
    void this.#beginAnewOnReconnect();
    while (!this.#stopped.signal.aborted) {
      try {
        await this.#consume();
      } catch (error) {
        this.#complain(error);
      }
      if (!this.#stopped.signal.aborted) await pause(this.#stopped.signal);
    }
  }

  stop(): void {
    this.#stopped.abort();
    this.#messages?.stop();
  }

  async #consume(): Promise<void> {
    const { js, stream } = this.#connection;
    const consumer = await js.consumers.get(stream, {
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: this.#last + 1,
      inactive_threshold: INACTIVE_NANOS,
    });
    const messages = await consumer.consume({ max_messages: MOST_AHEAD, idle_heartbeat: HEARTBEAT_MS });
    this.#messages = messages;
    void beginAnewWhenSilent(messages);
    if (this.#stopped.signal.aborted) messages.stop();
    try {
      for await (const message of messages) {
        // One that a consumer gives a second time.
        if (message.seq <= this.#last) continue;
        const { event, told } = decodeMessage(message.seq, message.string());
        await this.#options.take(event, told);
        this.#last = message.seq;
        this.#complained = '';
        if (this.#stopped.signal.aborted) break;
      }
    } finally {
      this.#messages = null;
      await messages.close();
      await consumer.delete().catch(() => {
        // It goes by itself.
      });
    }
  }

  /** What a consumer waits for on a connection that was lost may come late or never. */
  async #beginAnewOnReconnect(): Promise<void> {
    for await (const { type } of this.#connection.connection.status()) {
      if (this.#stopped.signal.aborted) return;
      if (type === 'reconnect') this.#messages?.stop();
    }
  }

  #complain(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    if (message !== this.#complained) this.#options.onError(error);
    this.#complained = message;
  }
}

/**
 * A server that is not reached though the connection stands: it is behind a leaf node, or the stream is without a leader. The
 * consumer by itself would look again only after half a minute.
 */
async function beginAnewWhenSilent(messages: ConsumerMessages): Promise<void> {
  for await (const { type } of messages.status()) if (type === 'heartbeats_missed') messages.stop();
}

function pause(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, RETRY_MS);
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise.finally(() => clearTimeout(timer));
}
