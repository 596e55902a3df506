import type { KeyPress } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { judgeKeys } from '../../src/policy/judge-keys.ts';
import { interrupted, NOTHING_TYPED, type Typed } from '../../src/policy/typed-keys.ts';
import { rules } from './rules.ts';

/** `0900 OK`: digits one by one, names as they are, `+5` waits five seconds, `!` is another command in between. */
function press(text: string, changed: Readonly<Record<string, unknown>> = { area: undefined }): readonly string[] {
  let typed: Typed = NOTHING_TYPED;
  let now = 1_000_000;
  const words: string[] = [];
  for (const part of text.split(' ')) {
    if (part.startsWith('+')) now += Number(part.slice(1)) * 1000;
    else if (part === '!') typed = interrupted(typed);
    else {
      const keys: readonly KeyPress[] = /^[\d*#]+$/.test(part) ? [...part].map((key) => ({ key })) : [{ key: part }];
      const judged = judgeKeys(typed, keys, { rules: rules(changed), now, allowsUnjudged: true });
      words.push('rule' in judged ? judged.rule : `${judged.calls}`);
      if (!('rule' in judged)) typed = judged.after;
      now += 200;
    }
  }
  return words;
}

describe('a forbidden number is not typed to its end', () => {
  test.each([
    ['0900123456', 'all at once'],
    ['0 9 0 0', 'a digit a command'],
    ['09 +2 00', 'with pauses'],
    ['09 +30 00', 'with pauses in which the phone may have kept it'],
    ['09 ! 00', 'with another command between'],
    ['004 99 00', 'with its country code'],
    ['09 VOLUME_UP 00', 'with a key between that does nothing'],
    ['201 CANCEL 0900', 'behind another one'],
    ['09 SOFT_1 00', 'with a key between of which nobody knows what it does'],
    ['* 0900', 'behind a star'],
    ['*21*0900', 'as the target of a star code'],
    ['118', 'a short one'],
    ['snom:0 snom:9 0 yealink:0', 'by the vendor’s names'],
  ])('%s (%s)', (text) => {
    expect(press(text).at(-1)).toMatch(/^dialling\.deny:/);
  });

  test('one that is not allowed is refused when it is whole, or when it is sent', () => {
    expect(press('00442079460018')).toEqual(['dialling.allow']);
    expect(press('0044 20 OK')).toEqual(['0', '0', 'dialling.allow']);
    expect(press('00 SOFT_1 13125550142 OK').at(-1)).toMatch(/^dialling/);
  });

  test('after a key that moves the cursor nobody knows what stands there', () => {
    expect(press('0301 LEFT 0')).toEqual(['0', '0', 'dialling.keys']);
    expect(press('0301 LEFT OK')).toEqual(['0', '0', 'dialling.keys']);
    expect(press('0301 LEFT CANCEL 201 OK')).toEqual(['0', '0', '0', '0', '0']);
  });
});

describe('keys that dial what the phone has stored', () => {
  const FORBIDDEN = '0900123456';
  const judge = (keys: readonly KeyPress[], allowsUnjudged: boolean, stored: Readonly<Record<string, string>> = {}) => {
    const known = new Map(Object.entries(stored).map(([key, number]) => [key, [number]] as const));
    const changed = { rules: rules({ area: undefined }), now: 1_000_000, allowsUnjudged, stored: known };
    const judged = judgeKeys(NOTHING_TYPED, keys, changed);
    return 'rule' in judged ? judged.rule : judged.calls;
  };
  const key = (name: string) => [{ key: name }];

  test.each(['REDIAL', 'snom:F_REDIAL', 'yealink:RD', 'FUNCTION_3', 'snom:P3', 'yealink:L3', 'EXPANSION_2'])(
    '%s: the number that is known counts, whatever the option; one inside and one that is unknown do not',
    (name) => {
      for (const allows of [true, false]) {
        expect(judge(key(name), allows, { [name]: FORBIDDEN })).toBe('dialling.deny:+49900');
        expect(judge(key(name), allows, { [name]: '00442079460018' })).toBe('dialling.allow');
        expect(judge(key(name), allows, { [name]: '030123456' })).toBe(1);
        expect(judge(key(name), allows, { [name]: '201' })).toBe(0);
        expect(judge(key(name), allows, { [name]: '112' })).toBe(0);
      }
      expect(judge(key(name), true)).toBe(0);
      expect(judge(key(name), false)).toBe('dialling.unjudgedKeys');
      expect(judge(key(name), true, { [name]: 'somebody' })).toBe(0);
      expect(judge(key(name), false, { [name]: 'somebody' })).toBe('dialling.unjudgedKeys');
    },
  );

  test.each(['SOFT_1', 'UP', 'LEFT', 'MENU', 'DIRECTORY', 'MESSAGE', 'snom:F_CALL_LIST', 'yealink:ENTER'])(
    '%s opens what nobody knows: only where that is allowed',
    (name) => {
      expect(judge(key(name), true)).toBe(0);
      expect(judge(key(name), false)).toBe('dialling.unjudgedKeys');
    },
  );

  test('what takes, ends and holds calls may be pressed always, and digits with OK', () => {
    for (const name of [
      'CANCEL',
      'OFF_HOOK',
      'ON_HOOK',
      'SPEAKER',
      'HOLD',
      'TRANSFER',
      'MUTE',
      'VOLUME_UP',
      'yealink:POUND',
    ]) {
      expect([name, judge(key(name), false)]).toEqual([name, 0]);
    }
    expect(judge([...'201'].map((digit) => ({ key: digit })).concat({ key: 'OK' }), false)).toBe(0);
  });

  test('OK with nothing typed repeats the last call on some phones', () => {
    expect(judge(key('OK'), true, { REDIAL: FORBIDDEN })).toBe(0);
    expect(judge(key('OK'), false)).toBe('dialling.unjudgedKeys');
    expect(judge(key('OK'), false, { REDIAL: FORBIDDEN })).toBe('dialling.deny:+49900');
    expect(judge(key('OK'), false, { REDIAL: '030123456' })).toBe(1);
  });

  test('a digit that is held down is another one, or a number of its own', () => {
    const held = (holdMs: number) => [{ key: '0', holdMs }, ...[...'49900'].map((digit) => ({ key: digit }))];
    expect(judge(held(1_000), true)).toBe('dialling.keys');
    expect(judge([{ key: '5', holdMs: 250 }], true)).toBe('dialling.keys');
    expect(judge([{ key: '5', holdMs: 100 }], true)).toBe(0);
  });
});

describe('what may be typed', () => {
  test('an extension, an allowed number, an emergency, a pickup code', () => {
    expect(press('201 OK')).toEqual(['0', '0']);
    expect(press('2 0 1 OK')).toEqual(['0', '0', '0', '0']);
    expect(press('*8201 OK')).toEqual(['0', '0']);
    expect(press('112 OK')).toEqual(['0', '0']);
    expect(press('0301234 +20 112 OK')).toEqual(['1', '0', '0']);
    expect(press('030123456 OK')).toEqual(['1', '0']);
    expect(press('201 OK 030123456 OK')).toEqual(['0', '0', '1', '0']);
  });

  test('keys without any digit', () => {
    expect(press('OK UP DOWN REDIAL FUNCTION_1 CANCEL')).toEqual(['0', '0', '0', '0', '0', '0']);
  });

  test('no more than a number may have, until it is cleared', () => {
    const half = '1*'.repeat(32);
    expect(press(`${half} ${half} 1 CANCEL 201 OK`)).toEqual(['0', '0', 'dialling.keys', '0', '0', '0']);
  });

  test('what is sent and is no number is refused', () => {
    expect(press('5 OK')).toEqual(['0', 'dialling.unreadable']);
    expect(press('2011 #')).toEqual(['0', 'dialling.unreadable']);
  });

  test('an old entry is forgotten', () => {
    expect(press('09 +601 00')).toEqual(['0', '0']);
  });
});

test('each call is counted once, however it is typed', () => {
  const calls = (text: string) => press(text).reduce((sum, word) => sum + Number(word), 0);
  expect(calls('030123456 OK')).toBe(1);
  expect(calls('0 3 0 1 2 3 4 5 6 OK')).toBe(1);
  expect(calls('030123456 OK 030123456 OK')).toBe(2);
  // Sent by the phone’s own timeout, hung up by a command, typed again.
  expect(calls('030123456 ! 030123456 ! 030123456')).toBe(3);
});
