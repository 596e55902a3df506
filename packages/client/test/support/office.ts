import { type DemoOffice, startDemoOffice } from '@hookswitch/demo';
import { onTestFinished } from 'vitest';
import { type Client, createClient } from '../../src/index.ts';

/** An office on a free port and a client of its gateway, closed when the test is over. */
export async function openOffice(): Promise<{ readonly office: DemoOffice; readonly client: Client }> {
  const office = await startDemoOffice({
    environment: { HOOKSWITCH_PORT: '0', HOOKSWITCH_LOG_LEVEL: 'error' },
    registrar: false,
  });
  const client = createClient({ url: office.gateway.url, token: office.apiKey });
  onTestFinished(async () => {
    await client.close();
    await office.stop();
  });
  return { office, client };
}
