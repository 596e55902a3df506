import type { checkConfig } from '@hookswitch/gateway/command-line';
import { withConfig } from '../commands/serve.ts';
import { type Finding, well } from './finding.ts';

/** The gateway's configuration, as far as it is on this machine. */
export type LocalConfig = Extract<Awaited<ReturnType<typeof checkConfig>>, { readonly config: unknown }>['config'];

const ABOUT = 'configuration';
const LOOPBACK = /^(localhost|127\.|\[?::1)/;

/** Looks at the configuration that `file` or HOOKSWITCH_CONFIG names; at none where neither does. */
export async function examineConfig(
  file: string | undefined,
): Promise<{ readonly config: LocalConfig | null; readonly findings: readonly Finding[] }> {
  if (file === undefined && (process.env['HOOKSWITCH_CONFIG'] ?? '') === '') return { config: null, findings: [] };
  const gateway = await import('@hookswitch/gateway/command-line');
  const checked = await gateway.checkConfig(withConfig(file));
  if ('faults' in checked) {
    const fix = 'Correct it: docs/configuration.md tells what there is.';
    const findings = checked.faults.map(
      (message) => ({ about: ABOUT, code: 'CONFIG_FAULT', severity: 'PROBLEM', message, fix }) as const,
    );
    return { config: null, findings };
  }
  const { config } = checked;
  return { config, findings: [well(ABOUT, 'CONFIG_FINE', 'it can be started with.'), ...examinePublicUrl(config)] };
}

function examinePublicUrl({ publicUrl, host }: LocalConfig): readonly Finding[] {
  const base = publicUrl === null ? host : (URL.parse(publicUrl)?.hostname ?? '');
  if (!LOOPBACK.test(base)) return [];
  return [
    {
      about: ABOUT,
      code: 'PUBLIC_URL_LOOPBACK',
      severity: 'NOTICE',
      message: `phones are told to report to ${base}, which only this machine reaches.`,
      fix: 'Set publicUrl (HOOKSWITCH_PUBLIC_URL) to the address of the gateway as phones see it, then write their action URLs again.',
    },
  ];
}
