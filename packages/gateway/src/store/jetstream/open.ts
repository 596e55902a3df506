import type { StoreError } from '../errors.ts';
import type { OpenEvents } from '../postgres/events-elsewhere.ts';
import { claimDomain } from './claim-domain.ts';
import { connectStream } from './connection.ts';
import { createEventLog } from './event-log.ts';
import { FeatureStates } from './feature-states.ts';
import { LateReceipts } from './late-receipts.ts';
import type { JetStreamOptions } from './options.ts';
import { forgetOtherLog } from './other-log.ts';
import { createStreamRetention } from './stream-retention.ts';

/** Who is told; pino's loggers fit. */
interface Log {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What opens the event log of a store in JetStream. */
export function eventsInJetStream(options: JetStreamOptions, log: Log): OpenEvents {
  return async ({ writer, database }) => {
    const connection = await connectStream(options, (place) => claimDomain(writer, place));
    try {
      let fault: StoreError | null = null;
      const told = (ended: StoreError | null) => {
        fault = ended;
      };
      const features = new FeatureStates({ writer, database }, (error) =>
        log.error({ err: error }, 'how a switch stands could not be written'),
      );
      const late = new LateReceipts(connection, () => Date.now());
      const events = createEventLog({ connection, late, features, told });
      if (await forgetOtherLog({ writer, database }, events)) {
        log.warn({ stream: options.stream }, 'the events are not those that PostgreSQL knows: it goes on from these');
      }
      await features.catchUp(events);
      const { config } = await connection.info();
      if (config.num_replicas === 1) {
        log.warn(
          { stream: options.stream },
          'the events have one replica: without `sync_interval: always` on the server, a loss of power may lose the last ones',
        );
      }
      const { maxAgeMs, maxBytes } = options.limits;
      if ((maxAgeMs === null && config.max_age > 0) || (maxBytes === null && config.max_bytes > 0)) {
        log.warn(
          { stream: options.stream, maxAgeNanos: config.max_age, maxBytes: config.max_bytes },
          'the stream drops events by limits of its own, which the configuration does not name',
        );
      }
      return {
        events,
        bus: connection,
        retention: createStreamRetention(connection),
        check: async () => {
          await connection.info();
        },
        get fault() {
          return fault;
        },
        async close() {
          await events.drain();
          await features.close();
        },
        disconnect: () => connection.close(),
      };
    } catch (error) {
      await connection.close();
      throw error;
    }
  };
}
