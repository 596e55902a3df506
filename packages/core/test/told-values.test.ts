import { expect, test } from 'vitest';
import { entryOf, escapeXml, isRecord, portionsOf, recordIn, recordsOf, textOf, valueIn } from '../src/index.ts';

test('objects with names are records, and nothing else is', () => {
  expect([{}, { a: 1 }, [], null, 'x', 7, undefined].map(isRecord)).toEqual([
    ...[true, true, false],
    ...[false, false, false, false],
  ]);
});

test('a text of JSON holds an object, or none', () => {
  expect(['{"a":1}', '[]', 'null', '<html>', ''].map(recordIn)).toEqual([{ a: 1 }, null, null, null, null]);
});

test('texts under a name, trimmed; what is empty, no text, or inherited is none', () => {
  const told = { a: ' x ', b: ' ', c: 7 };
  expect(['a', 'b', 'c', 'd', 'toString'].map((name) => textOf(told, name))).toEqual(['x', null, null, null, null]);
  expect(textOf('no record', 'length')).toBeNull();
});

test('a single member stands for a list of one, and what is no object is left out', () => {
  expect(recordsOf({ a: 1 })).toEqual([{ a: 1 }]);
  expect(recordsOf([{ a: 1 }, 'x', null, { b: 2 }])).toEqual([{ a: 1 }, { b: 2 }]);
  expect(recordsOf(undefined)).toEqual([]);
});

test('the row of a table, and no inherited one', () => {
  expect([entryOf({ a: 1 }, 'a'), entryOf({ a: 1 }, 'b'), entryOf({ a: 1 }, 'constructor')]).toEqual([
    ...[1, undefined, undefined],
  ]);
});

test('what XML gives a meaning is escaped, and what it forbids is left out', () => {
  expect(escapeXml('a<b>&"c"\u0000\u001b\td\n')).toBe('a&lt;b&gt;&amp;&quot;c&quot;\td\n');
});

test('portions: full ones, and the rest', () => {
  expect(portionsOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(portionsOf([], 2)).toEqual([]);
});

test('the first value under a name that is not empty', () => {
  const variables = [
    { name: 'a', value: '' },
    { name: 'b', value: '1' },
    { name: 'a', value: '2' },
  ];
  expect(['a', 'b', 'c'].map((name) => valueIn(variables, name))).toEqual(['2', '1', null]);
});
