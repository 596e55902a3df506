import { expect, onTestFinished, test, vi } from 'vitest';
import { rawResponse } from '../../src/http/raw-response.ts';

test('an answer has the date of its second', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 24, 23, 59, 59, 500) });
  onTestFinished(() => void vi.useRealTimers());
  const dateOf = (): string | undefined => /^Date: (.*)\r$/m.exec(rawResponse(200, { isLast: true }))?.[1];
  expect(dateOf()).toBe('Tue, 24 Nov 2026 23:59:59 GMT');
  vi.advanceTimersByTime(499);
  expect(dateOf()).toBe('Tue, 24 Nov 2026 23:59:59 GMT');
  vi.advanceTimersByTime(1);
  expect(dateOf()).toBe('Wed, 25 Nov 2026 00:00:00 GMT');
  // A clock that is set back.
  vi.setSystemTime(Date.UTC(2026, 10, 24, 12));
  expect(dateOf()).toBe('Tue, 24 Nov 2026 12:00:00 GMT');
});
