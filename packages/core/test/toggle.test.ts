import { expect, test } from 'vitest';
import { beforeToggle, confirmed } from '../src/index.ts';

const HOLD = { name: 'HOLD', wished: true } as const;
const NOBODY_KNOWS = { status: 'FAILED', failure: { code: 'STATE_UNKNOWN', retryable: false } };

test('a toggle is pressed where it is known to stand otherwise', () => {
  expect(beforeToggle({ unknownState: 'refuse' }, { ...HOLD, known: false })).toBeNull();
  expect(beforeToggle({ unknownState: 'refuse' }, { ...HOLD, known: true })).toEqual(confirmed(false));
});

test('where nobody knows how it stands, policy decides', () => {
  const doubtful = new Set(['HOLD'] as const);
  expect(beforeToggle({ unknownState: 'refuse' }, { ...HOLD, known: null })).toMatchObject(NOBODY_KNOWS);
  expect(beforeToggle({ unknownState: 'refuse', doubtful }, { ...HOLD, known: true })).toMatchObject(NOBODY_KNOWS);
  expect(beforeToggle({ unknownState: 'press', doubtful }, { ...HOLD, known: true })).toBeNull();
  expect(beforeToggle({ unknownState: 'press' }, { ...HOLD, known: null })).toBeNull();
  expect(beforeToggle({}, { ...HOLD, known: null })).toBeNull();
  // The doubt is about another switch.
  expect(beforeToggle({ unknownState: 'refuse', doubtful }, { name: 'MUTE', wished: true, known: true })).toEqual(
    confirmed(false),
  );
});
