import { describe, expect, test } from 'vitest';
import { judgeNumber } from '../../src/policy/judge-number.ts';
import { rules } from './rules.ts';

function word(given: string, changed: Readonly<Record<string, unknown>> = {}, host: string | null = null): string {
  const judged = judgeNumber(given, rules(changed), host);
  return 'rule' in judged ? judged.rule : judged.number;
}

describe('a number in every notation', () => {
  test.each([
    ...['+4930123456', '+49 30 123456', '0049 30 123456', '030 123456', '030/12 34-56', '(030) 123456', '123456'],
    ...['sip:+4930123456@pbx.example', 'SIP:030123456@PBX.example:5060;user=phone', 'tel:+49-30-123456'],
    ...['030123456@pbx.example', 'sip:%2B4930123456@pbx.example', '  030 123456  ', '+43 1 5124567'],
  ])('%s is called', (given) => {
    expect(word(given)).toBe('OUTSIDE');
  });

  test.each([
    ...['+49900123456', '0900 123456', '00 49 900 123456', '+49 (0)900 123456', '+49 0900 123456', '0900-1-12345'],
    ...['sip:0900123456@pbx.example', 'sip:%30900123456@pbx.example', 'tel:0900123456', '0049 0900 123456'],
  ])('%s is the same forbidden one', (given) => {
    expect(word(given)).toBe('dialling.deny:+49900');
  });

  test.each([
    ['118 33', 'dialling.deny:118'],
    ['0137 7123456', 'dialling.deny:0137'],
    ['+44 20 7946 0018', 'dialling.allow'],
    ['0044 20 79460018', 'dialling.allow'],
    ['+1 900 555 1234', 'dialling.allow'],
    ['+43 900 123456', 'dialling.deny:+43900'],
  ])('%s: %s', (given, rule) => {
    expect(word(given)).toBe(rule);
  });

  test.each([
    ...[
      '',
      '+',
      'anonymous',
      '1-800-FLOWERS',
      '030123456,,0900123456',
      '030123456p0900',
      '030123456;ext=5',
      '030123456w1',
    ],
    ...['０９００１２３４５６', '٠٩٠٠١٢٣٤٥٦', '030​123456', '*21*0900123456#', '**201', '#31#030123456', '10', '5'],
    ...[
      'sip:pbx.example',
      'sip:030123456:secret@pbx.example',
      'sip:030123456@pbx.example?Replaces=1',
      '030\n0900123456',
    ],
    ...[
      'sip:030123456;isub=1@pbx.example',
      'sip:030123456@pbx.example;maddr=192.0.2.1',
      '"x" <sip:0900123456@pbx.example>',
    ],
    ...[
      '%30900123456',
      '010330900123456',
      '+49301234567890123456',
      'tel:030123456;phone-context=+1',
      `0${'3'.repeat(200)}`,
    ],
  ])('%j is nothing that can be trusted', (given) => {
    expect(word(given)).toBe('dialling.unreadable');
  });
});

describe('numbers inside, and emergencies', () => {
  test.each([
    ...[
      ['201', 'INSIDE'],
      ['*8201', 'INSIDE'],
      ['sip:201@pbx.example', 'INSIDE'],
    ],
    // A whole match: no longer number hides behind an extension.
    ...[
      ['2011', 'dialling.unreadable'],
      ['*8201#', 'dialling.unreadable'],
    ],
    ...[
      ['112', 'EMERGENCY'],
      ['110', 'EMERGENCY'],
      ['sip:112@pbx.example', 'EMERGENCY'],
    ],
    ...[
      ['1121', 'dialling.unreadable'],
      ['911', 'dialling.unreadable'],
    ],
  ])('%s: %s', (given, expected) => {
    expect(word(given, { area: undefined })).toBe(expected);
  });

  test('an emergency passes whatever is forbidden, and behind the outside line too', () => {
    const nothing = { allow: [], deny: ['1', '0', '+'].slice(0, 2), outsideLine: '0' };
    expect(word('112', nothing)).toBe('EMERGENCY');
    expect(word('0112', nothing)).toBe('EMERGENCY');
    expect(word('0 30 123456', nothing)).toBe('dialling.deny:0');
    expect(word('911', { country: 'US', area: undefined })).toBe('EMERGENCY');
    expect(word('19222', { emergency: ['19222'] })).toBe('EMERGENCY');
  });

  test('a URI of another domain is no way round', () => {
    expect(word('sip:201@elsewhere.example')).toBe('dialling.domains');
    expect(word('201@elsewhere.example')).toBe('dialling.domains');
    expect(word('sip:201@192.0.2.20', {}, '192.0.2.20')).toBe('INSIDE');
  });
});

describe('how the office dials', () => {
  test('a digit for the outside line is not part of the number; both ways to read it count against it', () => {
    const office = { outsideLine: '0' };
    expect(word('0 030 123456', office)).toBe('OUTSIDE');
    expect(word('0 0900 123456', office)).toBe('dialling.deny:+49900');
    expect(word('0900 123456', office)).toBe('dialling.deny:+49900');
    expect(word('0 0049 900 123456', office)).toBe('dialling.deny:+49900');
    expect(word('+49900123456', office)).toBe('dialling.deny:+49900');
  });

  test('without an area code the number is local; read as national it must not be forbidden', () => {
    expect(word('123456', { allow: ['+4930'] })).toBe('OUTSIDE');
    expect(word('900123456')).toBe('dialling.deny:+49900');
  });

  test('North America: ten digits are whole, seven are local', () => {
    const york = { country: 'US', area: '212', allow: ['+1'], deny: ['+1900'], extensions: [] };
    expect(word('2345678', york)).toBe('OUTSIDE');
    expect(word('(212) 234-5678', york)).toBe('OUTSIDE');
    expect(word('1 900 234 5678', york)).toBe('dialling.deny:+1900');
    expect(word('900 234 5678', york)).toBe('dialling.deny:+1900');
    expect(word('011 44 20 7946 0018', york)).toBe('dialling.allow');
  });

  test('numbers that no plan has room for pass where that is configured, and then by their prefix', () => {
    expect(word('0190012345')).toBe('dialling.unreadable');
    expect(word('0190012345', { unknownNumbers: 'allow' })).toBe('OUTSIDE');
    expect(word('0900123456', { unknownNumbers: 'allow' })).toBe('dialling.deny:+49900');
  });
});
