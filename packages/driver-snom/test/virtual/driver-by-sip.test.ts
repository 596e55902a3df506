import {
  type CommandName,
  type Commands,
  capabilityOf,
  type DriverContext,
  type KnownCall,
  type SipRequest,
  type SipTransport,
  UNKNOWN_PARTY,
} from '@hookswitch/core';
import { expect, test } from 'vitest';
import { capabilitiesFor } from '../../src/capabilities.ts';
import type { VirtualSnomOptions, VirtualSnomPhone } from '../../src/virtual/index.ts';
import { fakeContext, profileOf } from '../fake-context.ts';
import { Office } from './office.ts';
import { type SipParts, type SipSender, sipSender } from './sip-wire.ts';

const states = { ringing: 'RINGING', dialing: 'DIALING', connected: 'CONNECTED', held: 'HELD' } as const;

function asText({
  method,
  headers = {},
  contentType,
  body,
}: Omit<SipRequest, 'method'> & { readonly method: string }): SipParts {
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return {
    method,
    headers: contentType === undefined ? fields : [...fields, `Content-Type: ${contentType}`],
    ...(body === undefined ? {} : { body }),
  };
}

/** A dialog over datagrams, one at a time. */
function converseBy(sender: SipSender): SipTransport['converse'] {
  let dialogs = 0;
  return async (invitation, talk) => {
    dialogs += 1;
    const callId = `dialog-${dialogs}`;
    const ok = await sender.ask({ ...asText({ ...invitation, rehearsal: undefined, method: 'INVITE' }), callId });
    const reply = { status: ok.status, reason: '', headers: ok.headers, body: ok.body };
    if (ok.status !== 200) return { refused: reply };
    const to = ok.headers['to'] ?? '';
    sender.send({ method: 'ACK', callId, to });
    let cseq = 1;
    const ask = async (parts: SipParts) => {
      cseq += 1;
      const { status, headers, body } = await sender.ask({ ...parts, callId, to, cseq });
      return { status, reason: '', headers, body };
    };
    let heard = sender.received.all.length;
    const value = await talk({
      reply,
      info: (message) => ask(asText({ method: 'INFO', ...message })),
      next: async () => {
        const info = await sender.received.waitFor((text) => {
          const place = sender.received.all.indexOf(text);
          return place >= heard && text.start.startsWith('INFO ');
        });
        heard = sender.received.all.indexOf(info) + 1;
        sender.answer(info);
        return { contentType: info.headers['content-type'] ?? '', body: info.body };
      },
      refer: (target) => ask({ method: 'REFER', headers: [`Refer-To: <${target}>`] }),
      referProgress: async () => {
        const told = await sender.received.waitFor((text) => {
          const place = sender.received.all.indexOf(text);
          return place >= heard && text.start.startsWith('NOTIFY ');
        });
        heard = sender.received.all.indexOf(told) + 1;
        sender.answer(told);
        const [, status = '0', reason = ''] = /^SIP\/2\.0 (\d+) (.*)/.exec(told.body) ?? [];
        return { status: Number(status), reason };
      },
    });
    await ask({ method: 'BYE' });
    return { value };
  };
}

/** The driver's own way to a virtual phone that is reached by SIP alone. */
async function opened(office: Office, options: VirtualSnomOptions, given: Readonly<Record<string, string>> = {}) {
  const phone = await office.phone({ ...options, sip: {} });
  const sender = await sipSender(phone);
  const { model = null, firmware = null } = options;
  const profile = await profileOf({ model, firmware, http: false, sip: true, options: given });
  const settled = async () => {
    await phone.browser.settled();
    await office.exchange.settled();
  };
  const context = (): DriverContext => ({
    ...fakeContext(profile),
    calls: callsOf(phone),
    clock: { now: () => 0, sleep: settled },
    sip: {
      send: async (request) => {
        const { status, headers, body } = await sender.ask(asText(request));
        return { status, reason: '', headers, body };
      },
      converse: converseBy(sender),
    },
  });
  const give = async <Name extends CommandName>(name: Name, command: Commands[Name]) => {
    for (const rung of capabilitiesFor(profile)[capabilityOf(name, command)] ?? []) {
      const run: unknown = Object.entries(rung).find(([member]) => member === name)?.[1];
      if (typeof run !== 'function') throw new Error(`${rung.transport} does not implement ${name}`);
      const outcome: { readonly status: string } = await run(command, context());
      await settled();
      if (outcome.status !== 'NOT_HERE') return `${outcome.status} by ${rung.transport}`;
    }
    return 'NOT_HERE';
  };
  return { phone, give, callStates: () => phone.calls.map(({ state }) => state) };
}

function callsOf({ calls }: VirtualSnomPhone): readonly KnownCall[] {
  return calls.map(({ id, state }) => {
    const known = Object.entries(states).find(([name]) => name === state)?.[1] ?? 'DIALING';
    const parties = { remote: UNKNOWN_PARTY, local: UNKNOWN_PARTY };
    return { id, state: known, direction: null, ...parties, muted: null, vendorIds: { csta_id: String(id) } };
  });
}

