import { type Config, parseConfig } from '@hookswitch/gateway';

/** The key that every gateway of the benchmark is opened with. */
export const BENCH_KEY = 'bench-key-0123456789';

/** The configuration of a gateway that is measured: what an operator has who says the least. */
export function benchConfig(dataDir: string): Config {
  const parsed = parseConfig(
    {
      HOOKSWITCH_PORT: '0',
      HOOKSWITCH_DATA_DIR: dataDir,
      HOOKSWITCH_ADMIN_KEY: BENCH_KEY,
      HOOKSWITCH_ALLOWED_TARGETS: '127.0.0.0/8',
      HOOKSWITCH_LOG_LEVEL: 'error',
    },
    null,
  );
  if ('faults' in parsed) throw new Error(parsed.faults.join('\n'));
  return parsed.config;
}
