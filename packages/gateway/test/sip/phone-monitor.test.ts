import { type CallMonitor, failed, phoneUnreachable } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { delayOf, type MonitorState, PhoneMonitor } from '../../src/sip/phone-monitor.ts';

describe('the delay before the next attempt', () => {
  test('doubles up to a limit', () => {
    const highest = [0, 1, 2, 3, 8, 9, 50, Number.POSITIVE_INFINITY].map((attempts) => delayOf(attempts, 1));
    expect(highest).toEqual([1_000, 2_000, 4_000, 8_000, 256_000, 300_000, 300_000, 300_000]);
  });
  test('is spread over half of it', () => {
    expect([delayOf(3, 0), delayOf(3, 0.5)]).toEqual([4_000, 6_000]);
  });
});

/** A monitor of which the test gives the outcomes. */
function scene(watch: CallMonitor['watch']) {
  const states: MonitorState[] = [];
  const monitor = new PhoneMonitor({
    monitor: { transport: 'UACSTA', evidence: 'ASSUMED', source: 'a test', watch },
    previous: Promise.resolve(),
    context: () => Promise.reject(new Error('nobody asks for it')),
    receive: () => Promise.resolve(),
    refresh: () => {},
    onChange: (state) => states.push(state),
    onError: () => {},
    askEveryMs: 1_000,
    now: Date.now,
    random: () => 0,
  });
  return { monitor, states, phases: () => states.map(({ phase }) => phase) };
}

test('what throws is a failed attempt, and the pause after it ends when it is stopped', async () => {
  const { monitor, phases } = scene(() => Promise.resolve(failed(phoneUnreachable('gone'))));
  await expect.poll(phases).toEqual(['opening', 'opening', 'waiting']);
  // Its context failed.
  expect(monitor.state.fault).toContain('Something failed');
  await monitor.stop();
  expect(phases().at(-1)).toBe('stopped');
});
