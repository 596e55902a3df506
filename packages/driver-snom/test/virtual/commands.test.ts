import { describe, expect, test } from 'vitest';
import type { SnomEffect, VirtualSnomPhone } from '../../src/virtual/index.ts';
import { Office } from './office.ts';
import { ask, fixtureRows } from './wire.ts';

/** What must be so after a documented command, by its purpose. */
const outcomes: Readonly<Record<string, (phone: VirtualSnomPhone, office: Office) => unknown>> = {
  offHook: (phone) => expect(phone.desk.handset).toBe('offhook'),
  dial: (phone) => expect(phone.callLists.dialed.map(({ number }) => number)).toEqual(['1009', '12345678']),
  dialFrom: (phone) => expect(phone.callLists.dialed.map(({ number }) => number)).toEqual(['1009', '12345678']),
  dtmf: (phone) => expect(phone.effects.last).toEqual({ type: 'digitsSent', digits: '1234' }),
  hangUpAll: (phone) => expect(phone.calls).toEqual([]),
  logOffAll: (phone) => expect(phone.accounts.map(({ registered }) => registered)).toEqual([false, false]),
  logOff: (phone) => expect(phone.accounts.map(({ registered }) => registered)).toEqual([false, true]),
  reregister: (phone) => expect(phone.effects.last).toEqual({ type: 'reregistered', identity: 1 }),
  playRinger: (phone) => expect(phone.effects.last).toEqual({ type: 'ringerPlayed', ringer: 9 }),
  reboot: (phone) => phone.effects.waitFor(({ type }) => type === 'rebooted'),
  reset: (phone) => phone.effects.waitFor(({ type }) => type === 'reset'),
  clearDialed: (phone) => expect(phone.callLists.dialed).toEqual([]),
  clearMissed: (phone) => expect(phone.callLists.missed).toEqual([]),
  clearReceived: (phone) => expect(phone.effects.last).toEqual({ type: 'callListCleared', list: 'received' }),
  firmware: (phone) =>
    expect(phone.effects.last).toEqual({
      type: 'firmwareLoaded',
      url: 'http://my.provisioning.server.com/download/fw/snom821-8.4.35-SIP-r.bin',
    }),
  fixLineInfo: (phone) => expect(phone.lineInfoLayerFixed).toBe(true),
  touch: (phone) => expect(touches(phone)).toEqual([{ x: 10, y: 20, action: 'press' }]),
  release: (phone) => expect(touches(phone)).toEqual([{ x: 10, y: 20, action: 'release' }]),
  tap: (phone) => expect(touches(phone)).toEqual([{ x: 10, y: 20, action: 'tap' }]),
  tapThrice: (phone) =>
    expect(touches(phone)).toEqual([
      { x: 10, y: 20, action: 'tap' },
      { x: 479, y: 271, action: 'tap' },
      { x: 0, y: 0, action: 'tap' },
    ]),
};

const touches = (phone: VirtualSnomPhone) =>
  phone.effects.all
    .filter((effect): effect is SnomEffect & { type: 'touched' } => effect.type === 'touched')
    .map(({ touch }) => touch);

/** A phone in a call, with a missed and a dialled number, so that each command has something to change. */
const busyPhone = async (office: Office): Promise<VirtualSnomPhone> => {
  const phone = await office.phone({
    model: '870',
    firmware: '8.7.5.35',
    identities: [{ number: '1001' }, { number: '123', domain: 'domain1' }],
  });
  const caller = office.party('1008');
  office.party('1009', { answersAfterMs: 0 });
  office.party('12345678');
  caller.dial('1001');
  await office.exchange.settled();
  caller.hangUp();
  await office.exchange.settled();
  phone.user.dial('1009');
  await office.exchange.settled();
  return phone;
};

const documented = [
  ...fixtureRows('commands-2015.txt').map((row) => ['2015', ...row] as const),
  ...fixtureRows('commands-today.txt').map((row) => ['today', ...row] as const),
];

