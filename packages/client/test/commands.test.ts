import { expect, onTestFinished, test } from 'vitest';
import { createClient } from '../src/index.ts';
import { createKey } from './support/keys.ts';
import { openOffice } from './support/office.ts';
import { startProxy } from './support/proxy.ts';
import { KEY, openStand } from './support/stand.ts';

test('a command is taken by the phone and proved by its events', async () => {
  const { office, client } = await openOffice();
  const outcome = await client.dial(office.phone('101').id, { to: '201' });
  expect(outcome).toMatchObject({ ok: true, command: { name: 'dial', status: 'ACCEPTED' } });
  const statuses: string[] = [];
  for await (const { status } of client.followCommand(outcome.command?.id ?? '')) statuses.push(status);
  expect(statuses.at(-1)).toBe('CONFIRMED');
});

test('a reply that is lost makes no second call: the key is kept over the own tries', async () => {
  const { office } = await openOffice();
  const proxy = await startProxy(office.gateway.url);
  onTestFinished(() => proxy[Symbol.asyncDispose]());
  const client = createClient({ url: proxy.url, token: office.apiKey, backoff: { firstMs: 20 } });
  const phoneId = office.phone('201').id;
  proxy.cutNextReply();
  const outcome = await client.dial(phoneId, { to: '101' });
  expect(outcome).toMatchObject({ ok: true, command: { status: expect.stringMatching(/ACCEPTED|CONFIRMED/) } });
  const calls = await client.activeCalls(phoneId);
  expect(calls.ok && calls.value).toHaveLength(1);
  const repeated = await client.dial(phoneId, { to: '101' }, { idempotencyKey: outcome.idempotencyKey });
  expect(repeated.command?.id).toBe(outcome.command?.id);
  const conflict = await client.dial(phoneId, { to: '102' }, { idempotencyKey: outcome.idempotencyKey });
  expect(conflict).toMatchObject({
    ok: false,
    failure: { __typename: 'IdempotencyConflict', original: { id: outcome.command?.id, name: 'dial' } },
  });
});

test('failures are values with what belongs to each', async () => {
  const { office, client } = await openOffice();
  const anna = office.phone('101').id;
  expect(await client.hangUp(anna)).toMatchObject({
    ok: false,
    failure: { __typename: 'InvalidCallState', code: 'INVALID_CALL_STATE', actual: null },
    command: { status: 'FAILED' },
  });
  expect(await client.pressKeys(anna, { keys: [{ key: 'NO_SUCH_KEY' }] })).toMatchObject({
    ok: false,
    failure: { __typename: 'RequestFailure', code: 'BAD_USER_INPUT', retryable: false },
    command: null,
  });
  expect(await client.dial('nobody', { to: '1' })).toMatchObject({ ok: false, failure: { code: 'NOT_FOUND' } });
  expect(await client.settings(anna, ['language'])).toMatchObject({ ok: true, value: { __typename: 'PhoneSettings' } });
  expect(await client.addPhone({ name: 'x', vendor: 'snom', mac: '000413100101' })).toMatchObject({
    ok: false,
    failure: { __typename: 'PhoneConflict', existing: { id: anna } },
  });
});

test('a gateway that is not there, one that is none and a request that is given up are values too', async () => {
  const { office, client } = await openOffice();
  const proxy = await startProxy(office.gateway.url);
  onTestFinished(() => proxy[Symbol.asyncDispose]());
  proxy.cut();
  const away = createClient({ url: proxy.url, token: office.apiKey, retryForMs: 100, backoff: { firstMs: 10 } });
  expect(await away.viewer()).toMatchObject({ ok: false, failure: { code: 'GATEWAY_UNREACHABLE', retryable: true } });
  const elsewhere = createClient({ url: `${office.gateway.url}/metrics` });
  expect(await elsewhere.viewer()).toMatchObject({ ok: false, failure: { code: 'UNREADABLE_ANSWER' } });
  const nobody = createClient({ url: office.gateway.url, token: 'wrong' });
  expect(await nobody.viewer()).toMatchObject({ ok: false, failure: { code: 'UNAUTHENTICATED' } });
  const signal = AbortSignal.abort();
  expect(await client.viewer({ signal })).toMatchObject({ ok: false, failure: { code: 'ABORTED' } });
  const broken = createClient({ url: office.gateway.url, token: () => Promise.reject(new Error('no login')) });
  expect(await broken.viewer()).toMatchObject({ ok: false, failure: { code: 'TOKEN_UNAVAILABLE' } });
});

test('a refused token is asked for anew, once', async () => {
  const stand = await openStand();
  const key = await createKey(stand);
  const asked: (string | null)[] = [];
  const tokens = ['wrong', key.key];
  const client = stand.client({
    token: (refused) => {
      asked.push(refused);
      return tokens.shift() ?? 'wrong';
    },
  });
  expect(await client.viewer()).toMatchObject({ ok: true, value: { name: 'short' } });
  expect(asked).toEqual([null, 'wrong']);
  expect(await stand.client({ token: () => 'wrong' }).viewer()).toMatchObject({ failure: { code: 'UNAUTHENTICATED' } });
  expect(await stand.client({ token: KEY }).viewer()).toMatchObject({ ok: true });
});
