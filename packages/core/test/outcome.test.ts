import { describe, expect, test, vi } from 'vitest';
import {
  ACCEPTED,
  accepted,
  andThen,
  confirmed,
  failed,
  notHere,
  phoneUnreachable,
  readOutcome,
  TransportError,
  unknown,
} from '../src/index.ts';

describe('outcomes', () => {
  test('each has its status', () => {
    expect(ACCEPTED).toEqual({ status: 'ACCEPTED', value: undefined });
    expect(accepted(7)).toEqual({ status: 'ACCEPTED', value: 7 });
    expect(confirmed(false)).toEqual({ status: 'CONFIRMED', value: undefined, changed: false });
    expect(unknown('lost')).toEqual({ status: 'UNKNOWN', reason: 'lost' });
    expect(notHere('no')).toEqual({ status: 'NOT_HERE', reason: 'no' });
    const failure = phoneUnreachable('gone');
    expect(failed(failure)).toEqual({ status: 'FAILED', failure });
  });
});

describe('TransportError', () => {
  test('carries its outcome and says its reason', () => {
    const cause = new Error('ECONNREFUSED');
    const error = new TransportError(failed(phoneUnreachable('No connection.')), { cause });
    expect(error).toBeInstanceOf(Error);
    expect([error.name, error.message, error.cause]).toEqual(['TransportError', 'No connection.', cause]);
    expect(error.outcome).toMatchObject({ status: 'FAILED', failure: { code: 'PHONE_UNREACHABLE' } });
    expect(new TransportError(unknown('The reply was lost.')).message).toBe('The reply was lost.');
    // The contract forbids it; a driver in JavaScript may do so.
    expect(new TransportError(JSON.parse('{"status":"ACCEPTED"}')).message).toBe('');
  });

  test('is known across copies of this package', async () => {
    vi.resetModules();
    const copy = await import('../src/outcome.ts');
    const theirs = new copy.TransportError(copy.unknown('lost'));
    expect(copy.TransportError).not.toBe(TransportError);
    expect(theirs).not.toBeInstanceOf(TransportError);
    expect(TransportError.is(theirs)).toBe(true);
    expect(copy.TransportError.is(new TransportError(unknown('lost')))).toBe(true);
  });

  test.each([null, undefined, 'TransportError', 7, {}, new Error('TransportError'), { name: 'TransportError' }])(
    '%s is none',
    (thrown) => {
      expect(TransportError.is(thrown)).toBe(false);
    },
  );
});

test('what was told is read, whichever way it was told, and an outcome without it stays', async () => {
  const double = (told: number) => told * 2;
  const failure = unknown('Lost.');
  expect(readOutcome(accepted(2), double)).toEqual(accepted(4));
  expect(readOutcome({ status: 'CONFIRMED', value: 2, changed: true }, double)).toEqual({
    ...{ status: 'CONFIRMED', value: 4, changed: true },
  });
  expect(readOutcome(failure, double)).toBe(failure);
  expect(await andThen(accepted(2), async (told) => accepted(told + 1))).toEqual(accepted(3));
  expect(await andThen(failure, async () => ACCEPTED)).toBe(failure);
});
