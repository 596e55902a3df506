import { z } from 'zod';
import { type EngineFinding, examineClock, isOlder } from './finding.ts';

const about = 'NATS';
const PATIENCE_MS = 3_000;
/** The first that has `sync_interval`, and says in /varz how it is set. */
const TELLS_SYNC: readonly [number, number] = [2, 10];

/** What is read of a server's `/varz`. */
const varz = z.object({
  server_name: z.string(),
  version: z.string(),
  now: z.string(),
  jetstream: z
    .object({
      config: z.object({ sync_interval: z.number().optional(), sync_always: z.boolean().optional() }).optional(),
    })
    .optional(),
});

/** Whether servers sync what they acknowledge, and their clocks: their monitoring tells. @param urls of each one's */
export async function examineMonitoring(urls: readonly string[]): Promise<readonly EngineFinding[]> {
  if (urls.length === 0) {
    return [
      notice(
        'NATS_SYNC_UNKNOWN',
        'whether it syncs before it acknowledges cannot be asked of it by a client; by default it does not.',
        'Name the monitoring of each server in bus.monitoring, or see that its configuration has jetstream { sync_interval: always } (2.10 or newer).',
      ),
    ];
  }
  return (await Promise.all(urls.map(examineServer))).flat();
}

async function examineServer(url: string): Promise<readonly EngineFinding[]> {
  try {
    const asked = Date.now();
    const response = await fetch(new URL('/varz', url), { signal: AbortSignal.timeout(PATIENCE_MS) });
    const server = varz.parse(await response.json());
    const clock = examineClock(about, Date.parse(server.now), { asked, answered: Date.now() });
    return [examineSync(server), { ...clock, message: `${server.server_name}: ${clock.message}` }];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const fix = 'Is the address in bus.monitoring right, and has the server http_port set?';
    return [notice('NATS_MONITORING_UNREACHABLE', `${url} does not tell of its server: ${reason}.`, fix)];
  }
}

function examineSync({ server_name: name, version, jetstream }: z.infer<typeof varz>): EngineFinding {
  if (isOlder(version, TELLS_SYNC)) {
    return notice(
      'NATS_DOES_NOT_SYNC',
      `${name} (${version}) acknowledges before it syncs, every two minutes by default, and has no setting for that.`,
      'Upgrade to 2.10 or newer and set jetstream { sync_interval: always }, or keep three replicas on servers that do not lose power together.',
    );
  }
  const { sync_always: always = false, sync_interval: nanos = 0 } = jetstream?.config ?? {};
  if (always) {
    return { about, code: 'NATS_SYNCS', severity: 'OK', message: `${name} syncs before it acknowledges.`, fix: null };
  }
  return notice(
    'NATS_DOES_NOT_SYNC',
    `${name} acknowledges before it syncs, every ${nanos / 1e9} s.`,
    'Set jetstream { sync_interval: always } on it, or keep three replicas on servers that do not lose power together.',
  );
}

function notice(code: string, message: string, fix: string): EngineFinding {
  return { about, code, severity: 'NOTICE', message, fix };
}
