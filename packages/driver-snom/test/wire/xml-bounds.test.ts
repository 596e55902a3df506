import { expect, test } from 'vitest';
import { parseXml } from '../../src/wire/xml.ts';

const nested = (depth: number): string => `${'<a>'.repeat(depth)}x${'</a>'.repeat(depth)}`;

test('a document as deep as phones have them is read, one that would take all of the stack is not', () => {
  expect(parseXml(nested(60))).not.toBeNull();
  expect(parseXml(nested(65))).toBeNull();
  expect(parseXml(nested(100_000))).toBeNull();
});

test('what is no element does not count: comments, CDATA, empty elements', () => {
  expect(parseXml(`<a>${'<b/>'.repeat(500)}</a>`)).not.toBeNull();
  expect(parseXml(`<a><![CDATA[${'<b>'.repeat(500)}]]><!-- ${'<b>'.repeat(500)} --></a>`)).not.toBeNull();
});

test('one that is too large is not read', () => {
  expect(parseXml(`<a>${'x'.repeat(900_000)}</a>`)).not.toBeNull();
  expect(parseXml(`<a>${'x'.repeat(1_000_000)}</a>`)).toBeNull();
});

test.each([
  '<!DOCTYPE a><a/>',
  '<a><![CDATA[</a>',
  '<!doctype a [<!ENTITY x "y">]><a>&x;</a>',
  '<a><constructor>1</constructor></a>',
  '<a><__proto__/></a>',
])('%s is not read', (text) => {
  expect(parseXml(text)).toBeNull();
});
