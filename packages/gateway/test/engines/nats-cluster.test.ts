import { installed } from '@hookswitch/sip-peers/vitest';
import { expect, test } from 'vitest';
import { eventsInJetStream } from '../../src/store/jetstream/index.ts';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { range } from '../store/samples.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { load, nothingIsLost } from './load.ts';
import { NATS } from './nats.ts';
import { startNatsCluster } from './nats-cluster.ts';
import { POSTGRESQL, startPostgres } from './postgres.ts';

const STREAM = 'office';

test.runIf(installed(POSTGRESQL, NATS))(
  'a stream on three servers whose leader is killed under load, twice: nothing that was acknowledged is lost, nothing is there twice',
  { timeout: 180_000 },
  async () => {
    const [postgres, nats] = await Promise.all([startPostgres(['fsync=off']), startNatsCluster()]);
    await using stack = new AsyncDisposableStack();
    stack.use(postgres);
    stack.use(nats);
    const directory = stack.use(await temporaryDirectory());
    await postgres.createDatabase('office');
    const warnings: string[] = [];
    const log = { warn: (_: object, message: string) => void warnings.push(message), error() {} };
    const store = await openPostgresStore({
      postgres: postgres.options('office'),
      dataDir: directory.path,
      log,
      events: eventsInJetStream(nats.options(STREAM), log),
    });
    await nats.whole(STREAM);
    expect(warnings).not.toContainEqual(expect.stringContaining('one replica'));
    const running = load(store);
    for (const _ of range(2)) {
      await running.more(60);
      const killed = await nats.killLeader(STREAM);
      await running.more(60);
      await nats.start(killed);
      await nats.whole(STREAM);
    }
    await running.stop();
    await nothingIsLost(store, running);
    expect(store.fault).toBeNull();
    await store.close();
  },
);
