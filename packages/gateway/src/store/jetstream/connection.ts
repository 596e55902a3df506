import {
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  jetstream,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  type StreamInfo,
} from '@nats-io/jetstream';
import { connect, type NatsConnection, nanos } from '@nats-io/transport-node';
import type { Bus } from '../../cluster/bus.ts';
import { StoreError } from '../errors.ts';
import { away } from './faults.ts';
import { ANSWER_MS, DUPLICATES_MS, type JetStreamOptions, jetStreamAsked } from './options.ts';

/** Which stream it is. */
export interface StreamPlace extends Pick<Bus, 'stream'> {
  /** The domain of the JetStream that has the stream, whether it was asked for by name or not; undefined: it has none. */
  readonly ownDomain: string | undefined;
}

/** A connection to the stream; lost, it is made anew for ever. */
export interface StreamConnection extends Bus, StreamPlace {
  readonly js: JetStreamClient;
  readonly manager: JetStreamManager;
  /** Subjects of events are this, a dot and the phone. */
  readonly subject: string;
  info(subjects?: string): Promise<StreamInfo>;
  close(): Promise<void>;
}

const RECONNECT_MS = 250;
const PING_MS = 5_000;

/**
 * Connects, and makes the stream where it is missing.
 * @param mayUse rejects where nothing must be read or made there
 * @throws StoreError `AWAY`, `FAULT`: it is another one's; what `mayUse` rejects with
 */
export async function connectStream(
  options: JetStreamOptions,
  mayUse: (place: StreamPlace) => Promise<void> = async () => {},
): Promise<StreamConnection> {
  const { servers, stream, login } = options;
  const connection = await connect({
    ...login,
    servers: [...servers],
    name: 'hookswitch',
    timeout: ANSWER_MS,
    maxReconnectAttempts: -1,
    // Credentials that are being changed are refused for a while.
    ignoreAuthErrorAbort: true,
    reconnectTimeWait: RECONNECT_MS,
    // A stack trace for each event that is published costs more than the publishing.
    noAsyncTraces: true,
    pingInterval: PING_MS,
    maxPingOut: 2,
  }).catch((error: unknown) => {
    throw away(error);
  });
  try {
    const manager = await jetstreamManager(connection, { ...jetStreamAsked(options), checkAPI: false });
    const subject = `${stream}.events`;
    const state = await follow(connection, manager);
    await mayUse({ stream, ownDomain: state.ownDomain });
    await ensureStream(manager, subject, options);
    return {
      connection,
      js: jetstream(connection, jetStreamAsked(options)),
      manager,
      stream,
      domain: options.domain,
      subject,
      get ownDomain() {
        return state.ownDomain;
      },
      get isConnected() {
        return state.isConnected;
      },
      info: async (subjects) =>
        await manager.streams
          .info(stream, subjects === undefined ? undefined : { subjects_filter: subjects })
          .catch((error: unknown) => {
            throw away(error);
          }),
      close: () => connection.close(),
    };
  } catch (error) {
    await connection.close();
    throw error instanceof StoreError ? error : away(error);
  }
}

/** @throws where there is no JetStream */
async function follow(
  connection: NatsConnection,
  manager: JetStreamManager,
): Promise<Pick<StreamConnection, 'isConnected' | 'ownDomain'>> {
  const state = { isConnected: true, ownDomain: (await manager.getAccountInfo()).domain };
  const watch = async () => {
    for await (const { type } of connection.status()) {
      if (type === 'reconnect') {
        state.isConnected = true;
        // Servers may have been given a domain meanwhile.
        const account = await manager.getAccountInfo().catch(() => null);
        if (account !== null) state.ownDomain = account.domain;
      }
      if (type === 'disconnect' || type === 'staleConnection' || type === 'close') state.isConnected = false;
    }
  };
  // It ends with the connection.
  void watch();
  return state;
}

/** Makes the stream where it is missing, with the limits that are configured; those of one that is there are changed. */
async function ensureStream(
  manager: JetStreamManager,
  subject: string,
  { stream, replicas, limits }: JetStreamOptions,
): Promise<void> {
  const kept = {
    ...(limits.maxAgeMs !== null && { max_age: nanos(limits.maxAgeMs) }),
    ...(limits.maxBytes !== null && { max_bytes: limits.maxBytes }),
  };
  const subjects = [`${subject}.*`];
  const make = () =>
    manager.streams.add({
      name: stream,
      subjects,
      storage: StorageType.File,
      retention: RetentionPolicy.Limits,
      discard: DiscardPolicy.Old,
      num_replicas: replicas,
      duplicate_window: nanos(DUPLICATES_MS),
      ...kept,
    });
  const look = () => lookUp(manager, stream);
  // Of gateways that start together one makes it, and the others are told that its subjects are taken.
  const found = (await look()) ?? (await make().catch(async (error: unknown) => (await look()) ?? raise(error)));
  if (found.config.subjects?.join() !== subjects.join() || found.config.storage !== StorageType.File) {
    throw new StoreError('FAULT', `The stream ${stream} is there and is not a log of events in files.`);
  } else if (kept.max_age !== undefined || kept.max_bytes !== undefined) {
    const limited = { ...found.config, ...kept };
    const { max_age: age, max_bytes: bytes } = found.config;
    if (limited.max_age !== age || limited.max_bytes !== bytes) await manager.streams.update(stream, limited);
  }
}

async function lookUp(manager: JetStreamManager, stream: string): Promise<StreamInfo | null> {
  return await manager.streams.info(stream).catch((error: unknown) => {
    if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound) return null;
    throw error;
  });
}

function raise(error: unknown): never {
  throw error;
}
