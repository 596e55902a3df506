import { JetStreamApiCodes, JetStreamApiError, jetstreamManager, type StreamInfo } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { ANSWER_MS, type JetStreamOptions, jetStreamAsked } from '../store/jetstream/options.ts';
import { type EngineFinding, isOlder } from './finding.ts';
import { examineMonitoring } from './nats-monitoring.ts';

const about = 'NATS';
const OLDEST: readonly [number, number] = [2, 9];

/**
 * Looks at the servers behind `bus`: version, the stream's replicas, whether they sync, clocks.
 * @param monitoring where the servers tell of themselves over HTTP
 */
export async function examineNats(
  options: JetStreamOptions,
  monitoring: readonly string[],
): Promise<readonly EngineFinding[]> {
  try {
    const connection = await connect({
      ...options.login,
      servers: [...options.servers],
      name: 'hookswitch doctor',
      timeout: ANSWER_MS,
      reconnect: false,
    });
    try {
      const info = await streamOf(connection, options);
      return [
        examineVersion(connection.info?.version ?? ''),
        ...examineReplicas(options, info),
        ...(await examineMonitoring(monitoring)),
      ];
    } finally {
      await connection.close();
    }
  } catch (error) {
    const message = `it cannot be used: ${error instanceof Error ? error.message : String(error)}.`;
    const fix = 'Is it running with JetStream, and are the URLs and credentials of bus right?';
    return [{ about, code: 'NATS_UNREACHABLE', severity: 'PROBLEM', message, fix }];
  }
}

/** Null: there is none yet. */
async function streamOf(connection: NatsConnection, options: JetStreamOptions): Promise<StreamInfo | null> {
  const manager = await jetstreamManager(connection, jetStreamAsked(options));
  return await manager.streams.info(options.stream).catch((error: unknown) => {
    if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound) return null;
    throw error;
  });
}

function examineVersion(version: string): EngineFinding {
  if (!isOlder(version, OLDEST)) {
    return { about, code: 'NATS_REACHED', severity: 'OK', message: `version ${version} answers.`, fix: null };
  }
  const message = `version ${version} is older than ${OLDEST.join('.')}.`;
  return { about, code: 'NATS_OLD', severity: 'PROBLEM', message, fix: 'Upgrade the servers.' };
}

function examineReplicas({ stream, replicas }: JetStreamOptions, info: StreamInfo | null): readonly EngineFinding[] {
  if (info === null) {
    const message = `there is no stream ${stream} yet; the gateway makes it with ${replicas} replicas.`;
    return [{ about, code: 'STREAM_NOT_THERE', severity: 'OK', message, fix: null }];
  }
  const kept = info.config.num_replicas;
  const behind = (info.cluster?.replicas ?? []).filter(({ current, offline }) => !current || offline === true);
  if (behind.length > 0) {
    const names = behind.map(({ name }) => name).join(', ');
    const message = `the stream ${stream} is not whole on ${names}.`;
    return [
      {
        about,
        code: 'STREAM_REPLICA_BEHIND',
        severity: 'PROBLEM',
        message,
        fix: 'Start these servers, or see why they do not follow.',
      },
    ];
  }
  if (kept >= 3) {
    const message = `the stream ${stream} has ${kept} replicas: it outlives the loss of one server.`;
    return [{ about, code: 'STREAM_REPLICATED', severity: 'OK', message, fix: null }];
  }
  const message = `the stream ${stream} has ${kept} replica${kept === 1 ? '' : 's'}: events wait in the gateway's spool while a server is away.`;
  const fix = `Run three servers and give the stream three replicas: nats stream edit ${stream} --replicas 3.`;
  return [{ about, code: 'STREAM_NOT_REPLICATED', severity: 'NOTICE', message, fix }];
}
