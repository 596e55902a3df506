import { CALL_EVENT_KINDS, type PhoneEvent } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { isActionUrlSetting, MAX_ACTION_URL, urlObjection } from '../src/action-urls.ts';
import { driver } from '../src/index.ts';
import { profile } from './support/fake-context.ts';
import { fixtureLines } from './support/fixture.ts';

const { actionUrls } = driver;
const settingsOn = (firmware: string | null) => actionUrls.settingsFor(profile({ firmware }));
const documented = fixtureLines('action-url/settings-v80.txt');

function parsed(path: string, rawQuery = '') {
  const report = actionUrls.parse({ path, rawQuery }, profile());
  if (report === null) throw new Error(`${path} is not understood.`);
  return report;
}

describe('settings', () => {
  test('the 44 of the guide, in its order', () => {
    expect(documented).toHaveLength(44);
    expect(settingsOn('28.80.0.60').map(({ setting }) => setting)).toEqual(documented);
  });

  test.each(['66.84.0.15', '66.86.0.15', null])('45 with %s', (firmware) => {
    const names = settingsOn(firmware).map(({ setting }) => setting);
    expect(names).toEqual([...documented, 'action_url.peripheral_information']);
  });

  test('vpn_ip, which only the guide of the CP960 has, is not offered to that one either', () => {
    const names = actionUrls.settingsFor(profile({ model: 'CP960', firmware: '73.86.0.5' })).map(({ path }) => path);
    expect(names).toHaveLength(45);
    expect(names).not.toContain('vpn_ip');
  });

  test('before V80 registration had other names', () => {
    const names = settingsOn('2.71.14.4').map(({ setting }) => setting);
    expect(names).toHaveLength(44);
    expect(names).toContain('action_url.log_on');
    expect(names).toContain('action_url.log_off');
    expect(names).not.toContain('action_url.registered');
  });

  test('each is known by its name and can be read back from its path', () => {
    for (const { setting, path } of [...settingsOn(null), ...settingsOn('2.71.14.4')]) {
      expect(isActionUrlSetting(setting)).toBe(true);
      expect(setting).toBe(`action_url.${path}`);
      expect(parsed(path).vendorEvent).toBe(setting);
      expect(path).toMatch(/^[A-Za-z0-9_-]+$/);
    }
  });

  test('all variables of the guides are used, the two that leak the configuration never', () => {
    const used = new Set(settingsOn(null).flatMap(({ query }) => query.match(/\$\w+/g) ?? []));
    for (const variable of fixtureLines('action-url/variables-v80.txt')) expect(used).toContain(variable);
    const newer = new Set(settingsOn('66.86.0.15').flatMap(({ query }) => query.match(/\$\w+/g) ?? []));
    expect([...newer].toSorted()).toEqual(
      [...fixtureLines('action-url/variables-v80.txt'), ...fixtureLines('action-url/variables-v84.txt')].toSorted(),
    );
    expect([...newer].filter((variable) => variable.startsWith('$cfg'))).toEqual([]);
  });

  test('the longest leaves 200 characters for the gateway’s own address', () => {
    const longest = Math.max(...settingsOn('66.86.0.15').map(({ query }) => query.length));
    expect(longest + 200).toBeLessThanOrEqual(MAX_ACTION_URL);
    expect(actionUrls.maxUrlLength).toBe(511);
  });
});

test.each([
  ['http://x/?a=$mac', null],
  [`http://x/?${'a'.repeat(501)}`, null],
  [`http://x/?${'a'.repeat(502)}`, '512'],
  ['http://x/?c=$cfg_all', 'passwords'],
  ['http://x/?c=$cfg_local&d=1', 'passwords'],
  ['ftp://x/', 'http'],
  ['http://x/?a=b c', 'spaces'],
])('case %#: what a phone can hold', (url, why) => {
  const objection = urlObjection(url);
  if (why === null) expect(objection).toBeNull();
  else expect(objection).toContain(why);
});

/** Every event in one line, so that a change of the table is seen. */
function line(event: PhoneEvent): string {
  switch (event.type) {
    case 'CALL':
      return [event.type, event.callEventKind, event.callState, event.call.direction]
        .map((part) => part ?? '-')
        .join(' ');
    case 'FEATURE':
      return `FEATURE ${event.feature} ${event.enabled ? 'on' : 'off'}`;
    case 'REGISTRATION':
      return `REGISTRATION ${event.registrationState}`;
    case 'USER':
      return `USER ${event.userEventKind} ${event.key ?? '-'}`;
    case 'DEVICE':
      return `DEVICE ${event.deviceEventKind}`;
    case 'OTHER':
      return 'OTHER';
  }
}

