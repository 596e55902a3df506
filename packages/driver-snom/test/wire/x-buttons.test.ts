import { LED_LIGHTS } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { X_BUTTON_LIGHTS, xButtonsBody, xButtonsMessage } from '../../src/wire/x-buttons.ts';
import { fixture } from '../fixture.ts';

describe('application/x-buttons', () => {
  test("Kamailio's body, octet by octet", () => {
    const body = xButtonsBody([
      { key: 2, light: 'on', label: 'Ligth is on', onPress: { kind: 'DIAL', target: '432' } },
    ]);
    expect(Buffer.from(body)).toEqual(Buffer.from(fixture('x-buttons-kamailio.txt')));
  });
  test("SIPPing's colour stands behind the key", () => {
    expect(`${xButtonsBody([{ key: 1, light: 'on', color: 'red' }])}\r\n`).toBe(
      `${fixture('x-buttons-sipping.txt')}\n`,
    );
  });
  test('what is left out is not sent, and so reset', () => {
    expect(xButtonsBody([{ key: 1, light: 'off' }])).toBe('k=1\r\nc=off');
  });
  test('an empty line begins the next key', () => {
    const keys = [
      { key: 1, light: 'off' },
      { key: 2, light: 'park', label: 'Grün' },
    ];
    expect(xButtonsBody(keys)).toBe('k=1\r\nc=off\r\n\r\nk=2\r\nc=park\r\nl=Grün');
  });
  test('a message as action', () => {
    const onPress = { kind: 'MESSAGE', target: 'api+door open' } as const;
    expect(xButtonsBody([{ key: 3, light: 'on', onPress }])).toBe('k=3\r\nc=on\r\nn=api+door open\r\na=message');
  });
  test("the tutorial's ten lights have words, blinking has none", () => {
    const words = LED_LIGHTS.flatMap((light) => X_BUTTON_LIGHTS[light] ?? []);
    expect(words).toEqual(['off', 'on', 'hold', 'pickup', 'park', 'message', 'offline', 'seized', 'record', 'error']);
  });
  test('goes in a MESSAGE', () => {
    expect(xButtonsMessage([{ key: 1, light: 'off' }])).toEqual({
      method: 'MESSAGE',
      contentType: 'application/x-buttons',
      body: 'k=1\r\nc=off',
    });
  });
});
