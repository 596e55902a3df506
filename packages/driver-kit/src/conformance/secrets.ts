import assert from 'node:assert/strict';
import type { Outcome } from '@hookswitch/core';
import { type Asked, isAskedBySip } from './asked.ts';
import type { Session } from './session.ts';

const SHORTEST = 8;

/**
 * Asserts that no password of the phone left the driver: not in a request (but for `Authorization`, which is the
 * transport's), not in the log, not in an outcome.
 */
export function keepsSecrets<Options>(
  { phone, logged, relay, line }: Session<Options>,
  asked: readonly Asked[],
  outcome: Outcome<unknown>,
): void {
  const received = relay.requests.all.map(({ target, headers: { authorization: _, ...headers }, body }) =>
    JSON.stringify([target, headers, body]),
  );
  const receivedBySip = (line?.requests.all ?? []).map(({ uri, fields, body }) =>
    JSON.stringify([uri, fields.filter(([name]) => !name.endsWith('authorization')), body]),
  );
  // What the driver wrote with `{password}` in it is filled in by the transport, and by nobody else.
  const filledIn = asked.some((one) => !isAskedBySip(one) && one.target.includes('{password}'));
  const told = [
    JSON.stringify(outcome),
    ...logged,
    ...(filledIn ? [] : received),
    ...receivedBySip,
    ...asked.map((one) => JSON.stringify(one)),
  ];
  for (const { password } of [
    ...Object.values(phone.credentials),
    ...(phone.sip?.credentials ? [phone.sip.credentials] : []),
  ]) {
    assert.ok(password.length >= SHORTEST, `a password of the harness has at least ${SHORTEST} characters`);
    const forms = [password, encodeURIComponent(password), Buffer.from(password).toString('base64')];
    for (const text of told) {
      assert.ok(!forms.some((form) => text.includes(form)), `a password must not stand in ${text}`);
    }
  }
}
