import { failed, type Outcome, phoneUnreachable, TransportError, unknown } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { driver } from '../../src/index.ts';
import type { YealinkOptions } from '../../src/options.ts';
import { type FakeContext, fakeContext, knownCall, profile } from '../support/fake-context.ts';
import { firstRung, short } from '../support/ladders.ts';

type Given = Omit<NonNullable<Parameters<typeof fakeContext>[0]>, 'phone'>;

/** A phone that has a SIP URI and no address. */
const bySip = (options: Partial<YealinkOptions> = {}, given: Given = {}): FakeContext =>
  fakeContext({ ...given, phone: profile({ options, reachableBy: { http: false, sip: true } }) });

async function sent(
  run: (context: FakeContext) => Promise<Outcome<unknown>>,
  context = bySip(),
): Promise<readonly string[]> {
  expect(short(await run(context))).toBe('ACCEPTED');
  expect(context.requests).toEqual([]);
  return context.trace.map((line) => line.replace('NOTIFY ACTION-URI ', ''));
}

const ringing = knownCall({ state: 'RINGING' });

describe('the same keys as over HTTP', () => {
  const pressed = (at: FakeContext) =>
    firstRung('PRESS_KEYS', at).pressKeys({ keys: [{ key: 'OK' }, { key: '#', pauseMs: 5 }, { key: 'SOFT_2' }] }, at);
  const digits = (at: FakeContext) => firstRung('DTMF', at).sendDtmf({ digits: '1#' }, at);
  const answered = (at: FakeContext) => firstRung('ANSWER', at).answer({}, at);

  test('one request a key, unless the option says that the phone takes sequences', async () => {
    expect(await sent(pressed)).toEqual(['key=OK', 'key=POUND', 'sleep 5', 'key=F2']);
    expect(await sent(pressed, bySip({ keySequences: 'on' }))).toEqual(['key=OK;POUND', 'sleep 5', 'key=F2']);
    expect(await sent(digits)).toEqual(['key=1', 'key=POUND']);
  });

  test('the headers and the type', async () => {
    const context = bySip();
    await answered(context);
    expect(context.sipRequests).toEqual([
      {
        method: 'NOTIFY',
        headers: { Event: 'ACTION-URI', 'Subscription-State': 'terminated' },
        contentType: 'message/sipfrag',
        body: 'key=ASW',
      },
    ]);
  });

  test.each<[string, (at: FakeContext) => Promise<Outcome<unknown>>, readonly string[]]>([
    ['hang up', (at) => firstRung('HANG_UP', at).hangUp({}, at), ['key=CALLEND']],
    ['hang up all', (at) => firstRung('HANG_UP_ALL', at).hangUpAll({}, at), ['key=CALLEND']],
    ['reject', (at) => firstRung('REJECT', at).reject({}, at), ['key=CANCEL']],
    ['hold', (at) => firstRung('HOLD', at).setHold({ held: true }, at), ['key=F_HOLD']],
    ['mute', (at) => firstRung('MUTE', at).setMuted({ muted: true }, at), ['key=MUTE']],
    [
      'blind',
      (at) => firstRung('TRANSFER_BLIND', at).transfer({ to: '+49301', kind: 'BLIND' }, at),
      ['key=BTrans=+49301'],
    ],
    [
      'attended',
      (at) => firstRung('TRANSFER_ATTENDED', at).transfer({ to: '102', kind: 'ATTENDED' }, at),
      ['key=ATrans=102'],
    ],
    ['complete', (at) => firstRung('TRANSFER_ATTENDED', at).completeTransfer({}, at), ['key=F_TRANSFER']],
    [
      'give up',
      (at) => firstRung('TRANSFER_ATTENDED', at).cancelTransfer({}, at),
      ['key=CALLEND', 'sleep 250', 'key=F_HOLD'],
    ],
    ['conference', (at) => firstRung('CONFERENCE', at).conference({}, at), ['key=F_CONFERENCE']],
    ['DND', (at) => firstRung('DO_NOT_DISTURB', at).setDoNotDisturb({ enabled: true }, at), ['key=DNDOn']],
    [
      'forwarding',
      (at) =>
        firstRung('FORWARDING', at).setForwarding(
          { kind: 'NO_ANSWER', enabled: true, target: '102', afterSeconds: 24 },
          at,
        ),
      ['key=NoAnswFwdOn=102=24'],
    ],
    ['reset', (at) => firstRung('FACTORY_RESET', at).factoryReset({}, at), ['key=Reset']],
    ['provision', (at) => firstRung('PROVISION', at).provision({ allowReboot: true }, at), ['key=AutoP']],
  ])('%s', async (_name, run, expected) => {
    expect(await sent(run)).toEqual(expected);
  });

  test('the answer key and keys that name their call are options here too', async () => {
    expect(await sent(answered, bySip({ answerKey: 'OK' }))).toEqual(['key=OK']);
    const context = bySip({ callAddressedKeys: true }, { calls: [ringing] });
    expect(await sent((at) => firstRung('ANSWER', at).answer({ call: ringing }, at), context)).toEqual([
      'key=ASW:33093',
    ]);
  });
});