const MEANINGS: Readonly<Record<string, string>> = {
  setup_completed: 'DEVICE STARTED',
  registered: 'REGISTRATION REGISTERED',
  log_on: 'REGISTRATION REGISTERED',
  unregistered: 'REGISTRATION UNREGISTERED',
  log_off: 'REGISTRATION UNREGISTERED',
  register_failed: 'REGISTRATION FAILED',
  off_hook: 'USER OFF_HOOK -',
  on_hook: 'USER ON_HOOK -',
  incoming_call: 'CALL INCOMING RINGING INCOMING',
  outgoing_call: 'CALL OUTGOING DIALING OUTGOING',
  call_established: 'CALL CONNECTED CONNECTED -',
  dnd_on: 'FEATURE DO_NOT_DISTURB on',
  dnd_off: 'FEATURE DO_NOT_DISTURB off',
  always_fwd_on: 'FEATURE FORWARD_ALWAYS on',
  always_fwd_off: 'FEATURE FORWARD_ALWAYS off',
  busy_fwd_on: 'FEATURE FORWARD_BUSY on',
  busy_fwd_off: 'FEATURE FORWARD_BUSY off',
  no_answer_fwd_on: 'FEATURE FORWARD_NO_ANSWER on',
  no_answer_fwd_off: 'FEATURE FORWARD_NO_ANSWER off',
  transfer_call: 'CALL TRANSFER_STARTED - -',
  blind_transfer_call: 'CALL TRANSFER_BLIND - -',
  attended_transfer_call: 'CALL TRANSFER_ATTENDED - -',
  hold: 'CALL HELD HELD -',
  unhold: 'CALL RESUMED CONNECTED -',
  held: 'CALL REMOTE_HELD - -',
  unheld: 'CALL REMOTE_RESUMED - -',
  mute: 'CALL MUTED - -',
  unmute: 'CALL UNMUTED - -',
  missed_call: 'CALL MISSED ENDED INCOMING',
  call_terminated: 'CALL ENDED ENDED -',
  busy_to_idle: 'DEVICE IDLE',
  idle_to_busy: 'DEVICE BUSY',
  ip_change: 'DEVICE ADDRESS_CHANGED',
  forward_incoming_call: 'CALL FORWARDED ENDED INCOMING',
  reject_incoming_call: 'CALL REJECTED ENDED INCOMING',
  answer_new_incoming_call: 'CALL ANSWERED_WAITING CONNECTED INCOMING',
  transfer_finished: 'CALL TRANSFER_FINISHED - -',
  transfer_failed: 'CALL TRANSFER_FAILED - -',
  setup_autop_finish: 'DEVICE PROVISIONED',
  call_waiting_on: 'FEATURE CALL_WAITING on',
  call_waiting_off: 'FEATURE CALL_WAITING off',
  headset: 'USER KEY_PRESSED HEADSET',
  handfree: 'USER KEY_PRESSED SPEAKER',
  cancel_callout: 'CALL CANCELED ENDED OUTGOING',
  remote_busy: 'CALL REMOTE_BUSY ENDED OUTGOING',
  call_remote_canceled: 'CALL REMOTE_CANCELED ENDED INCOMING',
  peripheral_information: 'DEVICE PERIPHERALS_CHANGED',
  vpn_ip: 'DEVICE ADDRESS_CHANGED',
  'alarm.trigger': 'OTHER',
  is_ume: 'OTHER',
  reject_new_incoming_call: 'OTHER',
};

describe('meanings', () => {
  test('45 settings, two old names and four oddities are understood', () => {
    expect(Object.keys(MEANINGS)).toHaveLength(51);
    const paths = settingsOn(null).map(({ path }) => path);
    expect(Object.keys(MEANINGS)).toEqual(expect.arrayContaining(paths));
  });

  test.each(Object.entries(MEANINGS))('%s is %s', (path, meaning) => {
    expect(line(parsed(path).event)).toBe(meaning);
  });

  test('only what a phone can tell is missing among the kinds of call events', () => {
    const told = new Set(Object.values(MEANINGS).flatMap((meaning) => /^CALL (\S+)/.exec(meaning)?.[1] ?? []));
    expect(CALL_EVENT_KINDS.filter((kind) => !told.has(kind))).toEqual([
      'TRANSFER_RECEIVED',
      'CONFERENCED',
      'SCREENING_REQUESTED',
    ]);
  });

  test.each(['', 'no_such_event', 'action_url.mute', '__proto__', 'constructor'])(
    '%j is none of this driver',
    (path) => {
      expect(actionUrls.parse({ path, rawQuery: '' }, profile())).toBeNull();
    },
  );
});

