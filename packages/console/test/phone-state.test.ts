import { expect, test } from 'vitest';
import { phoneState } from '../src/live/phone-state.ts';

const idle = { reachability: 'ONLINE', doNotDisturb: false, calls: [] } as const;

test.each([
  ['idle', idle],
  ['unknown', { ...idle, reachability: 'UNKNOWN' }],
  ['dnd', { ...idle, doNotDisturb: true }],
  ['unreachable', { ...idle, reachability: 'UNREACHABLE', doNotDisturb: true }],
  ['unauthorized', { ...idle, reachability: 'UNAUTHORIZED' }],
  ['silent', { ...idle, reachability: 'SILENT' }],
  ['approval', { ...idle, reachability: 'APPROVAL_PENDING' }],
  ['ringing', { ...idle, reachability: 'UNREACHABLE', calls: [{ state: 'RINGING' }] }],
  ['ringing', { ...idle, calls: [{ state: 'HELD' }, { state: 'RINGING' }] }],
  ['talking', { ...idle, doNotDisturb: true, calls: [{ state: 'RINGING' }, { state: 'CONNECTED' }] }],
  ['dialing', { ...idle, calls: [{ state: 'HELD' }, { state: 'DIALING' }] }],
  ['held', { ...idle, calls: [{ state: 'HELD' }] }],
] as const)('%s', (state, look) => {
  expect(phoneState(look)).toBe(state);
});
