import {
  ACCEPTED,
  confirmed,
  failed,
  notHere,
  type Outcome,
  phoneRejected,
  TransportError,
  unknown,
} from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { inOrder, type Step } from '../../src/capabilities/steps.ts';
import { fakeContext } from '../support/fake-context.ts';

const first: Step = { run: async () => ACCEPTED, done: 'the first is done' };
const second = (run: Step['run']): Step => ({ run, done: 'the second is done' });
const said = (outcome: Outcome): string => {
  if (outcome.status === 'FAILED') return `FAILED ${outcome.failure.message}`;
  return 'reason' in outcome ? `${outcome.status} ${outcome.reason}` : outcome.status;
};

describe('a step after the first one', () => {
  test.each<[string, Step['run'], string]>([
    ['that fails', async () => failed(phoneRejected('No.')), 'FAILED No. Before that: the first is done.'],
    ['that is not here', async () => notHere('No key.'), 'FAILED No key. Before that: the first is done.'],
    ['that is lost', async () => unknown('Lost.'), 'UNKNOWN Lost. Before that: the first is done.'],
    ['that is as wished', async () => confirmed(false), 'CONFIRMED'],
    ['that obeys', async () => ACCEPTED, 'ACCEPTED'],
    [
      'whose transport throws',
      () => Promise.reject(new TransportError(unknown('Cut.'))),
      'UNKNOWN Cut. Before that: the first is done.',
    ],
  ])('%s', async (_, run, expected) => {
    expect(said(await inOrder([first, second(run)], fakeContext()))).toBe(expected);
  });

  test('that is aborted says what was done; what is a bug is thrown', async () => {
    const broken = new Error('A bug.');
    const step = second(() => Promise.reject(broken));
    const context = fakeContext({ signal: AbortSignal.abort() });
    expect(said(await inOrder([first, step], context))).toBe(
      'UNKNOWN The time ran out while the phone was asked. Before that: the first is done.',
    );
    await expect(inOrder([first, step], fakeContext())).rejects.toBe(broken);
  });
});

describe('the first step', () => {
  test('has nothing before it', async () => {
    expect(said(await inOrder([second(async () => notHere('No.')), first], fakeContext()))).toBe('NOT_HERE No.');
  });
});

describe('a pause', () => {
  const paused: Step = { ...first, pauseMs: 100 };

  test('is waited out, and none of 0', async () => {
    const context = fakeContext();
    await inOrder([{ ...first, pauseMs: 0 }, paused], context);
    expect(context.trace).toEqual(['sleep 100']);
  });

  test('that the deadline cuts short says what was done; what is a bug is thrown', async () => {
    const context = fakeContext({ signal: AbortSignal.abort() });
    expect(said(await inOrder([paused, first], context))).toBe(
      'UNKNOWN The time ran out between two steps. Before that: the first is done.',
    );
    const broken = new Error('A bug.');
    const faulty = fakeContext();
    faulty.clock.sleep = () => Promise.reject(broken);
    await expect(inOrder([paused, first], faulty)).rejects.toBe(broken);
  });
});
