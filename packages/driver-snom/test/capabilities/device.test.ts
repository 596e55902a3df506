import { describe, expect, test } from 'vitest';
import { capabilitiesFor } from '../../src/capabilities.ts';
import { type Answer, callOf, type FakePhone, fakeContext, profileOf, replyOf } from '../fake-context.ts';
import { fixture } from '../fixture.ts';
import { answering, run } from '../run.ts';

const invalid = (argument: string) => ({ status: 'FAILED', failure: { code: 'INVALID_ARGUMENT', argument } });
const old = { model: '370', firmware: '8.7.5.44' };

describe('simple commands', () => {
  test.each([
    ['playRingtone', { ringtone: 3 }, '/line_login.htm?PLAY_RINGER:3=+Ringer'],
    ['factoryReset', {}, '/advanced_update.htm?reset=Reset'],
    ['reboot', { evenInCall: false }, '/advanced_update.htm?reboot=Reboot'],
    ['upgradeFirmware', { url: 'https://h/snom.bin' }, '/dummy.htm?swload=load&firmware=https://h/snom.bin'],
    ['logOff', {}, '/command.htm?LOGOFFALL'],
    ['logOff', { account: 12 }, '/command.htm?LOGOFFLINE=12'],
    ['reregister', { account: 2 }, '/dummy.htm?REREGISTER=2'],
    ['clearCallLists', { lists: ['MISSED'] }, '/index.htm?misseddel=clear'],
  ] as const)('%s %j', async (name, command, target) => {
    const { outcome, sent } = await run(name, command);
    expect([outcome.status, sent]).toEqual(['ACCEPTED', [target]]);
  });

  test.each([
    ['playRingtone', { ringtone: 0 }, 'ringtone'],
    ['playRingtone', { ringtone: 10 }, 'ringtone'],
    ['logOff', { account: 0 }, 'account'],
    ['reregister', { account: 13 }, 'account'],
    ['clearCallLists', { lists: [] }, 'lists'],
    ['upgradeFirmware', { url: 'file:///etc/passwd' }, 'url'],
    ['upgradeFirmware', { url: 'http://h' }, 'url'],
    ['upgradeFirmware', { url: 'http://h/a b' }, 'url'],
  ] as const)('%s %j is refused', async (name, command, argument) => {
    const { outcome, sent } = await run(name, command);
    expect(outcome).toMatchObject(invalid(argument));
    expect(sent).toEqual([]);
  });

  test('before 8.9 as the page of 2015 spells it', async () => {
    expect((await run('reregister', { account: 2 }, { phone: old })).sent).toEqual(['/command.htm?REREGISTER=2']);
    expect(
      (await run('clearCallLists', { lists: ['DIALED', 'MISSED', 'RECEIVED', 'MISSED'] }, { phone: old })).sent,
    ).toEqual(['/index.htm?dialledel=0', '/index.htm?misseddel=0', '/index.htm?receiveddel=0']);
    expect((await run('clearCallLists', { lists: ['DIALED', 'RECEIVED'] })).sent).toEqual([
      '/index.htm?dialeddel=clear',
      '/index.htm?receiveddel=clear',
    ]);
  });

  test('all identities: those that are known, else each index', async () => {
    expect((await run('reregister', {})).sent).toHaveLength(12);
    const phone = { options: { accounts: '101@h,102@h' } };
    expect((await run('reregister', {}, { phone })).sent).toEqual([
      '/dummy.htm?REREGISTER=1',
      '/dummy.htm?REREGISTER=2',
    ]);
    const { outcome } = await run('reregister', {}, { phone, answer: answering('REREGISTER=2', replyOf(500)) });
    expect(outcome).toMatchObject({ failure: { message: expect.stringContaining('first 1 of 2') } });
  });

  test('a phone in a call is not restarted, unless that is wished', async () => {
    const calls = [callOf('c', 'CONNECTED')];
    const { outcome, sent } = await run('reboot', { evenInCall: false }, { calls });
    expect(outcome).toMatchObject({ failure: { code: 'INVALID_CALL_STATE', actual: 'CONNECTED' } });
    expect(sent).toEqual([]);
    expect((await run('reboot', { evenInCall: true }, { calls })).sent).toHaveLength(1);
  });
});

async function read<Name extends 'PHONE_INFO' | 'CALL_SNAPSHOT'>(name: Name, phone: FakePhone, answer?: Answer) {
  const profile = await profileOf(phone);
  const context = fakeContext(profile, answer === undefined ? {} : { answer });
  return { rungs: capabilitiesFor(profile)[name] ?? [], context };
}

