import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, parseConfig, StartError } from '@hookswitch/gateway';

/** What a demo is started with: the gateway's environment and the text of its configuration file. */
export interface DemoSettings {
  /** Variables `HOOKSWITCH_…`; others are passed over. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly file: Parameters<typeof parseConfig>[1];
}

/** A gateway's configuration for a demo. */
export interface DemoConfig {
  readonly config: Config;
  /** Nobody asked for this port: another does as well. */
  readonly anyPortWillDo: boolean;
  /** Removes the data where they were kept in a directory for this run only. */
  readonly removeData: () => Promise<void>;
}

const LOOPBACK = ['127.0.0.0/8', '::1/128'];
const WILDCARDS = ['0.0.0.0', '::'];

/**
 * The gateway's configuration with what differs in a demo: phones on this machine may be called, the log is quiet, and
 * unless a data directory is named, data are kept in a temporary one.
 * @throws StartError with everything that is wrong
 */
export async function demoConfig({ environment, file }: DemoSettings): Promise<DemoConfig> {
  const quiet = file === null ? { HOOKSWITCH_LOG_LEVEL: 'warn' } : {};
  const parsed = parseConfig({ ...quiet, ...definedIn(environment) }, file);
  if ('faults' in parsed) throw new StartError(parsed.faults);
  const config = withPublicUrl(parsed.config);
  const isNamed = 'HOOKSWITCH_DATA_DIR' in definedIn(environment) || file !== null;
  const temporary = isNamed ? null : await mkdtemp(join(tmpdir(), 'hookswitch-demo-'));
  return {
    config: {
      ...config,
      ...(temporary === null ? {} : { dataDir: temporary, spool: { ...config.spool, dir: join(temporary, 'spool') } }),
      // The page holds the key: a page of another name must not be taken for it.
      allowedHosts: config.allowedHosts ?? [],
      allowedTargets: [...config.allowedTargets, ...LOOPBACK],
    },
    anyPortWillDo: file === null && !('HOOKSWITCH_PORT' in definedIn(environment)) && config.publicUrl === null,
    removeData: async () => {
      if (temporary !== null) await rm(temporary, { recursive: true, force: true });
    },
  };
}

/** Where the gateway listens at all addresses, the phones, which are on this machine, find it at this machine's own. */
function withPublicUrl(config: Config): Config {
  if (config.publicUrl !== null || !WILDCARDS.includes(config.host)) return config;
  if (config.port !== 0) return { ...config, publicUrl: `http://127.0.0.1:${config.port}` };
  throw new StartError([
    `HOOKSWITCH_HOST: with ${config.host} the phones need a HOOKSWITCH_PORT or a HOOKSWITCH_PUBLIC_URL.`,
  ]);
}

/** An empty variable counts as none, as for the gateway. */
function definedIn(environment: DemoSettings['environment']): Readonly<Record<string, string>> {
  const entries = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined || value.trim() === '' ? [] : [[name, value] as const],
  );
  return Object.fromEntries(entries);
}
