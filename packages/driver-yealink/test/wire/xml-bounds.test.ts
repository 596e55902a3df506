import { expect, test } from 'vitest';
import { objectionTo } from '../../src/wire/xml-check.ts';

const screen = (inner: string): string => `<YealinkIPPhoneTextScreen>${inner}</YealinkIPPhoneTextScreen>`;

test('a document as deep as objects are may be pushed, a deeper one may not', () => {
  expect(objectionTo(screen(`${'<a>'.repeat(20)}x${'</a>'.repeat(20)}`))).toBeNull();
  expect(objectionTo(screen(`${'<a>'.repeat(40)}x${'</a>'.repeat(40)}`))).toContain('deep');
  expect(objectionTo(screen(`${'<a>'.repeat(1_400)}x${'</a>'.repeat(1_400)}`))).toMatch(/deep|nested/);
});

test('what the parser refuses and its validator does not is an objection and no fault', () => {
  expect(objectionTo(screen('<![CDATA['))).toContain('not well-formed');
});
