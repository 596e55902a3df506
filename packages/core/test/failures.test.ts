import { expect, test } from 'vitest';
import {
  approvalPending,
  capabilityUnsupported,
  driverFailed,
  invalidArgument,
  invalidCallState,
  phoneRejected,
  phoneUnauthorized,
  phoneUnreachable,
  rateLimited,
} from '../src/index.ts';

test('each failure has its code, its message, and says whether another try may help', () => {
  const message = 'What to do.';
  expect(invalidArgument('keys.0.key', message)).toEqual({
    code: 'INVALID_ARGUMENT',
    argument: 'keys.0.key',
    message,
    retryable: false,
  });
  expect(phoneRejected(message)).toEqual({
    code: 'PHONE_REJECTED',
    message,
    phoneStatus: null,
    phoneCode: null,
    retryable: false,
  });
  expect(phoneRejected(message, { phoneStatus: 500, phoneCode: 'invalidCallID', retryable: true })).toEqual({
    code: 'PHONE_REJECTED',
    message,
    phoneStatus: 500,
    phoneCode: 'invalidCallID',
    retryable: true,
  });
  expect(rateLimited(message, 180_000)).toEqual({
    code: 'RATE_LIMITED',
    message,
    retryAfterMs: 180_000,
    retryable: true,
  });
  expect(phoneUnauthorized(message)).toEqual({ code: 'PHONE_UNAUTHORIZED', message, retryable: false });
  expect(phoneUnreachable(message)).toEqual({ code: 'PHONE_UNREACHABLE', message, retryable: true });
  expect(approvalPending(message)).toEqual({ code: 'APPROVAL_PENDING', message, retryable: true });
  expect(capabilityUnsupported('TOUCH', message)).toEqual({
    code: 'CAPABILITY_UNSUPPORTED',
    capability: 'TOUCH',
    message,
    alternatives: [],
    retryable: false,
  });
  expect(capabilityUnsupported('HOLD', message, ['PRESS_KEYS'])).toMatchObject({ alternatives: ['PRESS_KEYS'] });
  expect(invalidCallState(message)).toEqual({ code: 'INVALID_CALL_STATE', message, actual: null, retryable: false });
  expect(invalidCallState(message, 'RINGING')).toMatchObject({ actual: 'RINGING' });
  expect(driverFailed(message, true)).toEqual({ code: 'DRIVER_FAILED', message, retryable: true });
});
