import type { Commands } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { capabilitiesFor } from '../../src/capabilities.ts';
import { type FakePhone, fakeContext, profileOf, sipReplyOf } from '../fake-context.ts';
import { run } from '../run.ts';

const invalid = (argument: string) => ({ status: 'FAILED', failure: { code: 'INVALID_ARGUMENT', argument } });
const d785 = { model: 'D785', sip: true } as const;
const d862 = { model: 'D862', sip: true, http: false } as const;

describe('setLed by MESSAGE', () => {
  test.each<[string, Commands['setLed'], string]>([
    ['D785', { key: 'FUNCTION_2', light: 'ON' }, 'k=2\r\nc=on'],
    ['D785', { key: 'snom:P3', light: 'SEIZED', label: '' }, 'k=3\r\nc=seized\r\nl='],
    ['320', { key: 'EXPANSION_1', light: 'PARK', label: 'Grün' }, 'k=13\r\nc=park\r\nl=Grün'],
    [
      'D785',
      { key: 'FUNCTION_2', light: 'OFFLINE', label: 'DND', onPress: { kind: 'MESSAGE', target: 'api+dnd off' } },
      'k=2\r\nc=offline\r\nn=api+dnd off\r\na=message\r\nl=DND',
    ],
    ['820', { key: 'FUNCTION_1', light: 'ON', color: 'RED' }, 'k=1\r\no=red\r\nc=on'],
  ])('%s: %o', async (model, command, body) => {
    const { outcome, transport, context } = await run('setLed', command, { phone: { model, sip: true } });
    expect([outcome.status, transport, context.sipRequests.map((request) => request.body)]).toEqual([
      'ACCEPTED',
      'SIP_MESSAGE',
      [body],
    ]);
  });
  test('is first, and the minibrowser follows where the phone says that it is not here', async () => {
    const command = { key: 'FUNCTION_1', light: 'ON' } as const;
    const { transport, outcome } = await run('setLed', command, {
      phone: d785,
      sip: { answer: () => sipReplyOf(415) },
    });
    expect([transport, outcome.status]).toEqual(['HTTP', 'ACCEPTED']);
  });
  test.each<Commands['setLed']>([
    { key: 'FUNCTION_1', light: 'BLINK_FAST' },
    { key: 'FUNCTION_1', light: 'ON', color: 'GREEN' },
    { key: 'MESSAGE', light: 'ON' },
  ])('%o: the minibrowser can, and where there is none it is refused', async (command) => {
    const there = await run('setLed', command, { phone: d785 });
    expect([there.transport, there.outcome.status, there.context.steps]).toEqual(['HTTP', 'ACCEPTED', []]);
    const here = await run('setLed', command, { phone: d862 });
    expect(here.outcome).toMatchObject({ failure: { code: 'INVALID_ARGUMENT' } });
    expect(here.context.steps).toEqual([]);
  });
  test.each<[Commands['setLed'], string]>([
    [{ key: 'HOLD', light: 'ON' }, 'key'],
    [{ key: 'FUNCTION_33', light: 'ON' }, 'key'],
    [{ key: 'FUNCTION_1', light: 'ON', label: 'a\r\nn=900' }, 'label'],
    [{ key: 'FUNCTION_1', light: 'ON', label: 'a\nb' }, 'label'],
    [{ key: 'FUNCTION_1', light: 'ON', label: 'a\tb' }, 'label'],
    [{ key: 'FUNCTION_1', light: 'ON', onPress: { kind: 'DIAL', target: '1\r2' } }, 'onPress.target'],
    [{ key: 'FUNCTION_1', light: 'ON', onPress: { kind: 'DIAL', target: '' } }, 'onPress.target'],
    [{ key: 'FUNCTION_1', light: 'ON', onPress: { kind: 'MESSAGE', target: 'a\nk=2' } }, 'onPress.target'],
    [{ key: 'FUNCTION_1', light: 'ON', onPress: { kind: 'MESSAGE', target: '' } }, 'onPress.target'],
  ])('%o is refused before anything is sent', async (command, argument) => {
    const { outcome, context } = await run('setLed', command, { phone: d862 });
    expect(outcome).toMatchObject(invalid(argument));
    expect(context.steps).toEqual([]);
  });
  test('blue is no colour of an 820', async () => {
    const command = { key: 'FUNCTION_1', light: 'ON', color: 'BLUE' } as const;
    expect((await run('setLed', command, { phone: { model: '820', sip: true } })).outcome).toMatchObject(
      invalid('color'),
    );
  });
});

describe('several lights in one MESSAGE', () => {
  const together = async (phone: FakePhone) => {
    const profile = await profileOf(phone);
    const rung = capabilitiesFor(profile).LED?.[0]?.together ?? expect.unreachable();
    const context = fakeContext(profile);
    return { rung, context };
  };
  test('an empty line begins the next key; no line end behind the last one', async () => {
    const { rung, context } = await together(d862);
    const lights: readonly Commands['setLed'][] = [
      { key: 'FUNCTION_2', light: 'ON', label: 'Ligth is on', onPress: { kind: 'DIAL', target: '432' } },
      { key: 'FUNCTION_7', light: 'OFF' },
    ];
    expect(lights.map(rung.takes)).toEqual([true, true]);
    expect((await rung.setLeds(lights, context)).status).toBe('ACCEPTED');
    expect(context.sipRequests).toEqual([
      {
        method: 'MESSAGE',
        contentType: 'application/x-buttons',
        body: 'k=2\r\nc=on\r\nn=432\r\na=invite\r\nl=Ligth is on\r\n\r\nk=7\r\nc=off',
      },
    ]);
  });
  test.each<Commands['setLed']>([
    { key: 'MESSAGE', light: 'ON' },
    { key: 'HOLD', light: 'ON' },
    { key: 'FUNCTION_1', light: 'BLINK_FAST' },
    { key: 'FUNCTION_1', light: 'ON', color: 'RED' },
    { key: 'FUNCTION_1', light: 'ON', label: 'a\r\nk=2' },
  ])('%o does not go with others, and if it is asked nothing is sent', async (command) => {
    for (const phone of [d785, d862]) {
      const { rung, context } = await together(phone);
      expect(rung.takes(command)).toBe(false);
      const { status } = await rung.setLeds([{ key: 'FUNCTION_1', light: 'ON' }, command], context);
      expect(['FAILED', 'NOT_HERE']).toContain(status);
      expect(context.steps).toEqual([]);
    }
  });
  test('the minibrowser sets one light a document', async () => {
    const ladder = capabilitiesFor(await profileOf({ model: 'D785' })).LED ?? expect.unreachable();
    expect(ladder.map(({ transport, together: several }) => [transport, several])).toEqual([['HTTP', undefined]]);
  });
});
