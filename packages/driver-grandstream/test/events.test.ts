import { expect, test } from 'vitest';
import { actionUrls } from '../src/action-urls.ts';
import { profile } from './support/context.ts';

const PHONE = profile({}, { accounts: '1001@pbx.example,1002@pbx.example' });

test.each([
  [
    'incoming_call',
    'Incoming Call',
    { callEventKind: 'INCOMING', callState: 'RINGING', call: { direction: 'INCOMING' } },
  ],
  [
    'outgoing_call',
    'Outgoing Call',
    { callEventKind: 'OUTGOING', callState: 'DIALING', call: { direction: 'OUTGOING' } },
  ],
  ['missed_call', 'Missed Call', { callEventKind: 'MISSED', callState: 'ENDED', call: { direction: 'INCOMING' } }],
  [
    'established_call',
    'Established Call',
    { callEventKind: 'CONNECTED', callState: 'CONNECTED', call: { direction: null } },
  ],
  ['terminated_call', 'Terminated Call', { callEventKind: 'ENDED', callState: 'ENDED' }],
  ['hold_call', 'Hold Call', { callEventKind: 'HELD', callState: 'HELD' }],
  ['unhold_call', 'UnHold Call', { callEventKind: 'RESUMED', callState: 'CONNECTED' }],
  ['blind_transfer', 'Blind Transfer', { callEventKind: 'TRANSFER_BLIND', callState: null }],
  ['attended_transfer', 'Attended Transfer', { callEventKind: 'TRANSFER_ATTENDED', callState: null }],
  ['open_dnd', 'Open DND', { feature: 'DO_NOT_DISTURB', enabled: true }],
  ['close_dnd', 'Close DND', { feature: 'DO_NOT_DISTURB', enabled: false }],
  ['open_forward', 'Open Forward', { feature: 'FORWARD', enabled: true }],
  ['close_forward', 'Close Forward', { feature: 'FORWARD', enabled: false }],
  ['registered', 'Registered', { registrationState: 'REGISTERED', accountUri: '1002@pbx.example' }],
  ['unregistered', 'Unregistered', { registrationState: 'UNREGISTERED', accountUri: '1002@pbx.example' }],
  ['off_hook', 'Off Hook', { userEventKind: 'OFF_HOOK' }],
  ['on_hook', 'On Hook', { userEventKind: 'ON_HOOK' }],
  ['setup_completed', 'Setup Completed', { deviceEventKind: 'STARTED' }],
])('%s means what the guide says', (path, vendorEvent, event) => {
  const report = actionUrls.parse({ path, rawQuery: 'active_user=2' }, PHONE);
  expect(report).toMatchObject({ vendorEvent, event });
});

test('each of them has its option, once', () => expect(actionUrls.settingsFor(PHONE)).toHaveLength(18));

test('parties and device are read out of what the phone fills in, as it is or escaped', () => {
  const rawQuery =
    'mac=000B82AABBCC&product=GXP2170&program_version=1.0.11.79&active_user=1&local=1001&display_local=Desk One&remote=%2B4930&display_remote=Smith & Sons';
  expect(actionUrls.parse({ path: 'incoming_call', rawQuery }, PHONE)).toMatchObject({
    event: {
      call: {
        vendorIds: {},
        remote: { number: '+4930', displayName: 'Smith & Sons' },
        local: { number: '1001', displayName: 'Desk One' },
      },
    },
    device: { mac: '00:0b:82:aa:bb:cc', model: 'GXP2170', firmware: '1.0.11.79' },
  });
});

test('what is not told is null, and a model that the table does not know is told as it is', () => {
  const device = (rawQuery: string) => actionUrls.parse({ path: 'on_hook', rawQuery }, PHONE)?.device;
  expect(device('')).toEqual({ mac: null, model: null, firmware: null });
  expect(device('product=GRP9999')?.model).toBe('GRP9999');
  const unnamed = actionUrls.parse({ path: 'registered', rawQuery: 'active_user=9' }, PHONE);
  expect(unnamed?.event).toMatchObject({ accountUri: null });
});
