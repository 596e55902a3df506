import { exportSPKI, generateKeyPair, importSPKI, type JWK, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { authConfig, type authSection } from '../../src/config/auth.ts';
import { createJwtVerifier, type JwtVerifier } from '../../src/security/jwt.ts';
import type { SecurityEvent } from '../../src/security/security-events.ts';
import { type IdentityProvider, identityProvider } from '../support/identity-provider.ts';

type Options = Partial<NonNullable<z.input<typeof authSection>['jwt']>>;

function verifier(provider: IdentityProvider, options: Options = {}, now: () => number = Date.now) {
  const given = { issuer: provider.issuer, audience: 'hookswitch', jwksUrl: provider.jwksUrl, ...options };
  const { jwt } = authConfig({ jwt: given });
  if (jwt === null) throw new Error('no section');
  const events: SecurityEvent[] = [];
  const verify: JwtVerifier['verify'] = createJwtVerifier(jwt, {
    now,
    onSecurityEvent: (event) => events.push(event),
  }).verify;
  return { verify, events };
}

const seconds = () => Math.floor(Date.now() / 1000);

test('a token stands for its subject, with scopes, tags, name and end', async () => {
  await using provider = await identityProvider();
  const { verify } = verifier(provider);
  const exp = seconds() + 100;
  const claims = { scope: 'openid calls:control events:read', hookswitch_tags: ['sales'], name: 'Ada', exp };
  expect(await verify(await provider.sign(claims))).toEqual({
    principal: {
      kind: 'JWT',
      id: 'jwt:ada',
      name: 'Ada',
      scopes: ['calls:control', 'events:read'],
      tags: ['sales'],
      masksNumbers: false,
      // As long as it is let in, its subscriptions go on.
      expiresAt: (exp + 30) * 1000,
    },
  });
  expect(await verify(await provider.sign())).toMatchObject({ principal: { scopes: [], tags: null, name: 'ada' } });
});

test('claims are found under the names that the configuration gives, in depth too', async () => {
  await using provider = await identityProvider();
  const claims = { scopes: 'realm.roles', tags: 'https://x.example/departments', name: 'login', maskNumbers: 'masked' };
  const { verify } = verifier(provider, { claims, requireTags: true });
  const token = await provider.sign({
    realm: { roles: ['phones:read'] },
    'https://x.example/departments': 'sales hr',
    login: 'ada@example',
    masked: true,
  });
  expect(await verify(token)).toMatchObject({
    principal: { scopes: ['phones:read'], tags: ['sales', 'hr'], name: 'ada@example', masksNumbers: true },
  });
  expect(await verify(await provider.sign())).toEqual({ reason: 'no claim https://x.example/departments' });
});

test.each([
  ['tags', { hookswitch_tags: ['sales'] }, ['events:read']],
  ['masked numbers', { hookswitch_mask_numbers: true }, ['events:read']],
  ['tags that are no list', { hookswitch_tags: 5 }, ['events:read']],
  ['neither', {}, ['admin', 'events:read']],
])('admin with %s', async (_what, claims, scopes) => {
  await using provider = await identityProvider();
  const { verify } = verifier(provider);
  const result = await verify(await provider.sign({ scope: ['admin', 'events:read'], ...claims }));
  expect(result).toMatchObject({ principal: { scopes } });
});

test.each([
  ['another issuer', { iss: 'https://evil.example' }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
  ['another audience', { aud: 'billing' }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
  ['no audience', { aud: undefined }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
  ['no end', { exp: undefined }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
  ['no subject', { sub: undefined }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
  ['an end beyond the tolerance', { exp: seconds() - 31 }, 'ERR_JWT_EXPIRED'],
  ['a beginning beyond the tolerance', { nbf: seconds() + 60 }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
])('a token with %s is nobody’s', async (_what, claims, reason) => {
  await using provider = await identityProvider();
  expect(await verifier(provider).verify(await provider.sign(claims))).toEqual({ reason });
});

test('clocks may differ by the tolerance, and by no more', async () => {
  await using provider = await identityProvider();
  const token = await provider.sign({ exp: seconds() + 10, nbf: seconds() - 1 });
  const at = (ms: number, tolerance: number) =>
    verifier(provider, { clockToleranceSeconds: tolerance }, () => Date.now() + ms).verify(token);
  expect(await at(15_000, 10)).toHaveProperty('principal');
  expect(await at(25_000, 10)).toEqual({ reason: 'ERR_JWT_EXPIRED' });
  expect(await at(-5_000, 10)).toHaveProperty('principal');
  expect(await at(-15_000, 10)).toEqual({ reason: 'ERR_JWT_CLAIM_VALIDATION_FAILED' });
});

test('nothing but the allowed algorithms, and no key but those of the set', async () => {
  await using provider = await identityProvider();
  await provider.rotate({ algorithm: 'RS256' });
  const { verify } = verifier(provider, { algorithms: ['RS256'] });
  const good = await provider.sign();
  expect(await verify(good)).toHaveProperty('principal');
  const [header = '', payload = '', signature = ''] = good.split('.');
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as JWK;
  // Unsigned.
  expect(await verify(`${encode({ alg: 'none', kid })}.${payload}.${signature}`)).toHaveProperty('reason');
  expect(await verify(`${encode({ alg: 'none', kid })}.${payload}.`)).toHaveProperty('reason');
  // The public key taken for a shared secret.
  const set = (await (await fetch(provider.jwksUrl)).json()) as { keys: JWK[] };
  const jwk = set.keys.find((one) => one.kid === kid);
  const { importJWK } = await import('jose');
  const publicKey = await importJWK({ ...jwk, ext: true }, 'RS256', { extractable: true });
  if (publicKey instanceof Uint8Array) throw new Error('no key');
  const spki = await exportSPKI(publicKey);
  expect(await importSPKI(spki, 'RS256')).toBeDefined();
  const claims = { iss: provider.issuer, aud: 'hookswitch', sub: 'ada', exp: seconds() + 60 };
  const confused = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', kid: kid ?? '' })
    .sign(new TextEncoder().encode(spki));
  expect(await verify(confused)).toEqual({ reason: 'ERR_JOSE_ALG_NOT_ALLOWED' });
  // Another algorithm of the set.
  await provider.rotate({ algorithm: 'ES256' });
  expect(await verify(await provider.sign())).toEqual({ reason: 'ERR_JOSE_ALG_NOT_ALLOWED' });
  // A key that says it is that one.
  const { privateKey } = await generateKeyPair('RS256');
  const forged = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: kid ?? '' }).sign(privateKey);
  expect(await verify(forged)).toEqual({ reason: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
  // A key that it brings itself.
  const { publicKey: own, privateKey: mine } = await generateKeyPair('RS256', { extractable: true });
  const { exportJWK } = await import('jose');
  const brought = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', jwk: await exportJWK(own), jku: 'http://127.0.0.1:1/' })
    .sign(mine);
  expect(await verify(brought)).toHaveProperty('reason');
  expect(await verify(`${header}.${payload}.AAAA`)).toHaveProperty('reason');
});

test('a key that is new in the set is found, and the set is not asked for more than once a cooldown', async () => {
  await using provider = await identityProvider();
  const { verify } = verifier(provider, { jwksCooldownSeconds: 0 });
  expect(await verify(await provider.sign())).toHaveProperty('principal');
  expect(await verify(await provider.sign())).toHaveProperty('principal');
  expect(provider.asked).toBe(1);
  await provider.rotate();
  expect(await verify(await provider.sign())).toHaveProperty('principal');
  expect(provider.asked).toBe(2);

  const cooling = verifier(provider, { jwksCooldownSeconds: 3600 });
  expect(await cooling.verify(await provider.sign())).toHaveProperty('principal');
  const asked = provider.asked;
  await provider.rotate();
  for (let tried = 0; tried < 5; tried += 1) {
    expect(await cooling.verify(await provider.sign())).toEqual({ reason: 'ERR_JWKS_NO_MATCHING_KEY' });
  }
  expect(provider.asked).toBe(asked);
});

test('a key that was withdrawn goes when the set has grown old', async () => {
  await using provider = await identityProvider();
  const { verify } = verifier(provider, { jwksMaxAgeSeconds: 1 });
  const old = await provider.sign();
  expect(await verify(old)).toHaveProperty('principal');
  await provider.rotate({ withdrawOld: true });
  await expect.poll(() => verify(old), { timeout: 4_000 }).toEqual({ reason: 'ERR_JWKS_NO_MATCHING_KEY' });
});

test('the keys that are there stay through an outage, which is told', async () => {
  await using provider = await identityProvider();
  const { verify, events } = verifier(provider, { jwksMaxAgeSeconds: 1, jwksCooldownSeconds: 3600 });
  const token = await provider.sign();
  expect(await verify(token)).toHaveProperty('principal');
  provider.outage = 'error';
  await expect
    .poll(
      async () => {
        expect(await verify(token)).toHaveProperty('principal');
        return events;
      },
      { timeout: 4_000 },
    )
    .toMatchObject([{ kind: 'JWKS_UNAVAILABLE' }]);
  const asked = provider.asked;
  await provider.rotate();
  const unknown = await provider.sign();
  for (let tried = 0; tried < 5; tried += 1) expect(await verify(unknown)).toHaveProperty('reason');
  expect(provider.asked).toBe(asked);
});

test('after an outage the set is asked for again', async () => {
  await using provider = await identityProvider();
  const { verify, events } = verifier(provider, { jwksMaxAgeSeconds: 1, jwksCooldownSeconds: 0.5 });
  const token = await provider.sign();
  expect(await verify(token)).toHaveProperty('principal');
  provider.outage = 'error';
  await expect.poll(async () => [await verify(token), events.length][1], { timeout: 4_000 }).toBe(1);
  await provider.rotate({ withdrawOld: true });
  provider.outage = null;
  await expect.poll(() => verify(token), { timeout: 4_000 }).toEqual({ reason: 'ERR_JWKS_NO_MATCHING_KEY' });
});

test('an outage at the very first costs one question a cooldown, and silence the timeout', async () => {
  await using provider = await identityProvider();
  provider.outage = 'silence';
  const { verify } = verifier(provider, { jwksTimeoutSeconds: 0.1, jwksCooldownSeconds: 3600 });
  const token = await provider.sign();
  for (let tried = 0; tried < 5; tried += 1) expect(await verify(token)).toHaveProperty('reason');
  expect(provider.asked).toBe(1);
});

test.each([['x'], [''], ['a.b'], [`${'a'.repeat(9000)}.b.c`], ['a.b.c']])('%.20s is no token', async (text) => {
  await using provider = await identityProvider();
  expect(await verifier(provider).verify(text)).toHaveProperty('reason');
  expect(provider.asked).toBe(0);
});
