import type { LocalConfig } from './examine-config.ts';
import type { Finding } from './finding.ts';

/** Looks at the engines that the configuration names: versions, what they keep through a loss of power, clocks. */
export async function examineEngines(config: LocalConfig): Promise<readonly Finding[]> {
  const gateway = await import('@hookswitch/gateway/command-line');
  return await gateway.examineEngines(config);
}
