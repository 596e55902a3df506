import { createLog } from '@hookswitch/gateway';
import { onTestFinished } from 'vitest';
import { type DemoOffice, type DemoOfficeOptions, startDemoOffice } from '../../src/office.ts';

/** An office on a free port, closed when the test is over. Its log is silent: what fails, fails the test. */
export async function openOffice(options: DemoOfficeOptions = {}): Promise<DemoOffice> {
  const office = await startDemoOffice({
    log: createLog('silent'),
    ...options,
    environment: { HOOKSWITCH_PORT: '0', ...options.environment },
  });
  onTestFinished(() => office.stop());
  return office;
}