describe('dialling', () => {
  const dial = (to: string, from?: string) => (at: FakeContext) => firstRung('DIAL', at).dial({ to, from }, at);

  test('in the form of the option, from the account that is named, or the first', async () => {
    expect(await sent(dial('1234', 'sip:1006@pbx.example'))).toEqual(['number=1234&outgoing_uri=sip:1006@pbx.example']);
    expect(await sent(dial('1234'), bySip({ accountUris: ['1001@pbx.example'], notifyDialForm: 'key' }))).toEqual([
      'key=number=1234&outgoing_uri=1001@pbx.example',
    ]);
    expect(await sent(dial('+49#'))).toEqual(['number=+49#']);
  });
});

describe('what no body can hold is refused before any traffic', () => {
  test.each<[string, (at: FakeContext) => Promise<Outcome<unknown>>]>([
    ['to', (at) => firstRung('DIAL', at).dial({ to: '1&key=Reset' }, at)],
    ['to', (at) => firstRung('DIAL', at).dial({ to: 'müller@pbx.example' }, at)],
    ['from', (at) => firstRung('DIAL', at).dial({ to: '1', from: 'a=b@pbx.example' }, at)],
    ['to', (at) => firstRung('TRANSFER_BLIND', at).transfer({ to: '1=2', kind: 'BLIND' }, at)],
    ['to', (at) => firstRung('TRANSFER_ATTENDED', at).transfer({ to: '100%', kind: 'ATTENDED' }, at)],
    ['target', (at) => firstRung('FORWARDING', at).setForwarding({ kind: 'ALWAYS', enabled: true, target: '1/2' }, at)],
    ['keys.1.key', (at) => firstRung('PRESS_KEYS', at).pressKeys({ keys: [{ key: '1' }, { key: 'yealink:A&B' }] }, at)],
  ])('%s', async (argument, run) => {
    const context = bySip();
    expect(short(await run(context))).toBe(`INVALID_ARGUMENT ${argument}`);
    expect(context.trace).toEqual([]);
  });

  test('over HTTP it is encoded', async () => {
    const context = fakeContext();
    expect(short(await firstRung('DIAL', context).dial({ to: 'müller@pbx.example' }, context))).toBe('ACCEPTED');
  });
});

describe('XML', () => {
  test('the objects that are pushed over HTTP, without xml=', async () => {
    const run = (at: FakeContext) => firstRung('LED', at).setLed({ key: 'FUNCTION_3', light: 'ON', label: 'Anna' }, at);
    const http = fakeContext();
    const sip = bySip();
    await run(http);
    await run(sip);
    expect(sip.sipRequests).toHaveLength(2);
    expect(sip.sipRequests.map(({ body }) => `xml=${body}`)).toEqual(http.requests.map(({ body }) => body));
    for (const { method, headers, contentType } of sip.sipRequests) {
      expect([method, headers?.['Event'], headers?.['Subscription-State'], contentType]).toEqual([
        'NOTIFY',
        'Yealink-xml',
        'active',
        'application/xml',
      ]);
    }
  });

  test.each<[string, (at: FakeContext) => Promise<Outcome<unknown>>]>([
    ['YealinkIPPhoneTextScreen', (at) => firstRung('DISPLAY', at).showMessage({ title: 'A', text: 'B' }, at)],
    ['YealinkIPPhoneStatus', (at) => firstRung('DISPLAY', at).pushXml({ document: '<YealinkIPPhoneStatus/>' }, at)],
    [
      'linekey.1.type = 16',
      (at) => firstRung('CONFIGURE_KEYS', at).configureKey({ key: 'FUNCTION_1', function: 'BLF', value: '102' }, at),
    ],
    ['a.b = c', (at) => firstRung('WRITE_SETTINGS', at).writeSettings({ settings: [{ name: 'a.b', value: 'c' }] }, at)],
    [
      'action_url.mute = http://x/y',
      (at) =>
        firstRung('ACTION_URLS', at).configureActionUrls(
          { urls: [{ setting: 'action_url.mute', url: 'http://x/y' }] },
          at,
        ),
    ],
  ])('%s', async (part, run) => {
    const context = bySip();
    expect(short(await run(context))).toBe('ACCEPTED');
    expect(context.trace).toEqual([expect.stringContaining(part)]);
    expect(context.trace[0]).toMatch(/^NOTIFY Yealink-xml </);
  });

  test('settings do what no key does: forwarding', async () => {
    const context = bySip();
    const rung = driver.capabilitiesFor(context.phone).FORWARDING?.[1];
    expect(
      short((await rung?.setForwarding({ kind: 'BUSY', enabled: false }, context)) ?? failed(phoneUnreachable(''))),
    ).toBe('ACCEPTED');
    expect(context.trace).toEqual([expect.stringContaining('forward.busy.enable = 0')]);
  });
});

