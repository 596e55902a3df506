import { expect, test } from 'vitest';
import {
  type CallLeg,
  type DeskMoment,
  VirtualDeskPhone,
  VirtualExchange,
  type VirtualReply,
} from '../src/virtual/index.ts';
import { send } from './support/http.ts';

const LOGIN = { username: 'admin', password: 'desk' };
const AUTHORIZATION = { authorization: `Basic ${Buffer.from('admin:desk').toString('base64')}` };
const MOMENTS = [
  ...(['started', 'registered', 'unregistered', 'offHook', 'onHook', 'dndOn', 'dndOff'] as const),
  ...(['dialing', 'ringing', 'incoming', 'answered', 'held', 'resumed', 'remoteHeld', 'remoteResumed'] as const),
  ...(['missed', 'ended'] as const),
];

/** A phone that reports every moment but those that are left out, and answers with what it was asked for. */
class ToldPhone extends VirtualDeskPhone<DeskMoment, { polite: boolean }> {
  readonly told: string[] = [];
  idle = 0;

  constructor(exchange: VirtualExchange, without: readonly DeskMoment[] = []) {
    super(
      {
        ...{ exchange, model: 'T1', firmware: '1', mac: '020000000001', number: '1001', displayName: 'Anna' },
        ...{ credentials: LOGIN, settings: { b: '3' }, quirks: { polite: false }, host: '127.0.0.9' },
      },
      {
        ...{ vendor: 'told', userAgent: 'Told T1', quirks: { polite: true }, headers: { Server: 'told' } },
        reports: Object.fromEntries(MOMENTS.filter((one) => !without.includes(one)).map((one) => [one, one])),
        ...{ login: { scheme: 'basic', realm: 'T1' }, settings: { a: '1', b: '2' }, lights: ['L1'] },
        nextLegId: (direction) => `own-${direction}`,
      },
    );
  }

  protected report(moment: DeskMoment, leg?: CallLeg): void {
    this.told.push(leg === undefined ? moment : `${moment} ${leg.remote.number}`);
  }

  protected answer({ path }: { readonly path: string }): VirtualReply {
    return { status: 200, body: path };
  }

  protected override whenIdle(): void {
    this.idle += 1;
  }
}

/** The phone, started, in an exchange with 1002. */
async function office(without: readonly DeskMoment[] = []) {
  const exchange = new VirtualExchange();
  const other = exchange.addParty({ number: '1002' });
  const phone = new ToldPhone(exchange, without);
  await phone.start();
  phone.told.length = 0;
  return {
    ...{ exchange, other, phone },
    async [Symbol.asyncDispose]() {
      await phone.stop();
      exchange[Symbol.dispose]();
    },
  };
}

test('it is what its make and its options say, and registers when it starts', async () => {
  using exchange = new VirtualExchange();
  await using phone = new ToldPhone(exchange);
  expect(() => phone.line).toThrow('The phone was not started yet.');
  expect(phone.calls).toEqual([]);
  expect(phone.accounts).toMatchObject([{ number: '1001', label: 'Anna', displayName: 'Anna', registered: false }]);
  await phone.start();
  expect(phone.told).toEqual(['started', 'registered']);
  expect(phone.accounts[0].registered).toBe(true);
  expect([phone.vendor, phone.quirks.polite, phone.settings.toRecord()]).toEqual(['told', false, { a: '1', b: '3' }]);
  expect(phone.lights.get('L1')).toEqual({ state: 'off', color: undefined });
  expect([phone.host, phone.actionUrls.settings.localAddress]).toEqual(['127.0.0.9', '127.0.0.9']);
  expect([phone.sipUri, phone.sipRequests, phone.sipFaults]).toEqual([undefined, undefined, undefined]);
});

test('who is not logged in gets its challenge, who is gets the vendor’s answer', async () => {
  await using one = await office();
  const refused = await send(one.phone.address);
  expect([refused.status, refused.headers['www-authenticate']]).toEqual([401, 'Basic realm="T1"']);
  const answered = await send(one.phone.address, { target: '/a', headers: AUTHORIZATION });
  expect([answered.status, answered.body, answered.headers['server']]).toEqual([200, '/a', 'told']);
});

test('what its calls do is reported, by hand and by the far end', async () => {
  await using one = await office();
  const { phone, other, exchange } = one;
  const settled = () => exchange.settled();
  other.dial('1001');
  await settled();
  expect(phone.calls.map(({ id }) => id)).toEqual(['own-incoming']);
  phone.answerByHand();
  await settled();
  const [far] = other.legs;
  if (far !== undefined) other.line.hold(far);
  await settled();
  if (far !== undefined) other.line.resume(far);
  phone.holdByHand();
  await settled();
  const [leg] = phone.calls;
  if (leg !== undefined) phone.line.resume(leg);
  await settled();
  phone.features.turn('mute', true);
  phone.hangUpByHand();
  await settled();
  expect(phone.told).toEqual([
    ...['incoming 1002', 'offHook', 'answered 1002', 'remoteHeld 1002', 'remoteResumed 1002', 'held 1002'],
    ...['resumed 1002', 'onHook', 'ended 1002'],
  ]);
  expect([phone.features.isOn('mute'), phone.idle]).toEqual([false, 1]);
});

test('who answers or dials holds the call that was connected', async () => {
  await using one = await office();
  const { phone, other, exchange } = one;
  const third = exchange.addParty({ number: '1003' });
  other.dial('1001');
  await exchange.settled();
  phone.answerByHand();
  third.dial('1001');
  await exchange.settled();
  phone.answerByHand();
  expect(phone.calls.map(({ state }) => state)).toEqual(['held', 'connected']);
  phone.dialByHand('9999');
  expect(phone.calls.map(({ state }) => state)).toEqual(['held', 'held', 'dialing']);
  await exchange.settled();
  expect(phone.idle).toBe(0);
});

test('with nothing that rings or is connected hands do nothing, and the handset is reported', async () => {
  await using one = await office();
  one.phone.answerByHand();
  one.phone.holdByHand();
  one.phone.hangUpByHand();
  expect(one.phone.told).toEqual(['offHook', 'onHook']);
});

test.each([
  [[], 'missed 1002'],
  [['missed'], 'ended 1002'],
] as const)('a call that nobody took, without a word for %j', async (without, told) => {
  await using one = await office(without);
  const call = one.other.dial('1001');
  await one.exchange.settled();
  one.other.line.cancel(call);
  await one.exchange.settled();
  expect(one.phone.told).toEqual(['incoming 1002', told]);
});

test('do not disturb is reported where it changes, and refuses calls', async () => {
  await using one = await office();
  for (const on of [true, true, false]) one.phone.setDoNotDisturb(on);
  expect(one.phone.told).toEqual(['dndOn', 'dndOff']);
  one.phone.setDoNotDisturb(true);
  const call = one.other.dial('1001');
  await one.exchange.settled();
  expect(call.endReason).toBe('busy');
});
