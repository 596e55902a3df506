import { expect, test } from 'vitest';
import { keys, states } from './keyed-calls.ts';
import { Office } from './office.ts';

const NO_KEYS = { fkey1: 'none', fkey2: 'none', fkey3: 'none' };

test('a call that finds no line key free has none, until one becomes free', async () => {
  await using office = await Office.open();
  const action_incoming_url = `${office.gateway.address}/in?key=$active_key`;
  const phone = await office.phone({ model: '300', settings: { ...NO_KEYS, action_incoming_url } });
  const first = office.party('1002');
  for (const party of [first, office.party('1003')]) {
    party.dial('1001');
    await office.quiet();
  }
  expect(office.gateway.requests.all.map(({ query }) => query)).toEqual(['key=P1', 'key=']);
  first.hangUp();
  await office.quiet();
  expect(phone.lights.get('P1')).toEqual({ state: 'blinkfast', color: 'green' });
  await keys(office, phone, 'P1');
  expect(states(phone)).toEqual(['1003 connected']);
});

test('a line key of one identity takes the calls of that one only', async () => {
  await using office = await Office.open();
  const phone = await office.phone({
    identities: [{ number: '1001' }, { number: '1011' }],
    settings: { fkey0: 'line sip:1011@pbx.example' },
  });
  office.party('1002').dial('1001');
  await office.exchange.settled();
  expect([phone.lights.get('P1')?.state, phone.lights.get('P2')?.state]).toEqual(['off', 'blinkfast']);
  office.party('1003').dial('1011');
  await office.exchange.settled();
  await keys(office, phone, 'P1');
  expect(states(phone)).toEqual(['1002 ringing', '1003 connected']);
});