const D862 = {
  model: 'D862',
  firmware: '10.1.226.13',
  settings: { mb_trusted_hosts: '127.0.0.1', filter_registrar: 'off', fkey1: 'button 2' },
} as const;

test('a D862 is dialled, held, taken back and hung up', async () => {
  await using office = await Office.open();
  office.party('1002', { answersAfterMs: 0 });
  const { give, callStates } = await opened(office, D862);
  expect(await give('dial', { to: '1002' })).toBe('ACCEPTED by SIP_NOTIFY');
  await expect.poll(callStates).toEqual(['connected']);
  await give('setHold', { held: true });
  expect(callStates()).toEqual(['held']);
  expect(await give('setHold', { held: true })).toBe('CONFIRMED by SIP_NOTIFY');
  await give('setHold', { held: false });
  expect(callStates()).toEqual(['connected']);
  await give('hangUp', {});
  expect(callStates()).toEqual([]);
});

test('a D862 answers, rejects and transfers blindly', async () => {
  await using office = await Office.open();
  const caller = office.party('1002');
  const third = office.party('1003', { answersAfterMs: 0 });
  const { give, callStates } = await opened(office, D862);
  caller.dial('1001');
  await expect.poll(callStates).toEqual(['ringing']);
  await give('answer', {});
  expect(callStates()).toEqual(['connected']);
  expect(await give('transfer', { to: '1003', kind: 'BLIND' })).toBe('ACCEPTED by SIP_NOTIFY');
  expect([callStates(), third.legs.map(({ remote }) => remote.number)]).toEqual([[], ['1002']]);
  office.party('1004').dial('1001');
  await expect.poll(callStates).toEqual(['ringing']);
  await give('reject', {});
  expect(callStates()).toEqual([]);
});

test('a D862 transfers after a consultation, or gives it up and takes the call back', async () => {
  await using office = await Office.open();
  office.party('1002', { answersAfterMs: 0 });
  office.party('1003', { answersAfterMs: 0 });
  const { give, callStates } = await opened(office, D862);
  await give('dial', { to: '1002' });
  await expect.poll(callStates).toEqual(['connected']);
  await give('transfer', { to: '1003', kind: 'ATTENDED' });
  await expect.poll(callStates).toEqual(['held', 'connected']);
  await give('cancelTransfer', {});
  expect(callStates()).toEqual(['connected']);
  await give('transfer', { to: '1003', kind: 'ATTENDED' });
  await expect.poll(callStates).toEqual(['held', 'connected']);
  expect(await give('completeTransfer', {})).toBe('ACCEPTED by SIP_NOTIFY');
  expect(callStates()).toEqual([]);
});

test('a light with what a press does, and its reset', async () => {
  await using office = await Office.open();
  const { phone, give } = await opened(office, D862);
  const onPress = { kind: 'DIAL', target: '432' } as const;
  expect(await give('setLed', { key: 'FUNCTION_2', light: 'SEIZED', label: 'Line 7', onPress })).toBe(
    'ACCEPTED by SIP_MESSAGE',
  );
  expect(phone.buttons.states.get('P2')).toMatchObject({ light: 'seized', label: 'Line 7', destination: '432' });
  await give('setLed', { key: 'FUNCTION_2', light: 'ON' });
  expect(phone.buttons.states.get('P2')).toMatchObject({ light: 'on', label: '', destination: '' });
});

test('uaCSTA: a call by its id, whichever way the phone responds', async () => {
  for (const uaCstaReplies of ['info', 'response'] as const) {
    await using office = await Office.open();
    office.party('1002', { answersAfterMs: 0 });
    const phone = { model: 'D785', firmware: '10.1.33.33', settings: { filter_registrar: 'off' } };
    const { give, callStates } = await opened(
      office,
      { ...phone, quirks: { uaCstaReplies } },
      { accounts: '1001@pbx.example' },
    );
    expect(await give('dial', { to: '1002' })).toBe('ACCEPTED by UACSTA');
    await expect.poll(callStates).toEqual(['connected']);
    expect(await give('setHold', { held: true })).toBe('ACCEPTED by UACSTA');
    expect(callStates()).toEqual(['held']);
    expect(await give('refreshCalls', {})).toBe('ACCEPTED by UACSTA');
    expect(await give('hangUp', {})).toBe('ACCEPTED by UACSTA');
    expect(callStates()).toEqual([]);
  }
});

test('a phone without uaCSTA that answers by itself is dialled for by INVITE and REFER', async () => {
  await using office = await Office.open();
  office.party('1002', { answersAfterMs: 0 });
  const settings = { filter_registrar: 'off', answer_after_policy: 'idle', csta_control: 'off' };
  const { phone, give } = await opened(
    office,
    { model: 'D785', firmware: '10.1.33.33', settings },
    { accounts: '1001@pbx.example', dialByInvite: 'true' },
  );
  expect(await give('dial', { to: '1002' })).toBe('ACCEPTED by SIP_INVITE');
  expect(phone.callLists.dialed).toEqual([{ number: '1002', displayName: '' }]);
});
