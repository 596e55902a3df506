import { accepted, confirmed } from '@hookswitch/core';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { acmeWith } from '../support/driver.ts';
import { testGateway } from '../support/gateway.ts';
import { scriptedPhone } from '../support/scripted-phone.ts';

const HOUR = 3_600_000;
const documented = { transport: 'HTTP', evidence: 'DOCUMENTED', source: 'a test' } as const;

/** Does what it is told and says so at once; its settings can be read. */
const obedient = acmeWith({
  DO_NOT_DISTURB: [
    {
      ...documented,
      async setDoNotDisturb({ enabled }, context) {
        await context.http.send({ method: 'POST', target: `/dnd?${enabled}` });
        return confirmed(true);
      },
    },
  ],
  READ_SETTINGS: [
    {
      ...documented,
      async settings(_names, context) {
        await context.http.send({ method: 'GET', target: '/settings', readOnly: true });
        return accepted([]);
      },
    },
  ],
});

/** The system's clock, which can be set, beside one that only runs forward. */
function settable() {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    ticks: () => Math.floor(performance.now()),
    set(by: number): void {
      offset += by;
    },
  };
}

test('a clock that is set changes neither what is the report of a command nor what is undone at once', async () => {
  const clock = settable();
  const warned: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void warned.push(line) });
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [obedient], log, ...clock });
  const desk = await running.addPhone({ address: phone.origin });
  const turn = (enabled: boolean) =>
    running.run(desk, { name: 'setDoNotDisturb', arguments: { enabled, keep: 'ALWAYS' } });
  await turn(true);
  await turn(false);
  clock.set(HOUR);
  const turnedOn = () => running.report(desk, 'dnd', 'on=1');
  // The report of the first command, late; then somebody turns it on.
  await turnedOn();
  await turnedOn();
  await phone.received(3);
  // It was undone at once: it is let be, wherever the clock is.
  await turnedOn();
  clock.set(HOUR);
  await turnedOn();
  clock.set(HOUR);
  await turnedOn();
  await running.gateway.stop();
  expect(phone.requests.map(({ target }) => target)).toEqual(['/dnd?true', '/dnd?false', '/dnd?false']);
  expect(warned.filter((line) => line.includes('it is let be'))).toHaveLength(3);
});

test('a clock that is put back does not end the look at action URLs', async () => {
  const clock = settable();
  await using phone = await scriptedPhone();
  await using running = await testGateway({
    drivers: [obedient],
    config: { eventPath: { actionUrlDrift: 'report', actionUrlCheckMs: 50 } },
    ...clock,
  });
  await running.addPhone({ address: phone.origin });
  await phone.received(2);
  clock.set(-HOUR);
  await phone.received(phone.requests.length + 2);
});

test('a clock that is put back does not end the questions for calls that their phone does not end', async () => {
  const clock = settable();
  await using phone = await scriptedPhone((_request, response) => void response.end('[]'));
  await using running = await testGateway({
    config: { calls: { askMs: 50, ringMs: HOUR, callMs: HOUR } },
    ...clock,
  });
  const desk = await running.addPhone({ address: phone.origin });
  await running.report(desk, 'incoming', 'id=1&remote=101');
  await phone.received(1);
  clock.set(-HOUR);
  await running.report(desk, 'incoming', 'id=2&remote=102');
  await phone.received(phone.requests.length + 1);
});
