import { type DemoOffice, startDemoOffice } from '@hookswitch/demo';

/** An office whose gateway the program talks to. */
export interface Office {
  readonly office: DemoOffice;
  /** What says to the program where the gateway is, and who asks. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts an office on a free port. Stop it. */
export async function openOffice(): Promise<Office> {
  const office = await startDemoOffice({
    environment: { HOOKSWITCH_PORT: '0', HOOKSWITCH_LOG_LEVEL: 'error' },
    registrar: false,
  });
  return { office, environment: { HOOKSWITCH_URL: office.gateway.url, HOOKSWITCH_KEY: office.apiKey } };
}
