import type { CommandName, Commands } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { callOf, sipReplyOf } from '../fake-context.ts';
import { run, type Scene } from '../run.ts';

const d862 = { model: 'D862', firmware: '10.1.226.13', http: false, sip: true } as const;
const invalid = (argument: string) => ({ status: 'FAILED', failure: { code: 'INVALID_ARGUMENT', argument } });

/** `key=F_HOLD`, `wait 2000`: what is sent and waited for on a D862. */
async function steps<Name extends CommandName>(name: Name, command: Commands[Name], scene: Scene = {}) {
  const { outcome, transport, context } = await run(name, command, { phone: d862, ...scene });
  const fragments = context.steps.map((step) => /#([^<]*)<\/fetch>/.exec(step)?.[1] ?? step);
  return { outcome, transport, fragments };
}

const connected = callOf('a', 'CONNECTED');
const held = callOf('h', 'HELD');
const ringing = callOf('r', 'RINGING');
const two = [held, callOf('b', 'CONNECTED')];

describe('a D862 by NOTIFY', () => {
  test('is dialled', async () => {
    expect(await steps('dial', { to: '0123' })).toMatchObject({
      outcome: { status: 'ACCEPTED' },
      transport: 'SIP_NOTIFY',
      fragments: ['numberdial=0123'],
    });
  });
  test('is answered, rejected, hung up', async () => {
    expect((await steps('answer', { call: ringing }, { calls: [ringing] })).fragments).toEqual(['key=ENTER']);
    expect((await steps('answer', {}, { phone: { ...d862, options: { answerKey: 'OFFHOOK' } } })).fragments).toEqual([
      'key=ENTER',
    ]);
    expect((await steps('reject', {})).fragments).toEqual(['key=F_CANCEL']);
    expect((await steps('hangUp', { call: connected }, { calls: [connected] })).fragments).toEqual(['key=F_CANCEL']);
  });
  test('holds and mutes and does not disturb, by toggles that are left alone where all is as wished', async () => {
    expect((await steps('setHold', { held: true }, { calls: [connected] })).fragments).toEqual(['key=F_HOLD']);
    expect(await steps('setHold', { held: true }, { calls: [held] })).toMatchObject({
      outcome: { status: 'CONFIRMED', changed: false },
      fragments: [],
    });
    expect((await steps('setMuted', { muted: true })).fragments).toEqual(['key=F_MUTE']);
    expect((await steps('setDoNotDisturb', { enabled: true })).fragments).toEqual(['key=F_DND']);
    const features = [{ feature: 'DO_NOT_DISTURB', enabled: true, target: null }] as const;
    expect((await steps('setDoNotDisturb', { enabled: true }, { features })).fragments).toEqual([]);
  });
  test('makes a conference', async () => {
    expect((await steps('conference', {}, { calls: two })).fragments).toEqual(['key=F_CONFERENCE']);
  });
  test('transfers blindly, with 2 s between the steps', async () => {
    const command = { to: '0123', kind: 'BLIND' } as const;
    expect((await steps('transfer', command, { calls: [connected] })).fragments).toEqual([
      'key=F_TRANSFER',
      'wait 2000',
      'numberdial=0123',
    ]);
    const options = { notifyPauseMs: '50' };
    expect((await steps('transfer', command, { phone: { ...d862, options } })).fragments[1]).toBe('wait 50');
  });
  test('transfers after a consultation', async () => {
    const command = { to: '0123', kind: 'ATTENDED' } as const;
    expect((await steps('transfer', command, { calls: [connected] })).fragments).toEqual([
      'key=F_HOLD',
      'wait 2000',
      'numberdial=0123',
    ]);
    expect((await steps('transfer', command, { calls: [held] })).fragments).toEqual(['numberdial=0123']);
    expect((await steps('completeTransfer', {}, { calls: two })).fragments).toEqual([
      'key=F_TRANSFER',
      'wait 2000',
      'key=F_OK',
    ]);
    expect((await steps('cancelTransfer', {}, { calls: two })).fragments).toEqual([
      'key=F_CANCEL',
      'wait 2000',
      'key=F_HOLD',
    ]);
  });
  test('a second step that fails says in which state the phone is left, and is no "not here"', async () => {
    const answer = (_: unknown, index: number) => (index === 1 ? sipReplyOf(489) : undefined);
    const { outcome } = await steps('transfer', { to: '1', kind: 'ATTENDED' }, { sip: { answer } });
    expect(outcome).toMatchObject({
      status: 'FAILED',
      failure: { code: 'PHONE_REJECTED', message: expect.stringContaining('The call is held.') },
    });
  });
  test('keys act on the call in focus: with several calls the way by the id of a call is tried', async () => {
    const calls = [callOf('h', 'HELD', '7'), callOf('b', 'CONNECTED', '8')];
    const { transport, outcome } = await steps('hangUp', { call: calls[0] }, { calls });
    expect([transport, outcome.status]).toEqual(['UACSTA', 'ACCEPTED']);
    expect((await steps('setMuted', { muted: true }, { calls })).transport).toBe('SIP_NOTIFY');
  });
  test('a phone that knows no Event: xml', async () => {
    const { outcome } = await steps('setMuted', { muted: true }, { sip: { answer: () => sipReplyOf(489) } });
    expect(outcome.status).toBe('NOT_HERE');
  });
});

describe('keys by NOTIFY', () => {
  test('each in a document of its own, names as measured', async () => {
    const keys = [{ key: 'CANCEL' }, { key: 'DND', pauseMs: 10 }, { key: '#' }, { key: 'FUNCTION_2' }];
    expect((await steps('pressKeys', { keys })).fragments).toEqual([
      'key=F_CANCEL',
      'wait 2000',
      'key=F_DND',
      'wait 10',
      'key=%23',
      'wait 2000',
      'key=P2',
    ]);
  });
  test.each([
    ['OFF_HOOK', 'keys.0.key'],
    ['snom:F_ANSWER', 'keys.0.key'],
    ['FUNCTION_33', 'keys.0.key'],
    ['snom:F_REBOOT', 'keys.0.key'],
  ])('%s is refused', async (key, argument) => {
    const { outcome, fragments } = await steps('pressKeys', { keys: [{ key }] });
    expect(outcome).toMatchObject(invalid(argument));
    expect(fragments).toEqual([]);
  });
  test('times that cannot be', async () => {
    expect((await steps('pressKeys', { keys: [{ key: '1', holdMs: 5 }] })).outcome).toMatchObject(
      invalid('keys.0.holdMs'),
    );
    expect((await steps('pressKeys', { keys: [{ key: '1' }, { key: '2', pauseMs: -1 }] })).outcome).toMatchObject(
      invalid('keys.1.pauseMs'),
    );
  });
  test('how many were pressed before one failed', async () => {
    const answer = (_: unknown, index: number) => (index === 1 ? sipReplyOf(480) : undefined);
    const { outcome } = await steps('pressKeys', { keys: [{ key: '1' }, { key: '2' }] }, { sip: { answer } });
    expect(outcome).toMatchObject({
      failure: { retryable: false, message: expect.stringContaining('1 of 2 keys were pressed.') },
    });
  });
});

describe('documents by NOTIFY', () => {
  test('are carried in it', async () => {
    const { context, transport } = await run('pushXml', { document: '<SnomIPPhoneText/>' }, { phone: d862 });
    expect([transport, context.sipRequests[0]?.body]).toEqual(['SIP_NOTIFY', '<SnomIPPhoneText/>']);
    const shown = await run('showMessage', { title: 'Door', text: 'Open' }, { phone: d862 });
    expect(shown.context.sipRequests[0]?.body).toContain('<Title>Door</Title><Text>Open</Text>');
    expect((await run('pushXml', { document: '<a>' }, { phone: d862 })).outcome).toMatchObject(invalid('document'));
  });
});

describe.each([
  ['the operator says that the phone obeys', { options: { talkAndHold: 'on' } }],
  ['the phone names', { allowEvents: ['talk', 'hold'] }],
])('talk and hold, which %s', (_, known) => {
  const phone = { ...d862, ...known };

  test('are tried before keys, and are no toggles', async () => {
    expect((await steps('answer', {}, { phone })).fragments).toEqual(['NOTIFY talk']);
    expect((await steps('setHold', { held: true }, { phone, calls: [connected] })).fragments).toEqual(['NOTIFY hold']);
    expect((await steps('setHold', { held: false }, { phone, calls: [held] })).fragments).toEqual(['NOTIFY talk']);
  });
  test('where the phone wants them in the dialog (481), keys follow', async () => {
    const answer = (_: unknown, index: number) => (index === 0 ? sipReplyOf(481) : undefined);
    expect((await steps('answer', {}, { phone, sip: { answer } })).fragments).toEqual(['NOTIFY talk', 'key=ENTER']);
  });
});

describe('check-sync', () => {
  test('restarts, unless there is a call', async () => {
    expect((await steps('reboot', { evenInCall: false })).fragments).toEqual(['NOTIFY check-sync;reboot=true']);
    const busy = await steps('reboot', { evenInCall: false }, { calls: [connected] });
    expect([busy.outcome, busy.fragments]).toMatchObject([{ failure: { code: 'INVALID_CALL_STATE' } }, []]);
    expect((await steps('reboot', { evenInCall: true }, { calls: [connected] })).outcome.status).toBe('ACCEPTED');
  });
  test('provisions, and restarts only where that is allowed and nobody talks', async () => {
    expect((await steps('provision', { allowReboot: false })).fragments).toEqual(['NOTIFY check-sync;reboot=false']);
    expect((await steps('provision', { allowReboot: true })).fragments).toEqual(['NOTIFY check-sync;reboot=true']);
    expect((await steps('provision', { allowReboot: true }, { calls: [connected] })).fragments).toEqual([
      'NOTIFY check-sync;reboot=false',
    ]);
  });
  test('registers again, all identities or the only one', async () => {
    expect((await steps('reregister', {})).fragments).toEqual(['NOTIFY check-sync;reboot=reregister-only']);
    expect((await steps('reregister', { account: 1 })).outcome.status).toBe('NOT_HERE');
    const phone = { ...d862, options: { accounts: '101@h' } };
    expect((await steps('reregister', { account: 1 }, { phone })).outcome.status).toBe('ACCEPTED');
    expect((await steps('reregister', { account: 13 })).outcome).toMatchObject(invalid('account'));
  });
  test('behind HTTP where there is HTTP', async () => {
    const { transport } = await run('reboot', { evenInCall: false }, { phone: { sip: true } });
    expect(transport).toBe('HTTP');
  });
});

describe('settings by MESSAGE', () => {
  test('are written', async () => {
    const { context, transport, outcome } = await run(
      'writeSettings',
      { settings: [{ name: 'dim_timer', value: '10' }] },
      { phone: d862 },
    );
    expect([transport, outcome.status, context.sipRequests[0]?.headers]).toEqual([
      'SIP_MESSAGE',
      'ACCEPTED',
      { Event: 'snom-settings' },
    ]);
  });
  test.each([[[]], [[{ name: 'a b', value: '' }]], [[{ name: 'a', value: '1\n2' }]]])(
    '%o is refused',
    async (settings) => {
      const { outcome, context } = await run('writeSettings', { settings }, { phone: d862 });
      expect([outcome.status, context.steps]).toEqual(['FAILED', []]);
    },
  );
});
