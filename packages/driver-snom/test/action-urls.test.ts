import { describe, expect, test } from 'vitest';
import { ACTION_URL_ROWS } from '../src/action-urls.table.ts';
import { actionUrls } from '../src/action-urls.ts';
import { type FakePhone, profileOf } from './fake-context.ts';
import { fixtureRows } from './fixture.ts';

const names = fixtureRows('action-url-settings.txt').map(([name = '']) => name);

async function offered(phone: FakePhone): Promise<readonly string[]> {
  return actionUrls.settingsFor(await profileOf(phone)).map(({ setting }) => setting);
}

describe('the table', () => {
  test('has the 26 settings and the alias, each once, each with a path of its own', () => {
    expect(names).toHaveLength(27);
    expect(ACTION_URL_ROWS.map(({ setting }) => setting).sort()).toEqual([...names].sort());
    expect(new Set(ACTION_URL_ROWS.map(({ path }) => path)).size).toBe(27);
    for (const { path, variables } of ACTION_URL_ROWS) {
      expect(path).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(new Set(variables).size).toBe(variables.length);
    }
  });

  test('uses all variables that are good for something', () => {
    const used = new Set(ACTION_URL_ROWS.flatMap(({ variables }) => variables));
    const known = [
      'local',
      'remote',
      'display_local',
      'display_remote',
      'active_url',
      'active_user',
      'active_host',
      'csta_id',
      'call-id',
      'active_key',
      'expansion_module',
      'phone_ip',
      'nr_ongoing_calls',
      'context_url',
      'cancel_reason',
      'longpress_key',
      'mac',
      'phone_type',
      'firmware_version',
    ];
    expect([...used].sort()).toEqual([...known].sort());
  });

  test('what a caller chooses stands last', () => {
    for (const { variables } of ACTION_URL_ROWS) {
      const names = variables.filter((name) => name.startsWith('display_'));
      expect(variables.slice(variables.length - names.length)).toEqual(names);
    }
  });
});

describe('what is offered', () => {
  test("on a D785 all but the Vision module's and the screening", async () => {
    const settings = await offered({});
    expect(settings).toHaveLength(25);
    expect(names.filter((name) => !settings.includes(name))).toEqual(['action_blacklist_url', 'action_vision_url']);
  });

  test('those for tests are marked', async () => {
    const tests = actionUrls.settingsFor(await profileOf()).filter(({ testOnly }) => testOnly);
    expect(tests.map(({ setting }) => setting)).toEqual(['action_firewall_test', 'action_fwtest_url']);
  });

  test.each([
    [{ model: '320', firmware: '8.4.35' }, 22, ['action_longpress_url', 'action_firewall_test', 'action_fwtest_url']],
    [{ model: '720', firmware: '8.7.2.9' }, 23, ['action_fwtest_url', 'action_longpress_url']],
    [{ model: '720', firmware: '8.7.3.17' }, 25, ['action_longpress_url']],
    [{ model: '190', firmware: '3.60' }, 10, ['action_connected_url', 'action_disconnected_url', 'action_dnd_on_url']],
    [{ model: '220', firmware: '3.60' }, 12, ['action_setup_url']],
    [{ model: 'D862', firmware: '10.1.226.13' }, 23, ['action_fwtest_url', 'action_vision_url']],
  ])('%o: %i settings, not %j', async (phone, count, missing) => {
    const settings = await offered(phone);
    expect(settings).toHaveLength(count);
    for (const name of missing) expect(settings).not.toContain(name);
  });

  test('screening by option and firmware only', async () => {
    const options = { blacklistScreening: 'true' };
    expect(await offered({ firmware: '8.9.3.70', options })).toContain('action_blacklist_url');
    expect(await offered({ firmware: '8.9.3.69', options })).not.toContain('action_blacklist_url');
    expect(await offered({ firmware: '10.1.33.33' })).not.toContain('action_blacklist_url');
  });

  test('the query has the placeholders', async () => {
    const incoming = actionUrls.settingsFor(await profileOf()).find(({ setting }) => setting === 'action_incoming_url');
    expect(incoming?.path).toBe('incoming');
    expect(incoming?.query).toBe(
      'csta_id=$csta_id&call-id=$call-id&mac=$mac&phone_ip=$phone_ip&nr_ongoing_calls=$nr_ongoing_calls&active_key=$active_key&expansion_module=$expansion_module&active_url=$active_url&active_user=$active_user&active_host=$active_host&local=$local&remote=$remote&display_local=$display_local&display_remote=$display_remote',
    );
    expect(actionUrls.maxUrlLength).toBeNull();
  });
});

