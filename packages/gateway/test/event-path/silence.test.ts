import { expect, test } from 'vitest';
import { type TestGateway, testGateway } from '../support/gateway.ts';
import { says, scriptedPhone } from '../support/scripted-phone.ts';

const DIAL = { name: 'dial', arguments: { to: '102' } } as const;

async function silentPhones({ gateway }: TestGateway): Promise<string | undefined> {
  const text = await (await fetch(`${gateway.url}/metrics`)).text();
  return /^hookswitch_phones_silent (\d+)$/m.exec(text)?.[1];
}

test('a phone that used to report, takes three commands and reports nothing is silent, until it reports', async () => {
  let ahead = 0;
  await using phone = await scriptedPhone(says(''));
  await using running = await testGateway({ now: () => Date.now() + ahead });
  const { phones, readings } = running.application;
  const desk = await running.addPhone({ address: phone.origin });
  const state = async () => ({
    silent: phones.silentSince(desk.id) !== null,
    found: (await readings.diagnosis(desk.id, running.caller)).some(({ code }) => code === 'EVENTS_MISSING'),
    metric: await silentPhones(running),
  });
  const no = { silent: false, found: false, metric: '0' };

  // Never heard: it was not set up, which is another finding.
  for (let count = 0; count < 3; count += 1)
    expect(await running.run(desk, DIAL)).toMatchObject({ status: 'ACCEPTED' });
  ahead += 60_000;
  expect(await state()).toEqual(no);
  await running.report(desk, 'hello');
  // Time alone says nothing, and neither do two commands.
  ahead += 60_000;
  const first = await running.run(desk, DIAL);
  await running.run(desk, DIAL);
  ahead += 60_000;
  expect(await state()).toEqual(no);
  // The third may still be answered.
  await running.run(desk, DIAL);
  expect(await state()).toEqual(no);
  ahead += 60_000;
  expect(await state()).toEqual({ silent: true, found: true, metric: '1' });
  expect(phones.silentSince(desk.id)).toBe(first.sentAt);
  expect(phones.reachability(desk.id)).toBe('ONLINE');
  await running.report(desk, 'hello');
  expect(await state()).toEqual(no);
});

test('commands that fail, that change nothing, or that phones do not report make no phone silent', async () => {
  let ahead = 0;
  await using phone = await scriptedPhone(says('on'));
  await using running = await testGateway({ now: () => Date.now() + ahead });
  const desk = await running.addPhone({ address: phone.origin });
  await running.report(desk, 'hello');
  for (let count = 0; count < 3; count += 1) {
    const dnd = await running.run(desk, { name: 'setDoNotDisturb', arguments: { enabled: true } });
    expect(dnd.changed).toBe(false);
    await running.run(desk, { name: 'pressKeys', arguments: { keys: [{ key: 'OK' }] } });
  }
  ahead += 60_000;
  expect(running.application.phones.silentSince(desk.id)).toBeNull();
});
