/** The programs as tests start them: each ends with its test, and a suite says what it misses. */
import { onTestFinished, test } from 'vitest';
import { type Baresip, type BaresipOptions, startBaresip as start } from './baresip.ts';
import { missingPackages, type SystemPackage } from './installed.ts';
import { type Kamailio, type KamailioOptions, startKamailio as startProxy } from './kamailio.ts';
import { type Sipp, type SippOptions, startSipp as startScenario } from './sipp.ts';

export { BARESIP, type Baresip, PHONE_HOST } from './baresip.ts';
export { KAMAILIO, KAMAILIO_TLS, type Kamailio, PROXY_HOST } from './kamailio.ts';
export { answer, SIPP, type Sipp, type SippMessage, send } from './sipp.ts';

/** Whether all programs of a suite are installed; says loudly where they are not, and fails where CI needs them. */
export function installed(...packages: readonly SystemPackage[]): boolean {
  const missing = missingPackages(packages);
  if (missing.length === 0) return true;
  const message = `LEFT OUT: the tests against a real peer; not installed: ${missing.join(', ')}`;
  process.stderr.write(`\n*** ${message} ***\n\n`);
  if (process.env['CI'] === 'true') {
    test('the peer of this suite is installed', () => {
      throw new Error(message);
    });
  }
  return false;
}

/** @see startProxy */
export const startKamailio = (options: KamailioOptions = {}): Promise<Kamailio> => untilTheEnd(startProxy(options));

/** @see start */
export const startBaresip = (options: BaresipOptions = {}): Promise<Baresip> => untilTheEnd(start(options));

/** @see startScenario */
export const startSipp = (scenario: string, options: SippOptions = {}): Promise<Sipp> =>
  untilTheEnd(startScenario(scenario, options));

/** A test that runs out of time disposes of nothing by itself. */
async function untilTheEnd<Peer extends AsyncDisposable>(starting: Promise<Peer>): Promise<Peer> {
  onTestFinished(() =>
    starting.then(
      (peer) => peer[Symbol.asyncDispose](),
      () => {},
    ),
  );
  return await starting;
}