describe('a report', () => {
  const query = (variables: Readonly<Record<string, string>>) =>
    Object.entries(variables)
      .map(([name, value]) => `${name}=${value}`)
      .join('&');
  const callOf = (path: string, variables: Readonly<Record<string, string>>) => {
    const { event } = parsed(path, query(variables));
    if (event.type !== 'CALL') throw new Error('No call.');
    return event.call;
  };

  test('tells call, parties and device', () => {
    const { event, device } = parsed(
      'incoming_call',
      'mac=001565AABBCC&ip=192.0.2.20&model=SIP-T46S&firmware=66.86.0.15&call_id=33093&active_url=sip:101@pbx.example&active_user=101&active_host=pbx.example&local=sip:101@pbx.example&remote=sip:+4930@pbx.example&calledNumber=&callerID=Bob&display_local=Alice&display_remote=Bob',
    );
    expect(device).toEqual({ mac: '00:15:65:aa:bb:cc', model: 'T46S', firmware: '66.86.0.15' });
    expect(event).toEqual({
      type: 'CALL',
      callEventKind: 'INCOMING',
      callState: 'RINGING',
      call: {
        vendorIds: { call_id: '33093' },
        direction: 'INCOMING',
        remote: { number: '+4930', uri: 'sip:+4930@pbx.example', displayName: 'Bob' },
        local: { number: '101', uri: 'sip:101@pbx.example', displayName: 'Alice' },
        target: null,
      },
    });
  });

  test.each([
    ['remote first', { remote: 'sip:1@a', callerID: '2', calledNumber: '3' }, '1'],
    ['then callerID', { callerID: '2', calledNumber: '3' }, '2'],
    ['then calledNumber', { calledNumber: '3' }, '3'],
    ['callerID that is a name says no number', { callerID: 'Bob Smith', calledNumber: '3' }, '3'],
    ['nobody', {}, null],
  ])('the other side of an incoming call: %s', (_name, variables, number) => {
    expect(callOf('incoming_call', variables).remote.number).toBe(number);
  });

  test('a name in callerID is the display name', () => {
    expect(callOf('incoming_call', { remote: 'sip:1@a', callerID: 'Bob' }).remote.displayName).toBe('Bob');
    expect(callOf('incoming_call', { remote: 'sip:1@a', callerID: '1' }).remote.displayName).toBeNull();
    expect(callOf('incoming_call', { callerID: 'Bob' }).remote).toEqual({
      number: null,
      uri: null,
      displayName: 'Bob',
    });
  });

  test('an own call goes to the called number, not to the caller', () => {
    expect(callOf('outgoing_call', { callerID: '101', calledNumber: '+4930' }).remote.number).toBe('+4930');
  });

  test.each([
    ['raw spaces, & and # in a name', 'call_id=7&remote=sip:1@a&display_remote=A & B #3', 'A & B #3'],
    ['escapes', 'call_id=7&remote=sip:1@a&display_remote=Gr%C3%BC%C3%9Fe%20x', 'Grüße x'],
    ['raw UTF-8', 'call_id=7&remote=sip:1@a&display_remote=Приёмная', 'Приёмная'],
    ['a bad escape', 'call_id=7&remote=sip:1@a&display_remote=100% %zz', '100% %zz'],
    ['an equals sign', 'call_id=7&remote=sip:1@a&display_remote=a=b', 'a=b'],
    ['a raw plus', 'call_id=7&remote=sip:1@a&display_remote=a+b', 'a+b'],
  ])('%s', (_name, rawQuery, displayName) => {
    const { event } = parsed('incoming_call', rawQuery);
    expect(event).toMatchObject({ call: { vendorIds: { call_id: '7' }, remote: { number: '1', displayName } } });
  });

  test('variables that came empty or as they were written tell nothing', () => {
    const { event, device, variables } = parsed(
      'ip_change',
      'mac=$mac&ip=&model=$model&firmware=1.80.0.1&vpn_ip=$vpn_ip',
    );
    expect(device).toEqual({ mac: null, model: null, firmware: '1.80.0.1' });
    expect(variables.map(({ name }) => name)).toEqual(['mac', 'ip', 'model', 'firmware', 'vpn_ip']);
    expect(event.type).toBe('DEVICE');
    expect(callOf('mute', { call_id: '' }).vendorIds).toEqual({});
  });

  test.each([
    ['active_url=sip:101@pbx.example', '101@pbx.example'],
    ['active_url=&active_user=101&active_host=pbx.example', '101@pbx.example'],
    ['local=sip:102@pbx.example', '102@pbx.example'],
    ['', null],
  ])('the account of a registration in %j', (rawQuery, accountUri) => {
    expect(parsed('registered', rawQuery).event).toMatchObject({ type: 'REGISTRATION', accountUri });
  });

  test('a configuration that somebody had sent is not kept', () => {
    const { variables } = parsed('mute', 'Cfg=secret');
    expect(variables).toEqual([]);
  });

  test.each(['%', '&&&', '=', '?', '\u0000', 'mac', '&mac==', 'a'.repeat(100_000)])(
    'case %#: whatever comes is an event',
    (raw) => {
      expect(parsed('incoming_call', raw).event.type).toBe('CALL');
    },
  );
});
