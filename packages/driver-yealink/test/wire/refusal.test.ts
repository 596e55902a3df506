import { describe, expect, test } from 'vitest';
import { acknowledged, type Channel, refusalIn } from '../../src/wire/refusal.ts';
import { type Answer, reply } from '../support/fake-context.ts';
import { short } from '../support/ladders.ts';

const forbidden = '<html><body>Remote control forbidden</body></html>';

describe('each refusal is its own failure', () => {
  test.each<[Answer, string]>([
    [{ status: 200 }, 'ACCEPTED'],
    [{ status: 204 }, 'ACCEPTED'],
    [{ status: 200, text: 'a label may say Locked' }, 'ACCEPTED'],
    [{ status: 403 }, 'PHONE_REJECTED'],
    [{ status: 403, text: '<h1>403 Forbidden</h1>' }, 'PHONE_REJECTED'],
    [{ status: 403, text: forbidden }, 'APPROVAL_PENDING'],
    [{ status: 200, text: forbidden }, 'APPROVAL_PENDING'],
    [{ status: 403, text: 'The account is locked, try again in 3 minutes' }, 'RATE_LIMITED'],
    [{ status: 403, text: 'Too many failed logins' }, 'RATE_LIMITED'],
    [{ status: 429 }, 'RATE_LIMITED'],
    [{ status: 200, text: '{"ret":"failed","error":{"webStatus":"lock","lockTime":3}}' }, 'RATE_LIMITED'],
    [{ status: 401 }, 'PHONE_UNAUTHORIZED'],
    [{ status: 302, headers: { location: '/servlet?m=mod_listener&p=login&q=loginForm' } }, 'PHONE_UNAUTHORIZED'],
    [{ status: 302, headers: { location: 'https://192.0.2.20/servlet?key=OK' } }, 'PHONE_REJECTED'],
    [{ status: 307 }, 'PHONE_REJECTED'],
    [{ status: 200, text: 'var g_rsa_n = "00ab";' }, 'PHONE_UNAUTHORIZED'],
    [{ status: 400 }, 'PHONE_REJECTED'],
    [{ status: 404 }, 'NOT_HERE'],
    [{ status: 405 }, 'NOT_HERE'],
    [{ status: 501 }, 'NOT_HERE'],
    [{ status: 500 }, 'PHONE_REJECTED'],
    [{ status: 503 }, 'PHONE_REJECTED'],
  ])('%j', (answer, expected) => {
    expect(short(acknowledged(reply(answer), 'action-uri'))).toBe(expected);
  });
});

test.each<[Channel, string]>([
  ['action-uri', 'features.action_uri_limit_ip'],
  ['xml-push', 'push_xml.server'],
  ['screen', 'features.action_uri_limit_ip'],
])('a 403 on %s names the setting that lifts it', (channel, setting) => {
  expect(refusalIn(reply({ status: 403 }), channel)).toMatchObject({
    status: 'FAILED',
    failure: { code: 'PHONE_REJECTED', phoneStatus: 403, message: expect.stringContaining(setting) },
  });
});

test.each<[Answer, number]>([
  [{ status: 429, headers: { 'retry-after': '60' } }, 60_000],
  [{ status: 200, text: '{"error":{"webStatus":"lock","lockTime":"5"}}' }, 300_000],
  [{ status: 403, text: 'Locked. Try again in 90 seconds.' }, 90_000],
  [{ status: 403, text: 'Locked. Try again in 2 minutes.' }, 120_000],
  [{ status: 423 }, 180_000],
])('%j: how long it is locked', (answer, retryAfterMs) => {
  expect(refusalIn(reply(answer), 'action-uri')).toMatchObject({
    failure: { code: 'RATE_LIMITED', retryAfterMs, retryable: true },
  });
});
