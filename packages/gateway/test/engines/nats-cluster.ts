import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { vi } from 'vitest';
import type { JetStreamOptions } from '../../src/store/jetstream/index.ts';
import { range } from '../store/samples.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { EngineProcess, freePort } from './engine-process.ts';

const SERVERS = 3;

/** Three NATS servers that are one cluster, on loopback. */
export interface NatsCluster extends AsyncDisposable {
  /** How a gateway reaches all of them, with each event on all. */
  options(stream: string): JetStreamOptions;
  /** Kills the server that leads the stream. @returns which it was, to be started again */
  killLeader(stream: string): Promise<number>;
  start(server: number): Promise<void>;
  /** Resolves when every server has all of the stream. */
  whole(stream: string): Promise<void>;
}

/** Starts them and waits until they have agreed on who leads. */
export async function startNatsCluster(): Promise<NatsCluster> {
  const directory = await temporaryDirectory();
  const ports = await Promise.all(range(SERVERS).map(freePort));
  const routes = await Promise.all(range(SERVERS).map(freePort));
  const start = async (server: number): Promise<EngineProcess> => {
    const configuration = join(directory.path, `nats-${server}.conf`);
    const others = routes.map((port) => `"nats://127.0.0.1:${port}"`).join(', ');
    await writeFile(
      configuration,
      `server_name: "n${server}"\nlisten: "127.0.0.1:${ports[server]}"
jetstream { store_dir: ${JSON.stringify(join(directory.path, `data-${server}`))} }
cluster { name: "office", listen: "127.0.0.1:${routes[server]}", routes: [${others}] }\n`,
    );
    return new EngineProcess({
      file: '/usr/sbin/nats-server',
      args: ['-c', configuration],
      user: null,
      atTheEnd: 'TERM',
    });
  };
  const engines = await Promise.all(range(SERVERS).map(start));
  const servers = ports.map((port) => `nats://127.0.0.1:${port}`);
  const asked = async <Answer>(ask: (manager: Awaited<ReturnType<typeof jetstreamManager>>) => Promise<Answer>) => {
    const connection = await connect({ servers, timeout: 2_000 });
    try {
      return await ask(await jetstreamManager(connection, { timeout: 2_000 }));
    } finally {
      await connection.close();
    }
  };
  const patience = { timeout: 60_000, interval: 100 };
  await vi.waitFor(() => asked((manager) => manager.getAccountInfo()), patience);
  const infoOf = (stream: string) => asked(async (manager) => (await manager.streams.info(stream)).cluster);
  return {
    options: (stream) => ({
      servers,
      stream,
      replicas: SERVERS,
      limits: { maxAgeMs: null, maxBytes: null },
      login: {},
    }),
    async killLeader(stream) {
      const leader = await vi.waitFor(async () => {
        const name = (await infoOf(stream))?.leader ?? '';
        if (name === '') throw new Error('nobody leads');
        return name;
      }, patience);
      const server = Number(leader.slice(1));
      await engines[server]?.end('SIGKILL');
      return server;
    },
    async start(server) {
      engines[server] = await start(server);
    },
    async whole(stream) {
      await vi.waitFor(async () => {
        const cluster = await infoOf(stream);
        const followers = cluster?.replicas?.filter(({ current, offline }) => current && offline !== true) ?? [];
        if (cluster?.leader === undefined || followers.length !== SERVERS - 1) throw new Error(JSON.stringify(cluster));
      }, patience);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(engines.map((engine) => engine.end('SIGTERM')));
      await directory[Symbol.asyncDispose]();
    },
  };
}
