import { expect, test } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';

function parsed(text: string) {
  return parseConfig({}, { text, name: 'hookswitch.yaml', folder: '/' });
}

test('the section is read whole', () => {
  const result = parsed(`
dialling:
  country: DE
  extensions: ['[2-4]\\d\\d']
  domains: [PBX.example]
  deny: ['+49900', '118']
  limits: [{ per: tag, tag: lobby, calls: 3, within: 60 }, { per: key, calls: 9, within: day }]
  timeZone: Europe/Berlin
  hours: [{ days: [mon], from: '08:00', to: '18:30' }]
`);
  expect('config' in result ? result.config.dialling : result.faults).toMatchObject({
    rules: { country: 'DE', area: null, allow: null, deny: ['+49900', '118'], domains: ['pbx.example'] },
    limits: [
      { per: 'tag', tag: 'lobby', calls: 3, within: 60_000 },
      { per: 'key', tag: null, calls: 9, within: 'day' },
    ],
    hours: { timeZone: 'Europe/Berlin', open: [{ days: ['mon'], from: 480, to: 1110 }] },
    judgesTones: false,
    allowsTouch: false,
    allowsUnjudgedKeys: true,
  });
  const rules = 'config' in result ? result.config.dialling?.rules : undefined;
  expect(['112', '110', '911', '1100'].filter((number) => rules?.isEmergency(number))).toEqual(['112', '110']);
  expect(rules?.extensions.map((pattern) => pattern.test('2011'))).toEqual([false]);
});

test.each([
  ['dialling: {}', 'dialling.country'],
  ['dialling: { country: XX }', 'dialling.country'],
  ["dialling: { country: DE, area: '030' }", 'dialling.area'],
  ["dialling: { country: DE, extensions: ['('] }", 'dialling.extensions.0'],
  ['dialling: { country: DE, deny: [premium] }', 'dialling.deny.0'],
  ['dialling: { country: DE, timeZone: Mars/Base }', 'dialling.timeZone'],
  ['dialling: { country: DE, limits: [{ per: key, calls: 1, within: week }] }', 'dialling.limits.0.within'],
  ["dialling: { country: DE, hours: [{ days: [mon], from: '8', to: '18:00' }] }", 'dialling.hours.0.from'],
])('%s is refused, and the place named', (text, place) => {
  const result = parsed(text);
  expect('faults' in result ? result.faults.join() : '').toContain(`hookswitch.yaml: ${place}: `);
});