describe('phoneInfo', () => {
  test('by CSTA', async () => {
    const { rungs, context } = await read('PHONE_INFO', {}, () => replyOf(200, fixture('csta-get-settings.200.xml')));
    const account = { label: null, enabled: null, registered: null, host: 'pbx.example' };
    expect(await rungs[0]?.phoneInfo(context)).toEqual({
      status: 'ACCEPTED',
      value: {
        mac: '00:04:13:ab:cd:ef',
        model: '720',
        firmware: '8.7.5.35',
        accounts: [
          { ...account, account: 1, user: '0101', displayName: 'Ann & Co' },
          { ...account, account: 3, user: '+49103', displayName: null },
        ],
        features: [],
      },
    });
  });
  test('by CSTA, of a phone that tells little', async () => {
    const setting = (name: string, value: string) => `<Setting><name>${name}</name><value>${value}</value></Setting>`;
    const told = [setting('user_name2', '102'), setting('user_host2', ''), setting('user_name3', '')].join('');
    const { rungs, context } = await read('PHONE_INFO', {}, () =>
      replyOf(200, `<GetSettingsResponse>${told}</GetSettingsResponse>`),
    );
    expect(await rungs[0]?.phoneInfo(context)).toMatchObject({
      status: 'ACCEPTED',
      value: {
        mac: null,
        model: null,
        firmware: null,
        accounts: [{ account: 2, user: '102', host: null, displayName: null }],
      },
    });
  });
  test('by info.htm', async () => {
    const { rungs, context } = await read('PHONE_INFO', {}, () => replyOf(200, fixture('info-d785.html')));
    expect(await rungs[1]?.phoneInfo(context)).toMatchObject({
      value: { model: 'D785', firmware: '10.1.33.33', mac: '00:04:13:92:2d:24' },
    });
    expect(context.requests[0]).toMatchObject({ target: '/info.htm', readOnly: true });
  });
  test.each([
    [replyOf(200, fixture('phone-manager.html')), { status: 'NOT_HERE' }],
    [replyOf(404), { status: 'NOT_HERE' }],
    [replyOf(200, 'nothing'), { status: 'FAILED', failure: { code: 'PHONE_REJECTED' } }],
  ])('by info.htm, not', async (reply, expected) => {
    const { rungs, context } = await read('PHONE_INFO', {}, () => reply);
    expect(await rungs[1]?.phoneInfo(context)).toMatchObject(expected);
  });
});

describe('refreshCalls', () => {
  const snapshot = (device: string) =>
    `<SnapshotDevice xmlns="http://www.ecma-international.org/standards/ecma-323/csta/ed5"><snapshotObject>${device}</snapshotObject></SnapshotDevice>`;

  test('asks each identity that the phone tells, by its index', async () => {
    const { rungs, context } = await read('CALL_SNAPSHOT', {}, ({ body = '' }) => {
      if (body.includes('GetSettings')) return replyOf(200, fixture('csta-get-settings.200.xml'));
      return replyOf(
        200,
        fixture(body.includes('>1<') ? 'csta-snapshot-device.200.xml' : 'csta-snapshot-two-calls.200.xml'),
      );
    });
    const outcome = await rungs[0]?.refreshCalls({}, context);
    expect(outcome).toMatchObject({
      status: 'ACCEPTED',
      value: {
        calls: [{ vendorIds: { csta_id: '-12' } }, { vendorIds: { csta_id: '-3' } }, { vendorIds: { csta_id: '4' } }],
      },
    });
    expect(context.sent.slice(1).map((text) => text.replace(/^.*\?>/s, ''))).toEqual([snapshot('1'), snapshot('3')]);
    for (const request of context.requests) expect(request.readOnly).toBe(true);
  });

  test.each([
    [{ options: { accounts: '101@h,102@h' } }, ['sip:101@h', 'sip:102@h']],
    [{}, ['1']],
    [{ model: '720', firmware: '8.7.3.25' }, []],
  ])('the devices where the phone tells none: %o', async (phone, devices) => {
    const { rungs, context } = await read('CALL_SNAPSHOT', phone);
    const outcome = await rungs[0]?.refreshCalls({}, context);
    expect(outcome?.status).toBe(devices.length === 0 ? 'NOT_HERE' : 'ACCEPTED');
    expect(context.sent.flatMap((text) => /<snapshotObject>(.*)<\/snapshotObject>/.exec(text)?.[1] ?? [])).toEqual(
      devices,
    );
  });

  test('not of one identity only where nobody knows how many there are', async () => {
    const { rungs, context } = await read(
      'CALL_SNAPSHOT',
      {},
      answering('GetSettings', replyOf(200, '<nothing of the kind/>')),
    );
    expect(await rungs[0]?.refreshCalls({}, context)).toMatchObject({ status: 'FAILED' });
    expect(context.sent).toHaveLength(1);
  });

  test('before 8.7.4 by SIP URI', async () => {
    const { rungs, context } = await read(
      'CALL_SNAPSHOT',
      { model: '720', firmware: '8.7.3.25' },
      answering('GetSettings', replyOf(200, fixture('csta-get-settings.200.xml'))),
    );
    await rungs[0]?.refreshCalls({}, context);
    expect(context.sent[1]).toContain('<snapshotObject>sip:0101@pbx.example<');
  });

  test('before 8.7.4 an identity whose host is not told has no name to ask by', async () => {
    const setting = (name: string, value: string) => `<Setting><name>${name}</name><value>${value}</value></Setting>`;
    const told = [setting('user_name1', '101'), setting('user_name2', '102'), setting('user_host2', 'pbx.example')];
    const { rungs, context } = await read(
      'CALL_SNAPSHOT',
      { model: '720', firmware: '8.7.3.25' },
      answering('GetSettings', replyOf(200, `<GetSettingsResponse>${told.join('')}</GetSettingsResponse>`)),
    );
    await rungs[0]?.refreshCalls({}, context);
    expect(context.sent.flatMap((text) => /<snapshotObject>(.*)<\/snapshotObject>/.exec(text)?.[1] ?? [])).toEqual([
      'sip:102@pbx.example',
    ]);
  });

  test('a fault is a failure', async () => {
    const { rungs, context } = await read(
      'CALL_SNAPSHOT',
      {},
      answering('SnapshotDevice', replyOf(500, fixture('csta-fault-bare.500.xml'))),
    );
    expect(await rungs[0]?.refreshCalls({}, context)).toMatchObject({
      status: 'FAILED',
      failure: { phoneCode: 'invalidCallID' },
    });
  });
});
