import type { SipUserAgentOptions } from '../../src/options.ts';
import type { SipTransport } from '../../src/transport/types.ts';
import { createSipUserAgent, type SipUserAgent } from '../../src/user-agent.ts';

/** A user agent that a test disposes of. */
export interface TestAgent extends AsyncDisposable {
  readonly agent: SipUserAgent;
  /** Where it listens. */
  place(transport: SipTransport): { readonly host: string; readonly port: number };
}

/** A user agent on 127.0.0.1, where the test names no other address. */
export async function openAgent(options: SipUserAgentOptions = {}): Promise<TestAgent> {
  const agent = await createSipUserAgent({ host: '127.0.0.1', transports: ['udp', 'tcp'], ...options });
  return {
    agent,
    place(transport) {
      const found = agent.listening.find((endpoint) => endpoint.transport === transport);
      if (found === undefined) throw new Error(`no ${transport}`);
      return found;
    },
    [Symbol.asyncDispose]: () => agent.close(),
  };
}