test('all documented commands are here', () => {
  expect(documented).toHaveLength(29);
  expect(documented.map(([, purpose = '']) => outcomes[purpose]).filter((outcome) => outcome === undefined)).toEqual(
    [],
  );
});

describe.each(documented)('%s: %s by %s', (spelling, purpose = '', target = '') => {
  test.each(['GET', 'POST'])('%s does it', async (method) => {
    await using office = await Office.open();
    const phone = await busyPhone(office);
    phone.quirks.callListSpelling = spelling === '2015' ? '2015' : 'today';
    phone.quirks.reregisterPages = spelling === '2015' ? ['/command.htm'] : ['/dummy.htm'];
    const reply = await ask(phone, target, { method });
    await office.exchange.settled();
    expect(reply.status).toBe(purpose.startsWith('dial') ? 302 : 200);
    expect(reply.headers['server']).toBe('snom embedded');
    await outcomes[purpose]?.(phone, office);
  });
});

test('a dialled number redirects to index.htm, with or without the origin', async () => {
  await using office = await Office.open();
  const phone = await office.phone();
  expect((await ask(phone, '/command.htm?number=1002')).headers['location']).toBe('index.htm');
  phone.quirks.dialRedirect = 'absolute';
  expect((await ask(phone, '/command.htm?number=1002')).headers['location']).toBe(`${phone.address}/index.htm`);
});

test('outgoing_uri names the identity that dials', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ identities: [{ number: '1001' }, { number: '123', domain: 'domain1' }] });
  office.party('12345678');
  await ask(phone, '/command.htm?number=12345678&outgoing_uri=123@domain1');
  expect(phone.calls.map(({ local }) => local.number)).toEqual(['123']);
});

test.each(['+4930123', '%2B4930123'])('number=%s keeps its plus', async (number) => {
  await using office = await Office.open();
  const phone = await office.phone();
  await ask(phone, `/command.htm?number=${number}`);
  expect(phone.callLists.dialed).toEqual([{ number: '+4930123', displayName: '' }]);
});

test('a spelling that this phone does not know changes nothing', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ quirks: { callListSpelling: 'today', reregisterPages: ['/dummy.htm'] } });
  phone.user.dial('1002');
  expect((await ask(phone, '/index.htm?dialledel=0')).status).toBe(200);
  expect((await ask(phone, '/command.htm?REREGISTER=1')).status).toBe(200);
  expect(phone.callLists.dialed).toHaveLength(1);
  expect(phone.effects.all.map(({ type }) => type)).not.toContain('reregistered');
});

test('DTMF needs a call in conversation', async () => {
  await using office = await Office.open();
  const phone = await office.phone();
  const far = office.party('1002');
  await ask(phone, '/command.htm?key_dtmf=1');
  phone.user.dial('1002');
  await office.exchange.settled();
  await ask(phone, '/command.htm?key_dtmf=2');
  far.answer();
  await office.exchange.settled();
  await ask(phone, '/command.htm?key_dtmf=3%2A4%23');
  await office.exchange.settled();
  expect(far.legs[0]?.receivedDigits).toBe('3*4#');
});

test.each([
  ['D785', '10.1.33.33'],
  ['870', '8.4.33'],
  ['870', '8.7.1'],
])('a %s with %s has no touch', async (model, firmware) => {
  await using office = await Office.open();
  const phone = await office.phone({ model, firmware });
  expect((await ask(phone, '/command.htm?touch=10%2020')).status).toBe(200);
  expect(touches(phone)).toEqual([]);
});

test('touches beside the display are lost', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ model: '870', firmware: '8.4.34' });
  await ask(phone, '/command.htm?touch=480+271+pr+479+272+pr+479+271+pr');
  expect(touches(phone)).toEqual([{ x: 479, y: 271, action: 'tap' }]);
});
