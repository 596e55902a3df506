import { expect, test } from 'vitest';
import { options } from '../src/options.ts';
import { optionsOf } from './fake-context.ts';

test('defaults', async () => {
  expect(await optionsOf()).toEqual({
    accounts: [],
    csta_legacy_control: '2',
    cstaNamespace: 'ed4',
    xmlPushForm: 'escaped',
    answerKey: 'ENTER',
    conferenceKey: 'auto',
    callJoinOnTransfer: false,
    stepPauseMs: 0,
    uacstaEvents: false,
    notifyPauseMs: 2_000,
    talkAndHold: 'auto',
    dialByInvite: false,
    blacklistScreening: false,
    remoteControl: 'auto',
  });
});

test('strings become what they mean', async () => {
  expect(
    await optionsOf({
      accounts: 'sip:101@pbx.example, 102@pbx.example:5060',
      csta_legacy_control: '0',
      callJoinOnTransfer: 'true',
      stepPauseMs: '500',
      notifyPauseMs: '0',
      talkAndHold: 'on',
      dialByInvite: 'true',
      functionKeys: '30',
      expansionKeys: '0',
      ledOffset: '5',
      blacklistScreening: 'on',
      remoteControl: 'off',
      answerKey: 'P1',
    }),
  ).toMatchObject({
    accounts: ['101@pbx.example', '102@pbx.example:5060'],
    csta_legacy_control: '0',
    callJoinOnTransfer: true,
    stepPauseMs: 500,
    notifyPauseMs: 0,
    talkAndHold: 'on',
    dialByInvite: true,
    functionKeys: 30,
    expansionKeys: 0,
    ledOffset: 5,
    blacklistScreening: true,
    remoteControl: 'off',
    answerKey: 'P1',
  });
});

test.each([
  ['accounts', '101'],
  ['accounts', '101@h&x=1@h'],
  ['accounts', Array.from({ length: 13 }, (_, index) => `${index}@h`).join(',')],
  ['csta_legacy_control', '3'],
  ['cstaNamespace', 'ed6'],
  ['xmlPushForm', 'raw'],
  ['answerKey', 'REBOOT'],
  ['conferenceKey', 'CONFERENCE'],
  ['callJoinOnTransfer', 'maybe'],
  ['stepPauseMs', '-1'],
  ['stepPauseMs', '10001'],
  ['notifyPauseMs', '10001'],
  ['talkAndHold', 'maybe'],
  ['dialByInvite', 'sometimes'],
  ['functionKeys', ''],
  ['functionKeys', '221'],
  ['ledOffset', '1.5'],
  ['remoteControl', 'yes'],
  ['no_such_option', '1'],
])('%s = %s is refused', async (name, value) => {
  const result = await options.schema['~standard'].validate({ [name]: value });
  expect(result.issues).toHaveLength(1);
});

test('each option has a description', async () => {
  const given = await optionsOf({ functionKeys: '1', expansionKeys: '1', ledOffset: '1' });
  expect(Object.keys(options.descriptions).sort()).toEqual(Object.keys(given).sort());
});
