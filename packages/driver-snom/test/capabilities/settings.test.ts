import { describe, expect, test } from 'vitest';
import { capabilitiesFor } from '../../src/capabilities.ts';
import { type Answer, fakeContext, profileOf, replyOf } from '../fake-context.ts';
import { fixture } from '../fixture.ts';
import { answering, run } from '../run.ts';

const invalid = (argument: string) => ({ status: 'FAILED', failure: { code: 'INVALID_ARGUMENT', argument } });
const told = answering('GetSettings', replyOf(200, fixture('csta-get-settings.200.xml')));
const noCsta = { model: '720', firmware: '8.7.2' };

describe('reading settings', () => {
  async function settings(names: readonly string[] | undefined, answer: Answer = told) {
    const profile = await profileOf();
    const context = fakeContext(profile, { answer });
    return capabilitiesFor(profile).READ_SETTINGS?.[0].settings(names, context);
  }

  test('all, and whether they can be written', async () => {
    const outcome = await settings(undefined);
    expect(outcome).toMatchObject({ status: 'ACCEPTED' });
    const value = outcome?.status === 'ACCEPTED' ? outcome.value : [];
    expect(value).toHaveLength(10);
    expect(value).toContainEqual({ name: 'mac', value: '000413ABCDEF', writable: false });
    expect(value).toContainEqual({ name: 'user_name1', value: '0101', writable: true });
  });
  test('some; one that the phone does not know is left out', async () => {
    expect(await settings(['phone_type', 'nonsense'])).toEqual({
      status: 'ACCEPTED',
      value: [{ name: 'phone_type', value: 'snom720', writable: false }],
    });
  });
  test('a secret is not told', async () => {
    const text =
      '<GetSettingsResponse><Setting><name>http_pass</name><value>geheim</value></Setting></GetSettingsResponse>';
    expect(await settings(undefined, () => replyOf(200, text))).toMatchObject({
      value: [{ name: 'http_pass', value: null }],
    });
  });
  test('not without CSTA', async () => {
    expect(await settings(undefined, () => replyOf(404))).toMatchObject({ status: 'NOT_HERE' });
  });
});

describe('writing settings', () => {
  const name = { name: 'user_realname1', value: 'Ann & Bob' };

  test("of CSTA's list by SetSettings, read back", async () => {
    const { outcome, sent } = await run('writeSettings', { settings: [name] });
    expect(outcome).toEqual({ status: 'CONFIRMED', changed: true, value: undefined });
    expect(sent).toEqual([
      '<SetSettings><Setting><name>user_realname1</name><value>Ann &amp; Bob</value></Setting></SetSettings>',
      '<GetSettings></GetSettings>',
    ]);
  });
  test('held otherwise', async () => {
    const { outcome } = await run('writeSettings', { settings: [name] }, { answer: told });
    expect(outcome).toMatchObject({
      status: 'FAILED',
      failure: {
        code: 'SETTINGS_DIFFER',
        differences: [{ name: 'user_realname1', expected: 'Ann & Bob', actual: 'Ann & Co' }],
      },
    });
  });
  test('others by dummy.htm, to flash too', async () => {
    const { outcome, transport, sent } = await run('writeSettings', {
      settings: [name, { name: 'dim_timer', value: '10' }],
    });
    expect([outcome.status, transport]).toEqual(['ACCEPTED', 'HTTP']);
    expect(sent).toEqual(['/dummy.htm?settings=save&user_realname1=Ann%20%26%20Bob&dim_timer=10&store_settings=save']);
  });
  test('that cannot be read back are only acknowledged', async () => {
    const { outcome } = await run(
      'writeSettings',
      { settings: [name] },
      { answer: answering('GetSettings', replyOf(500)) },
    );
    expect(outcome.status).toBe('ACCEPTED');
  });
  test.each([
    [[], 'settings'],
    [[name, { name: 'a&reboot', value: '' }], 'settings.1.name'],
    [[{ name: 'swload', value: 'load' }], 'settings.0.name'],
    [[{ name: 'REBOOT', value: 'true' }], 'settings.0.name'],
    [[{ name: 'mac', value: '1' }], 'settings.0.name'],
    [[{ name: 'language', value: 'a\r\nb' }], 'settings.0.value'],
  ])('%j is refused', async (settings, argument) => {
    for (const phone of [{}, noCsta]) {
      const { outcome, sent } = await run('writeSettings', { settings }, { phone });
      expect(outcome).toMatchObject(invalid(argument));
      expect(sent).toEqual([]);
    }
  });
  test('a portion that fails says how far it got', async () => {
    const settings = ['one', 'two'].map((one) => ({ name: one, value: 'x'.repeat(1_500) }));
    const { outcome } = await run('writeSettings', { settings }, { answer: answering('two=', replyOf(500)) });
    expect(outcome).toMatchObject({ failure: { message: expect.stringContaining('1 of 2 portions') } });
  });
});

describe('configureKey', () => {
  const start = '/dummy.htm?settings=save&store_settings=save';

  test.each([
    [{ key: 'FUNCTION_3', function: 'BUTTON' }, '&fkey2=button%203'],
    [{ key: 'FUNCTION_1', function: 'NONE' }, '&fkey0=none'],
    [{ key: 'FUNCTION_1', function: 'LINE', account: 2 }, '&fkey0=line&fkey_context0=2'],
    [
      { key: 'FUNCTION_2', function: 'SPEED_DIAL', value: '0102', label: 'Ann' },
      '&fkey1=speed%200102&fkey_label1=Ann&fkey_short_label1=Ann',
    ],
    [{ key: 'FUNCTION_2', function: 'BLF', value: 'sip:102@h' }, '&fkey1=blf%20sip%3A102%40h'],
    [{ key: 'FUNCTION_2', function: 'URL', value: 'http://h/?a=1&b' }, '&fkey1=url%20http%3A%2F%2Fh%2F%3Fa%3D1%26b'],
    [{ key: 'FUNCTION_2', function: 'DTMF', value: '*1' }, '&fkey1=dtmf%20%2A1'],
    [{ key: 'EXPANSION_1', function: 'BUTTON' }, '&fkey24=button%2025'],
  ] as const)('%o', async (command, rest) => {
    const { outcome, sent } = await run('configureKey', command);
    expect([outcome.status, sent]).toEqual(['ACCEPTED', [`${start}${rest}`]]);
  });
  test('no short label where the model has none', async () => {
    const { sent } = await run(
      'configureKey',
      { key: 'FUNCTION_1', function: 'NONE', label: 'A' },
      { phone: { model: 'D385' } },
    );
    expect(sent).toEqual([`${start}&fkey0=none&fkey_label0=A`]);
  });
  test.each([
    [{ key: 'HOLD', function: 'NONE' }, 'key'],
    [{ key: 'FUNCTION_25', function: 'NONE' }, 'key'],
    [{ key: 'FUNCTION_1', function: 'BLF' }, 'value'],
    [{ key: 'FUNCTION_1', function: 'LINE', value: '1' }, 'value'],
    [{ key: 'FUNCTION_1', function: 'URL', value: 'a\nb' }, 'value'],
    [{ key: 'FUNCTION_1', function: 'NONE', label: 'a\nb' }, 'label'],
    [{ key: 'FUNCTION_1', function: 'LINE', account: 13 }, 'account'],
  ] as const)('%o is refused', async (command, argument) => {
    const { outcome, sent } = await run('configureKey', command);
    expect(outcome).toMatchObject(invalid(argument));
    expect(sent).toEqual([]);
  });
});