describe('what a report means', () => {
  test.each([
    ['SIP;cause=200;text="Call completed elsewhere"', 'MISSED'],
    ['SIP ; cause=487', 'MISSED'],
    ['Q.850;cause=17;text="User busy"', 'REMOTE_BUSY'],
    ['sip;text="Decline";cause=603', 'REMOTE_BUSY'],
    ['Q.850;cause=1;text="Unallocated"', undefined],
    ['SIP', undefined],
    ['', undefined],
  ])('the Reason %j: %s', async (reason, endReason) => {
    const rawQuery = `csta_id=1&nr_ongoing_calls=2&cancel_reason=${encodeURIComponent(reason)}`;
    const report = actionUrls.parse({ path: 'disconnected', rawQuery }, await profileOf());
    expect(report?.event.type === 'CALL' && report.event.call.endReason).toBe(endReason);
    expect(report?.ongoingCalls).toBe(2);
  });

  const kinds: Readonly<Record<string, readonly unknown[]>> = {
    action_incoming_url: ['CALL', 'INCOMING', 'RINGING', 'INCOMING'],
    action_outgoing_url: ['CALL', 'OUTGOING', 'DIALING', 'OUTGOING'],
    action_connected_url: ['CALL', 'CONNECTED', 'CONNECTED', null],
    action_disconnected_url: ['CALL', 'ENDED', 'ENDED', null],
    action_missed_url: ['CALL', 'MISSED', 'ENDED', 'INCOMING'],
    action_hold: ['CALL', 'HELD', 'HELD', null],
    action_unhold: ['CALL', 'RESUMED', 'CONNECTED', null],
    action_transfer: ['CALL', 'TRANSFER_STARTED', null, null],
    action_blind_transfer: ['CALL', 'TRANSFER_BLIND', null, null],
    action_attended_transfer: ['CALL', 'TRANSFER_ATTENDED', null, null],
    action_received_attended_transfer: ['CALL', 'TRANSFER_RECEIVED', null, null],
    action_blacklist_url: ['CALL', 'SCREENING_REQUESTED', 'RINGING', 'INCOMING'],
    action_offhook_url: ['USER', 'OFF_HOOK'],
    action_onhook_url: ['USER', 'ON_HOOK'],
    action_longpress_url: ['USER', 'KEY_LONG_PRESSED'],
    action_dnd_on_url: ['FEATURE', 'DO_NOT_DISTURB', true],
    action_dnd_off_url: ['FEATURE', 'DO_NOT_DISTURB', false],
    action_redirection_on_url: ['FEATURE', 'FORWARD', true],
    action_redirection_off_url: ['FEATURE', 'FORWARD', false],
    action_log_on_url: ['REGISTRATION', 'REGISTERED'],
    action_log_off_url: ['REGISTRATION', 'UNREGISTERED'],
    action_reg_failed: ['REGISTRATION', 'FAILED'],
    action_setup_url: ['DEVICE', 'STARTED'],
    action_received_subscr_notify_url: ['DEVICE', 'SUBSCRIPTION_NOTIFIED'],
    action_firewall_test: ['DEVICE', 'EVENT_PATH_TESTED'],
    action_fwtest_url: ['DEVICE', 'EVENT_PATH_TESTED'],
    action_vision_url: ['OTHER'],
  };

  test.each(names)('%s', async (setting) => {
    const path = ACTION_URL_ROWS.find((row) => row.setting === setting)?.path ?? '';
    const report = actionUrls.parse({ path, rawQuery: '' }, await profileOf());
    expect(report?.vendorEvent).toBe(setting);
    const event = report?.event;
    const found = (() => {
      switch (event?.type) {
        case 'CALL':
          return [event.type, event.callEventKind, event.callState, event.call.direction];
        case 'USER':
          return [event.type, event.userEventKind];
        case 'FEATURE':
          return [event.type, event.feature, event.enabled];
        case 'REGISTRATION':
          return [event.type, event.registrationState];
        case 'DEVICE':
          return [event.type, event.deviceEventKind];
        default:
          return [event?.type];
      }
    })();
    expect(found).toEqual(kinds[setting]);
  });

  const read = async (path: string, rawQuery: string) => actionUrls.parse({ path, rawQuery }, await profileOf());

  test('a call with its ids, a raw + and no scheme', async () => {
    const report = await read(
      'incoming',
      'csta_id=-18&call-id=3c26-a@192.0.2.1&mac=000413ABCDEF&local=101@pbx.example&remote=+4930123@pbx.example&display_local=&display_remote=Ann%20%26%20Bob',
    );
    expect(report?.event).toEqual({
      type: 'CALL',
      callEventKind: 'INCOMING',
      callState: 'RINGING',
      call: {
        vendorIds: { csta_id: '-18', 'call-id': '3c26-a@192.0.2.1' },
        direction: 'INCOMING',
        remote: { number: '+4930123', uri: 'sip:+4930123@pbx.example', displayName: 'Ann & Bob' },
        local: { number: '101', uri: 'sip:101@pbx.example', displayName: null },
        target: null,
      },
    });
    expect(report?.device).toEqual({ mac: '00:04:13:ab:cd:ef', model: null, firmware: null });
    expect(report).not.toHaveProperty('screening');
  });

  test("a caller's name cannot bring another id", async () => {
    const report = await read('incoming', 'csta_id=2&remote=1@h&display_remote=x&csta_id=9&mac=000000000000');
    expect(report?.event).toMatchObject({ call: { vendorIds: { csta_id: '2' } } });
  });

  test('raw spaces, ampersands and bad escapes in a name stay in the name', async () => {
    const report = await read('connected', 'csta_id=2&remote=1@h&display_remote=Ann & Bob 100%');
    expect(report?.event).toMatchObject({ call: { remote: { displayName: 'Ann & Bob 100%' } } });
  });

  test('placeholders that the phone left as they are say nothing', async () => {
    const report = await read('connected', 'csta_id=$csta_id&call-id=&remote=$remote&display_remote=$display_remote');
    expect(report?.event).toMatchObject({ call: { vendorIds: {}, remote: { number: null, displayName: null } } });
    expect(report?.variables).toContainEqual({ name: 'csta_id', value: '$csta_id' });
  });

  test('an account, a key, a device', async () => {
    expect((await read('log_on', 'context_url=sip:101@pbx.example&active_url=102@h'))?.event).toMatchObject({
      accountUri: '101@pbx.example',
    });
    expect((await read('reg_failed', 'context_url=&active_url=102@h'))?.event).toMatchObject({ accountUri: '102@h' });
    expect((await read('longpress', 'longpress_key=P3'))?.event).toMatchObject({ key: 'FUNCTION_3' });
    expect(
      (await read('setup', 'mac=000413ABCDEF&phone_type=snom720&firmware_version=snom720-SIP%208.7.5.35'))?.device,
    ).toEqual({
      mac: '00:04:13:ab:cd:ef',
      model: '720',
      firmware: '8.7.5.35',
    });
  });

  test('screening: an error lets the call ring, a 200 rejects it', async () => {
    expect((await read('blacklist', 'remote=1@h'))?.screening).toEqual({ allowStatus: 404, rejectStatus: 200 });
  });

  test('passwords are left out', async () => {
    const report = await read('setup', 'http_pass=geheim&mac=1');
    expect(report?.variables).toEqual([{ name: 'mac', value: '1' }]);
  });

  test('another path is none of ours', async () => {
    expect(await read('nonsense', 'a=1')).toBeNull();
  });
});
