import { expect, test } from 'vitest';
import { directDriver } from '../../src/drivers/direct-driver.ts';
import { createDriverRegistry } from '../../src/drivers/driver-registry.ts';
import { createActionUrlRoute } from '../../src/http/action-url-route.ts';
import { createAddressBinding } from '../../src/phones/address-binding.ts';
import { createPhoneRegistry } from '../../src/phones/phone-registry.ts';
import { hashActionUrlToken, makeActionUrlToken } from '../../src/security/action-url-tokens.ts';
import { createRefusalLimiter } from '../../src/security/refusal-limiter.ts';
import { createSecretBox } from '../../src/security/secret-box.ts';
import type { StoredPhone } from '../../src/store/ports.ts';
import { phone } from '../graphql/fake-records.ts';
import { acme } from '../support/driver.ts';

/** Hands on every call, and writes down which it was. */
function noted<Part extends object>(name: string, part: Part, calls: string[]): Part {
  return new Proxy(part, {
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => {
        calls.push(`${name}.${String(key)}`);
        return Reflect.apply(value, target, given) as unknown;
      };
    },
    apply(target, self, given) {
      calls.push(name);
      return typeof target === 'function' ? (Reflect.apply(target, self, given) as unknown) : undefined;
    },
  });
}

// Timings are no tests: what is done for each kind of forged request is written down, and must be the same.
test.each([
  ['bound to the phones’ addresses', true],
  ['not bound', false],
])('%s: whatever is wrong with a token, the same is done for it', async (_how, bound) => {
  const now = () => 1_000_000;
  const [good, over, removed] = [makeActionUrlToken(), makeActionUrlToken(), makeActionUrlToken()];
  const box = createSecretBox(Buffer.alloc(32, 7));
  const stored = (
    id: string,
    token: string,
    changed: { readonly address?: string; readonly removedAt?: number },
  ): StoredPhone => ({
    phone: { ...phone(id), vendor: 'acme', address: 'http://127.0.0.5', ...changed },
    sealedSecrets: box.seal('{}', { purpose: 'phone-secrets', subject: id }),
    tokenHashes: [{ hash: hashActionUrlToken(token), expiresAt: id === 'over' ? 999_999 : null }],
  });
  const phones = [
    stored('good', good, {}),
    stored('over', over, { address: 'http://127.0.0.6' }),
    stored('removed', removed, { address: 'http://127.0.0.7', removedAt: 1 }),
  ];
  const never = () => Promise.reject(new Error('nothing is read or written'));
  const calls: string[] = [];
  const registry = await createPhoneRegistry({
    store: {
      async *pages() {
        yield phones;
      },
      ...{ all: never, sealedBeginnings: never, put: never, leds: never, putLed: never, features: never },
      ...{ wishes: never, putWish: never, dropWish: never },
    },
    drivers: createDriverRegistry([directDriver(acme)]),
    secretBox: noted('secretBox', box, calls),
    now,
    onDriverError: never,
  });
  const refused: string[] = [];
  const route = createActionUrlRoute({
    registry: noted('registry', registry, calls),
    contacts: noted('contacts', { isOpen: () => false, reloadLinks: never, take: never }, calls),
    onContact: () => calls.push('contact'),
    intake: noted('intake', { receive: never, notice: never }, calls),
    screening: 'allow',
    onReceived: () => calls.push('received'),
    onRefused: ({ reason }) => {
      calls.push('refused');
      refused.push(reason);
    },
    limiter: noted('limiter', createRefusalLimiter({ perMinute: 1_000, now }), calls),
    binding: bound ? noted('binding', createAddressBinding(now), calls) : null,
    onUnreadable: () => calls.push('unreadable'),
    onError: () => calls.push('error'),
  });
  const done = async (target: string, from: string): Promise<string> => {
    calls.length = 0;
    const status = await route({ target, from, body: undefined });
    return `${status} ${calls.join(' ')}`;
  };
  const forged = {
    wrong: `/a/${makeActionUrlToken()}/hello?id=1`,
    'rotated out': `/a/${over}/hello?id=1`,
    removed: `/a/${removed}/hello?id=1`,
    'one letter more': `/a/${good}x/hello?id=1`,
    'another case': `/a/${good === good.toLowerCase() ? good.toUpperCase() : good.toLowerCase()}/hello?id=1`,
    'no token': '/a//hello',
    'too long': `/a/${'x'.repeat(500)}/hello`,
    // A replay of the good one from another address.
    ...(bound ? { elsewhere: `/a/${good}/hello?id=1` } : {}),
  };
  const expected = `404 registry.byToken contacts.isOpen ${bound ? 'binding ' : ''}limiter.isTooMany refused`;
  for (const [kind, target] of Object.entries(forged)) {
    expect([kind, await done(target, '127.0.0.9')]).toEqual([kind, expected]);
  }
  expect(refused.filter((reason) => reason === 'elsewhere')).toHaveLength(bound ? 1 : 0);
  // That the notes are worth something: a good one does more.
  expect(await done(`/a/${good}/hello?id=1`, '127.0.0.5')).toContain('intake.receive');
});
