import type { Config } from '../config/config.ts';
import type { DeviceTransport } from '../phones/find-vendor.ts';
import type { HttpAgent } from '../transport/http-agent.ts';
import { createHttpTransport } from '../transport/http-transport.ts';

/** A transport to a device that is not registered yet, bounded in time like a command. */
export function deviceTransport(agent: HttpAgent, limits: Config['policy']): DeviceTransport {
  return (origin, credentials) =>
    createHttpTransport(
      { origin, credentials: () => credentials },
      {
        agent,
        sessions: new Map(),
        signal: AbortSignal.timeout(limits.commandTimeoutMs),
        timeoutMs: limits.replyTimeoutMs,
        observe: () => {},
        acceptChallenges: true,
      },
    );
}
