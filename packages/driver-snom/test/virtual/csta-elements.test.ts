import { expect, test } from 'vitest';
import type { VirtualSnomPhone } from '../../src/virtual/index.ts';
import { fixtureRows } from '../fixture.ts';
import { inEnvelope, NEW, run, states } from './csta-office.ts';
import { Office } from './office.ts';

/** What the person at the phone did before, with a call of 455360 that rings. */
const SITUATIONS = {
  idle: null,
  ringing: () => {},
  talking: (phone: VirtualSnomPhone) => phone.user.answer(),
  holding: (phone: VirtualSnomPhone) => {
    phone.user.answer();
    phone.user.press('F_HOLD');
  },
  consulting: (phone: VirtualSnomPhone) => {
    phone.user.answer();
    phone.user.press('F_HOLD');
    phone.user.dial('0102');
  },
} as const;

/** What each request finds and what it leaves. */
const EFFECTS: Readonly<Record<string, readonly [situation: keyof typeof SITUATIONS, after: readonly string[]]>> = {
  AnswerCall: ['ringing', ['455360 connected']],
  ClearConnection: ['talking', []],
  ClearCall: ['talking', []],
  HoldCall: ['talking', ['455360 held']],
  RetrieveCall: ['holding', ['455360 connected']],
  ConsultationCall: ['talking', ['455360 held', '+49102 connected']],
  TransferCall: ['consulting', []],
  ConferenceCall: ['consulting', ['455360 connected', '0102 connected']],
  SingleStepTransferCall: ['talking', []],
  DeflectCall: ['ringing', []],
  GenerateDigits: ['talking', ['455360 connected']],
  MakeCall: ['idle', ['0102 connected']],
  RequestSystemStatus: ['idle', []],
  SnapshotDevice: ['idle', []],
  GetSwitchingFunctionDevices: ['idle', []],
  GetDoNotDisturb: ['idle', []],
  SetDoNotDisturb: ['idle', []],
  GetForwarding: ['idle', []],
  SetForwarding: ['idle', []],
};

/** What the requests leave beside calls. */
const digitsSent = (phone: VirtualSnomPhone) =>
  phone.effects.all.flatMap((effect) => (effect.type === 'digitsSent' ? [effect.digits] : []));

const rows = fixtureRows('csta-elements.txt').flatMap(([name = '', nested = '', bare = '']) => [
  { name, dialect: 'nested', elements: nested, settings: {} },
  { name, dialect: 'bare', elements: bare, settings: { csta_legacy_control: '0' } },
]);

test.each(rows)('$name with $dialect ids, as in the file', async ({ name, elements, settings }) => {
  await using office = await Office.open();
  const phone = await office.phone({ ...NEW, identities: [{ number: '101', domain: 'pbx.example' }], settings });
  for (const number of ['0102', '+49102']) office.party(number, { answersAfterMs: 0 });
  const [situation, after] = EFFECTS[name] ?? ['idle', ['no such request']];
  const arrange = SITUATIONS[situation];
  if (arrange !== null) {
    office.party('455360').dial('101');
    await office.exchange.settled();
    arrange(phone);
    await office.exchange.settled();
  }
  // The file's calls are -18 and 2; here the first one is -1.
  const reply = await run(office, phone, inEnvelope(`<${name}>${elements.replace('-18', '-1')}</${name}>`));
  expect([reply.status, states(phone)]).toEqual([200, after]);
  expect(digitsSent(phone)).toEqual(name === 'GenerateDigits' ? ['1*#'] : []);
  expect(phone.features.isOn('dnd')).toBe(name === 'SetDoNotDisturb');
  expect(phone.features.forward('noAnswer')).toEqual(
    name === 'SetForwarding'
      ? { on: true, target: '0102', afterSeconds: 20 }
      : { on: false, target: '', afterSeconds: 12 },
  );
});

test('every request of the file has its effect here', () => {
  expect(rows.map(({ name }) => name).filter((name) => EFFECTS[name] === undefined)).toEqual([]);
  expect(rows).toHaveLength(2 * Object.keys(EFFECTS).length);
});