describe('check-sync', () => {
  const both = { reachableBy: { http: true, sip: true } };

  test('a restart', async () => {
    const run = (at: FakeContext) => firstRung('REBOOT', at).reboot({ evenInCall: false }, at);
    expect(await sent(run)).toEqual(['NOTIFY check-sync;reboot=true']);
    expect(short(await run(bySip({}, { calls: [ringing] })))).toBe('INVALID_CALL_STATE');
    const context = bySip({}, { answers: [new TransportError(unknown('Lost.'))] });
    expect(await run(context)).toMatchObject({ status: 'UNKNOWN', reason: expect.stringContaining('setup_completed') });
  });

  test('provisioning without a restart: the keys leave it, check-sync does it, not in a call', async () => {
    const context = fakeContext({ phone: profile(both) });
    const rungs = driver.capabilitiesFor(context.phone).PROVISION ?? [];
    const outcomes: string[] = [];
    for (const rung of rungs) outcomes.push(short(await rung.provision({ allowReboot: false }, context)));
    expect(outcomes).toEqual(['NOT_HERE', 'NOT_HERE', 'ACCEPTED']);
    expect(context.trace).toEqual(['NOTIFY check-sync;reboot=false']);
    const busy = fakeContext({ phone: profile(both), calls: [ringing] });
    expect(short((await rungs.at(-1)?.provision({ allowReboot: false }, busy)) ?? unknown(''))).toBe(
      'INVALID_CALL_STATE',
    );
    expect(busy.trace).toEqual([]);
  });

  test('where the phone may restart, the last rung tells it to', async () => {
    const context = bySip();
    const rung = driver.capabilitiesFor(context.phone).PROVISION?.at(-1);
    await rung?.provision({ allowReboot: true }, context);
    expect(context.trace).toEqual(['NOTIFY check-sync;reboot=true']);
  });
});

describe('registering again', () => {
  const options = { reregisterByCheckSync: true };
  const run = (account: number | undefined, at: FakeContext) => firstRung('REREGISTER', at).reregister({ account }, at);

  test('only where the operator says so: all accounts at once, not in a call', async () => {
    expect(driver.capabilitiesFor(bySip().phone).REREGISTER).toBeUndefined();
    const context = bySip(options);
    expect(short(await run(undefined, context))).toBe('ACCEPTED');
    expect(context.trace).toEqual(['NOTIFY check-sync;reboot=reregister-only']);
    const busy = bySip(options, { calls: [ringing] });
    expect(short(await run(undefined, busy))).toBe('INVALID_CALL_STATE');
    expect(busy.trace).toEqual([]);
  });

  test('one account only where there is no other', async () => {
    expect(short(await run(1, bySip(options)))).toBe('NOT_HERE');
    const one = { ...options, accountUris: ['1001@pbx.example'] };
    expect(short(await run(1, bySip(one)))).toBe('ACCEPTED');
    expect(short(await run(2, bySip(one)))).toBe('NOT_HERE');
  });
});

describe('what the phone answers', () => {
  const dnd = (at: FakeContext) => firstRung('DO_NOT_DISTURB', at).setDoNotDisturb({ enabled: true }, at);
  const both = (at: FakeContext) => firstRung('PRESS_KEYS', at).pressKeys({ keys: [{ key: '1' }, { key: '2' }] }, at);

  test('NOT_HERE only before anything was done', async () => {
    expect(short(await dnd(bySip({}, { answers: [{ status: 489 }] })))).toBe('NOT_HERE');
    expect(await both(bySip({}, { answers: [{}, { status: 489 }] }))).toMatchObject({
      failure: {
        code: 'PHONE_REJECTED',
        retryable: false,
        message: expect.stringContaining('Before that: pressed 1.'),
      },
    });
  });

  test('HTTP that is not there leads on to the same key by SIP', async () => {
    const context = fakeContext({
      phone: profile({ reachableBy: { http: true, sip: true } }),
      features: [{ feature: 'DO_NOT_DISTURB', enabled: false, target: null }],
      answers: [{ status: 404 }],
    });
    const outcomes: string[] = [];
    for (const rung of driver.capabilitiesFor(context.phone).DO_NOT_DISTURB ?? []) {
      outcomes.push(short(await rung.setDoNotDisturb({ enabled: true }, context)));
    }
    expect(outcomes).toEqual(['NOT_HERE', 'ACCEPTED']);
    expect(context.trace).toEqual(['GET /servlet?key=DNDOn', 'NOTIFY ACTION-URI key=DNDOn']);
  });

  test("the transport's errors pass through", async () => {
    const error = new TransportError(failed(phoneUnreachable('No way.')));
    await expect(dnd(bySip({}, { answers: [error] }))).rejects.toBe(error);
  });

  test('a document may be given again after a 5xx, a key may not', async () => {
    const answers = [{ status: 503 }];
    const show = (at: FakeContext) => firstRung('DISPLAY', at).showMessage({ title: 'A', text: 'B' }, at);
    expect(await show(bySip({}, { answers }))).toMatchObject({ failure: { retryable: true } });
    expect(await dnd(bySip({}, { answers }))).toMatchObject({ failure: { retryable: false } });
  });
});
