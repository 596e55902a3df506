import { expect, test } from 'vitest';
import { expandActionUrl, type ValueEscaping } from '../src/virtual/index.ts';

const values = {
  remote: '+4930 123&x@pbx',
  remote_host: 'pbx',
  display_remote: 'Müller "A"',
  'call-id': 'abc@1',
  call: 'no',
  'user_uid[1]': 'u1',
  empty: '',
};

test.each<[string, string]>([
  ['http://gw/x', 'http://gw/x'],
  ['http://gw/?h=$remote_host&c=$call-id', 'http://gw/?h=pbx&c=abc@1'],
  ['http://gw/?u=$user_uid[1]&e=$empty', 'http://gw/?u=u1&e='],
  ['http://gw/?a=$nothing&b=$nothing[2]&c=$header(X-A)&d=1', 'http://gw/?a=&b=&c=&d=1'],
  ['http://gw/$remote_host&$remote_hosts', 'http://gw/pbx&pbxs'],
  ['http://gw/?money=5$&two=$$', 'http://gw/?money=5$&two=$$'],
])('%s becomes %s', (template, url) => {
  expect(expandActionUrl(template, values)).toBe(url);
});

test.each<[ValueEscaping, string]>([
  ['raw', '+4930 123&x@pbx'],
  ['percent', '%2B4930%20123%26x%40pbx'],
  ['percentExceptPlus', '+4930%20123%26x%40pbx'],
  ['spaceOnly', '+4930%20123&x@pbx'],
  [(value, name) => `${name}:${value.length}`, 'remote:15'],
])('escapes %s', (escaping, escaped) => {
  expect(expandActionUrl('http://gw/a b?r=$remote', values, { escaping })).toBe(`http://gw/a b?r=${escaped}`);
});

test('a value that looks like a variable is not expanded again', () => {
  expect(expandActionUrl('$a/$b', { a: '$b', b: 'x' })).toBe('$b/x');
});

test.each<[RegExp, string, string]>([
  [/\{(\w+)\}/, 'http://gw/?h={remote_host}&c={call}&n={nothing}&d=$call', 'http://gw/?h=pbx&c=no&n=&d=$call'],
  [/%([A-Z_]+)%/i, 'http://gw/?h=%remote_host%&c=%call%&n=%41', 'http://gw/?h=pbx&c=no&n=%41'],
])('variables that stand as %s', (placeholder, template, url) => {
  expect(expandActionUrl(template, values, { placeholder })).toBe(url);
});

test('variables in braces are escaped, asked for and kept like others, and filled in once', () => {
  const placeholder = /\{([^}]+)\}/g;
  const twice = expandActionUrl('{a}/{b}', { a: '{b}', b: 'x y' }, { placeholder, escaping: 'spaceOnly' });
  expect(twice).toBe('{b}/x%20y');
  const resolve = (name: string) => (name === 'header(X-Q)' ? 'queue' : undefined);
  expect(expandActionUrl('{header(X-Q)}{no}', {}, { placeholder, resolve, unknown: 'keep' })).toBe('queue{no}');
});

test('keeps unknown variables when told to, and asks for those that only the phone can know', () => {
  expect(expandActionUrl('$x-$sip_header(X-Q)', values, { unknown: 'keep' })).toBe('$x-$sip_header(X-Q)');
  const resolve = (name: string) => (name === 'sip_header(X-Q)' ? 'queue 7' : undefined);
  expect(expandActionUrl('$x-$sip_header(X-Q)-$call', values, { resolve, escaping: 'percent' })).toBe('-queue%207-no');
});
