import type { DocumentedCommand, DocumentedWays } from '@hookswitch/driver-kit';

/*
 * Since when firmware has which request of CSTA ("Remote phone control": from 7.3.4 with bare ids, broken in 8.7.0 to 8.7.2, more from
 * 8.7.3 and 8.7.4), what models of which only the number is known can do, and what a refusal by SIP means. Written from that, and never
 * from the driver.
 */

type Name = DocumentedWays['capability'];

const has = (
  name: string,
  [model, firmware]: readonly [string, string | null],
  [capability, ways]: readonly [Name, readonly string[]],
): DocumentedWays => ({
  name,
  phone: { model, firmware, reachableBy: { http: true, sip: false } },
  capability,
  ways,
});

/** Which capability a request of CSTA serves, since when, and in which of the ways over HTTP. */
const SINCE: readonly (readonly [capability: Name, since: string, ways: readonly string[]])[] = [
  ['ANSWER', '7.3.4', ['CSTA DOCUMENTED', 'HTTP DOCUMENTED']],
  ['DIAL', '7.3.4', ['HTTP DOCUMENTED', 'CSTA DOCUMENTED']],
  ['HANG_UP', '7.3.4', ['CSTA ASSUMED', 'HTTP DOCUMENTED']],
  ['HANG_UP_ALL', '7.3.4', ['CSTA ASSUMED', 'HTTP DOCUMENTED']],
  ['REJECT', '7.3.4', ['CSTA ASSUMED', 'HTTP DOCUMENTED']],
  ['HOLD', '7.3.4', ['CSTA ASSUMED', 'HTTP DOCUMENTED']],
  ['TRANSFER_BLIND', '7.3.4', ['CSTA ASSUMED', 'HTTP ASSUMED']],
  ['DTMF', '8.7.3', ['HTTP DOCUMENTED', 'CSTA ASSUMED']],
  ['CONFERENCE', '8.7.3', ['CSTA ASSUMED', 'HTTP ASSUMED']],
  ['DISPLAY', '8.7.3', ['CSTA ASSUMED', 'HTTP DOCUMENTED']],
  ['PHONE_INFO', '8.7.3', ['CSTA DOCUMENTED', 'HTTP ASSUMED']],
  ['READ_SETTINGS', '8.7.3', ['CSTA DOCUMENTED']],
  ['WRITE_SETTINGS', '8.7.3', ['CSTA DOCUMENTED', 'HTTP ASSUMED']],
  ['ACTION_URLS', '8.7.3', ['CSTA DOCUMENTED', 'HTTP ASSUMED']],
  ['VERIFY_EVENTS', '8.7.3', ['CSTA DOCUMENTED', 'HTTP ASSUMED']],
  ['CALL_SNAPSHOT', '8.7.3', ['CSTA DOCUMENTED']],
  ['DEFLECT', '8.7.4', ['CSTA ASSUMED']],
  ['DO_NOT_DISTURB', '8.7.4', ['CSTA ASSUMED', 'HTTP DOCUMENTED']],
  ['FORWARDING', '8.7.4', ['CSTA ASSUMED', 'HTTP ASSUMED']],
  ['TRANSFER_ATTENDED', '8.7.4', ['CSTA ASSUMED', 'HTTP DOCUMENTED']],
];

/** The versions at which something begins, each with the last one before it. */
const VERSIONS = ['7.3.3', '7.3.4', '8.6.9', '8.7.2', '8.7.3', '8.7.3.99', '8.7.4'];
const BROKEN = ['8.7.2'];

const numbers = (version: string): readonly number[] => version.split('.').map(Number);
const isSince = (version: string, since: string): boolean =>
  numbers(since).every((part, place, parts) => {
    const same = parts.slice(0, place).every((one, at) => one === (numbers(version)[at] ?? 0));
    return !same || (numbers(version)[place] ?? 0) >= part;
  });

const csta = SINCE.flatMap(([capability, since, ways]) =>
  VERSIONS.map((version) => {
    const isThere = isSince(version, since) && !BROKEN.includes(version);
    const left = isThere ? ways : ways.filter((way) => !way.startsWith('CSTA'));
    return has(`a 360 with ${version}`, ['360', version], [capability, left]);
  }),
);

/** Families by the number alone. MUTE: not on 1xx and 2xx; pages: not on D8xx. */
const FAMILIES: readonly (readonly [model: string, mute: readonly string[], answer: readonly string[]])[] = [
  ['180', [], ['HTTP ASSUMED']],
  ['230', [], ['HTTP ASSUMED']],
  ['330', ['HTTP ASSUMED'], ['HTTP ASSUMED']],
  ['830', ['HTTP ASSUMED'], ['HTTP ASSUMED']],
  ['730', ['HTTP ASSUMED'], ['CSTA DOCUMENTED', 'HTTP ASSUMED']],
  ['D130', ['HTTP ASSUMED'], ['CSTA DOCUMENTED', 'HTTP ASSUMED']],
  ['D330', ['HTTP DOCUMENTED'], ['CSTA DOCUMENTED', 'HTTP ASSUMED']],
  ['D730', ['HTTP DOCUMENTED'], ['CSTA DOCUMENTED', 'HTTP ASSUMED']],
  ['D899', [], []],
];

const families = FAMILIES.flatMap(([model, mute, answer]) => [
  has(`a ${model}`, [model, null], ['MUTE', mute]),
  has(`a ${model}`, [model, null], ['ANSWER', answer]),
]);

/** Which ways phones have. */
export const WAYS: readonly DocumentedWays[] = [...csta, ...families];

/** RFC 3261, and what a phone's settings make of it. */
const BY_SIP: readonly (readonly [status: number, outcome: string, says: string])[] = [
  [200, 'ACCEPTED', ''],
  [403, 'PHONE_REJECTED', 'filter_registrar'],
  [480, 'PHONE_REJECTED', 'not registered'],
  [486, 'PHONE_REJECTED', 'busy'],
  [603, 'PHONE_REJECTED', '603'],
  [405, 'NOT_HERE', ''],
];

/** What becomes of a light that the phone does not take. */
export const REFUSALS: readonly DocumentedCommand[] = BY_SIP.map(([status, outcome, says]) => ({
  name: `a MESSAGE that is answered with ${status}`,
  phone: { model: '820', firmware: '8.7.3.19' },
  capability: 'LED',
  rung: 'SIP_MESSAGE',
  member: 'setLed',
  command: () => ({ key: 'FUNCTION_1', light: 'ON' }),
  exchange: [{ sends: 'SIP MESSAGE', answer: { status } }],
  outcome,
  says,
}));
