import { expect, test } from 'vitest';
import { fixture } from '../support/fixture.ts';
import { startOffice } from './support/office.ts';

test('do not disturb: an event when it changes, and only then', async () => {
  await using office = await startOffice();
  for (const key of ['DNDOn', 'DNDOn', 'DNDOff', 'DNDOff']) await office.press(key);
  expect(await office.events()).toEqual(['dnd_on', 'dnd_off']);
  await office.press('DNDOn');
  const call = office.colleague.dial('1001');
  await office.exchange.settled();
  expect(call.endReason).toBe('busy');
});

test('an exchange that does not allow it makes the keys idle', async () => {
  await using office = await startOffice({ quirks: { dndAllowed: false } });
  await office.press('DNDOn');
  expect([office.phone.features.isOn('dnd'), await office.events()]).toEqual([false, []]);
});

test('the forward keys of the guide, with seconds', async () => {
  await using office = await startOffice();
  const { features } = office.phone;
  await office.press('AlwaysFwdOn=1003');
  expect(features.forward('always')).toMatchObject({ on: true, target: '1003' });
  await office.press('AlwaysFwdOff');
  await office.press('BusyFwdOn=%2B4930');
  expect(features.forward('busy')).toMatchObject({ on: true, target: '+4930' });
  await office.press('BusyFwdOff');
  await office.get(fixture('action-uri/forward-no-answer.txt'));
  expect(features.forward('noAnswer')).toEqual({ on: true, target: '1001', afterSeconds: 24 });
  await office.get(fixture('action-uri/forward-no-answer-off.txt'));
  expect(features.forward('noAnswer').on).toBe(false);
  expect(await office.events()).toEqual([
    'always_fwd_on',
    'always_fwd_off',
    'busy_fwd_on',
    'busy_fwd_off',
    'no_answer_fwd_on',
    'no_answer_fwd_off',
  ]);
});

test('forwarding that is set per account ignores the keys', async () => {
  await using office = await startOffice({ quirks: { forwardMode: 'custom' } });
  await office.press('AlwaysFwdOn=1003');
  expect(office.phone.features.forward('always').on).toBe(false);
});
