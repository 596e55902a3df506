import { expect, test } from 'vitest';
import { isSipNotHere } from '../src/index.ts';

test.each([404, 405, 415, 420, 481, 489, 501])('%i says that the phone does not do it by SIP', (status) => {
  expect(isSipNotHere(status)).toBe(true);
});

test.each([200, 202, 401, 403, 408, 480, 486, 500, 503, 603])('%i does not', (status) => {
  expect(isSipNotHere(status)).toBe(false);
});
