import { expect, test } from 'vitest';
import { withoutRepetition } from '../src/doctor/without-repetition.ts';

const finding = (code: string, message = '') =>
  ({ about: 'Desk', code, severity: 'PROBLEM', message, fix: 'Mend it.' }) as const;
const kept = (...given: readonly ReturnType<typeof finding>[]) => withoutRepetition(given).map(({ code }) => code);

test.each([
  ['NO_HTTP_ADDRESS', 'NO_ADDRESS'],
  ['CSTA_OFF', 'CSTA_CONTROL_OFF'],
  ['POLICY_DENIED', 'CERTIFICATE_CHANGED'],
  ['NO_EVENT_YET', 'EVENT_PATH_WHOLE'],
  ['SILENT', 'EVENT_PATH_BROKEN'],
  ['EVENTS_MISSING', 'EVENT_PATH_BROKEN'],
])('%s is left out beside %s alone', (code, other) => {
  expect(kept(finding(code), finding(other), finding('ELSE'))).toEqual([other, 'ELSE']);
  expect(kept(finding(code), finding('ELSE'))).toEqual([code, 'ELSE']);
});

test('an address that both the file and the gateway refuse stands once; a port is another rule', () => {
  const inFile = finding('ADDRESS_NOT_ALLOWED', '192.0.2.1 lies in none of the networks that phones may be in.');
  const network = finding(
    'POLICY_DENIED',
    '192.0.2.1 is not in the networks that phones may be in (HOOKSWITCH_ALLOWED_TARGETS). Nothing was sent.',
  );
  const port = finding(
    'POLICY_DENIED',
    'Port 1 is none of the ports that phones may be at (allowedPorts). Nothing was sent.',
  );
  expect(kept(inFile, network)).toEqual(['ADDRESS_NOT_ALLOWED']);
  expect(kept(inFile, port)).toEqual(['ADDRESS_NOT_ALLOWED', 'POLICY_DENIED']);
  expect(kept(network)).toEqual(['POLICY_DENIED']);
});
