import { expect, test, vi } from 'vitest';
import { createDriftWatch } from '../../src/event-path/drift-watch.ts';
import { storedPhone } from '../store/samples.ts';
import { registered } from '../support/registered-phone.ts';
import { range } from '../support/wait.ts';

const EVERY_MS = 100;

test('each phone is asked once it is due, and before that nobody looks whether it is free', async () => {
  const phones = range(50).map((index) => registered(storedPhone(`phone-${index}`).phone));
  const all = vi.fn(() => phones.values());
  const isFree = vi.fn(() => true);
  const readActionUrls = vi.fn(async () => null);
  const never = () => expect.unreachable();
  let now = 0;
  const watch = createDriftWatch({
    registry: { all, get: () => null },
    readActionUrls,
    isFree,
    intake: never,
    commands: { list: never },
    run: never,
    everyMs: EVERY_MS,
    policy: 'report',
    now: () => now,
    ticks: () => now,
    onDrift: never,
    onError: never,
  });
  const looks = async (): Promise<void> => {
    const before = all.mock.calls.length;
    await vi.waitFor(() => expect(all.mock.calls.length).toBeGreaterThan(before + 2));
  };
  watch.start();
  try {
    await looks();
    expect(isFree).not.toHaveBeenCalled();
    now += EVERY_MS;
    await looks();
    expect(readActionUrls.mock.calls.flat().toSorted()).toEqual(phones.map(({ phone }) => phone.id).toSorted());
    expect(isFree).toHaveBeenCalledTimes(phones.length);
  } finally {
    await watch.stop();
  }
});
