import { expect, test } from 'vitest';
import { conformance } from '../../src/index.ts';
import { CollectingRunner } from '../support/collecting-runner.ts';
import { asTold, type Reading, refused, settingsHarness } from '../support/example-settings.ts';

const SETTINGS = 'E1: READ_SETTINGS';
const LEFT_OUT = 'leaves out a setting to which the phone says that it does not know it (404)';

/** What is told of a driver that reads in that way, without the name of the phone and of the way. */
async function told(
  reading: Reading,
  more: Parameters<typeof settingsHarness>[1] = {},
): Promise<{ readonly names: readonly string[]; readonly failed: ReadonlyMap<string, string> }> {
  const runner = new CollectingRunner();
  const { names } = conformance(runner, settingsHarness(reading, more));
  const ofSettings = names.filter((name) => name.startsWith(SETTINGS));
  const failures = await runner.failures((name) => name.startsWith(SETTINGS));
  const bare = (name: string): string => name.replace(/^.*: settings,? /, '');
  return {
    names: ofSettings.map(bare),
    failed: new Map([...failures].map(([name, error]) => [bare(name), String(error)])),
  };
}

/** Leaves a setting out where the reply is one of these. */
const leavingOut =
  (...statuses: readonly number[]): Reading =>
  (name, reply) =>
    statuses.includes(reply.status) ? null : asTold(name, reply);

test('a setting that the phone answers with the declared reply is left out, and no other', async () => {
  const { names, failed } = await told(leavingOut(404), { unknownSetting: { status: 404 } });
  expect(failed).toEqual(new Map());
  expect(names).toContain(LEFT_OUT);
  expect(names).toContain('is not accepted when the phone answers 403, in any step');
  expect(names).not.toContain('is not accepted when the phone answers 404, in any step');
});

test('without the declaration it is a failure, whose message names the declaration', async () => {
  const { names, failed } = await told(leavingOut(404));
  expect(names).not.toContain(LEFT_OUT);
  expect([...failed.keys()]).toEqual(['is not accepted when the phone answers 404, in any step']);
  expect([...failed.values()][0]).toContain('declare unknownSetting: { status: 404 } in the harness');
});

test('a driver that leaves out what was refused otherwise is told, and one that fails at the declared reply', async () => {
  const more = { unknownSetting: { status: 404 } } as const;
  const generous = await told(leavingOut(404, 403), more);
  expect([...generous.failed.keys()]).toEqual(['is not accepted when the phone answers 403, in any step']);
  const strict = await told(asTold, more);
  expect([...strict.failed.keys()]).toEqual(['one by its name', LEFT_OUT]);
});

test('a driver that leaves out the rest, too, is told', async () => {
  let isOver = false;
  const { failed } = await told(
    (name, reply) => {
      isOver = name === 'a' ? reply.status === 404 : isOver;
      if (name === 'conformance_unknown' && reply.status === 404) return { name, value: null, writable: null };
      return isOver ? null : asTold(name, reply);
    },
    { unknownSetting: { status: 404 } },
  );
  expect(failed.get(LEFT_OUT)).toContain('all that is known, and not what it was told not to be');
});

test('a body tells the declared reply from others of its status', async () => {
  const unknownSetting = { status: 200, body: 'no such setting' };
  const refusals = [
    { name: 'no such setting', status: 200, body: 'no such setting' },
    { name: 'not now', status: 200, body: 'not now' },
  ];
  const byWords: Reading = (name, reply) =>
    reply.text === 'no such setting' || reply.status === 404 ? null : asTold(name, reply);
  const { names, failed } = await told(byWords, { unknownSetting, refusals });
  expect(names.filter((name) => name.includes('says no'))).toEqual(['is not accepted when the phone says no: not now']);
  expect([...failed.keys()]).toEqual(['is not accepted when the phone answers 404, in any step']);
  const deaf = await told((name, reply) => (reply.status === 404 ? refused(reply) : asTold(name, reply)), {
    unknownSetting,
    refusals,
  });
  expect([...deaf.failed.keys()]).toContain(LEFT_OUT.replace('404', '200'));
});
