import { expect, test } from 'vitest';
import type { Call, Command, Phone } from '../../src/model.ts';
import { acmeWith, CALL_CAPABILITIES } from '../support/driver.ts';
import { type TestGateway, testGateway } from '../support/gateway.ts';
import { scriptedPhone } from '../support/scripted-phone.ts';
import { commandWhen, isSettled } from '../support/wait.ts';

const acme = acmeWith(CALL_CAPABILITIES, ['CALL_SNAPSHOT']);
const CONFERENCE = { name: 'conference', arguments: {} } as const;
const settled = ({ application }: TestGateway, { id }: Command) => commandWhen(application, id, isSettled);

/** The calls as they are, oldest first, each with the parties of those that it was joined with. */
function joined({ application }: TestGateway, { id }: Phone): readonly (readonly (string | null)[])[] {
  const calls = application.calls.active(id);
  const partyOf = (other: string) => calls.find((call: Call) => call.id === other)?.remote.number ?? null;
  return calls.map(({ remote, conferencedWithIds }) => [remote.number, ...(conferencedWithIds ?? []).map(partyOf)]);
}

async function talk(running: TestGateway, desk: Phone, id: string): Promise<void> {
  await running.report(desk, 'incoming', `id=${id}&remote=10${id}`);
  await running.report(desk, 'connected', `id=${id}&remote=10${id}`);
}

test('a conference is proven when the held call is resumed and the other goes on', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [acme] });
  const desk = await running.addPhone({ address: phone.origin });
  await talk(running, desk, '1');
  await running.report(desk, 'held', 'id=1');
  await talk(running, desk, '2');
  const conference = await running.run(desk, CONFERENCE);
  expect(conference).toMatchObject({ status: 'ACCEPTED', settledAt: null });
  expect(joined(running, desk)).toEqual([['101'], ['102']]);
  await running.report(desk, 'resumed', 'id=1');
  expect(await settled(running, conference)).toMatchObject({ status: 'CONFIRMED', changed: true });
  expect(joined(running, desk)).toEqual([
    ['101', '102'],
    ['102', '101'],
  ]);
});

test('swapping the calls is no proof of it', { timeout: 20_000 }, async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [acme] });
  const desk = await running.addPhone({ address: phone.origin });
  await talk(running, desk, '1');
  await running.report(desk, 'held', 'id=1');
  await talk(running, desk, '2');
  const conference = await running.run(desk, CONFERENCE);
  await running.report(desk, 'held', 'id=2');
  await running.report(desk, 'resumed', 'id=1');
  expect(await settled(running, conference)).toMatchObject({ status: 'ACCEPTED', unproven: 'NOT_REPORTED' });
  expect(joined(running, desk)).toEqual([['101'], ['102']]);
});
