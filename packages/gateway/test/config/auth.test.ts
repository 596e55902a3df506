import { expect, test } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';

function parsed(text: string) {
  return parseConfig({}, { text, name: 'hookswitch.yaml', folder: '/etc' });
}

const REQUIRED = 'issuer: https://id.example\n    audience: hookswitch\n    jwksUrl: https://id.example/jwks';

test('tokens are checked as is usual unless the file says otherwise', () => {
  expect(parsed(`auth:\n  jwt:\n    ${REQUIRED}`)).toMatchObject({
    config: {
      auth: {
        jwt: {
          issuer: 'https://id.example',
          audience: 'hookswitch',
          jwksUrl: 'https://id.example/jwks',
          algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
          clockToleranceMs: 30_000,
          scopesClaim: 'scope',
          tagsClaim: 'hookswitch_tags',
          requireTags: false,
          nameClaim: 'name',
          masksNumbersClaim: 'hookswitch_mask_numbers',
          jwksTimeoutMs: 5_000,
          jwksCooldownMs: 30_000,
          jwksMaxAgeMs: 600_000,
        },
      },
    },
  });
  const changed = `
    algorithms: [ES512]
    clockToleranceSeconds: 0
    claims: { scopes: realm_access.roles, tags: departments, name: preferred_username, maskNumbers: masked }
    requireTags: true
    jwksTimeoutSeconds: 1
    jwksCooldownSeconds: 2
    jwksMaxAgeSeconds: 3`;
  expect(parsed(`auth:\n  jwt:\n    ${REQUIRED}${changed}`)).toMatchObject({
    config: {
      auth: {
        jwt: {
          algorithms: ['ES512'],
          clockToleranceMs: 0,
          scopesClaim: 'realm_access.roles',
          tagsClaim: 'departments',
          requireTags: true,
          nameClaim: 'preferred_username',
          masksNumbersClaim: 'masked',
          jwksTimeoutMs: 1_000,
          jwksCooldownMs: 2_000,
          jwksMaxAgeMs: 3_000,
        },
      },
    },
  });
});

test.each([
  ['a shared secret', 'algorithms: [HS256]', 'auth.jwt.algorithms.0'],
  ['no signature', 'algorithms: [none]', 'auth.jwt.algorithms.0'],
  ['no algorithm', 'algorithms: []', 'auth.jwt.algorithms'],
  ['keys that anyone on the way could change', 'jwksUrl: http://id.example/jwks', 'auth.jwt.jwksUrl'],
  ['keys of no URL', 'jwksUrl: jwks', 'auth.jwt.jwksUrl'],
  ['an hour of tolerance', 'clockToleranceSeconds: 3600', 'auth.jwt.clockToleranceSeconds'],
])('%s is refused', (_what, line, path) => {
  const required = line.startsWith('jwksUrl') ? REQUIRED.replace(/\n.*jwksUrl.*/, '') : REQUIRED;
  const result = parsed(`auth:\n  jwt:\n    ${required}\n    ${line}`);
  expect(result).toMatchObject({ faults: [expect.stringContaining(`hookswitch.yaml: ${path}: `)] });
});

test('one limit is changed and the others stay; documents may be the only ones', () => {
  const text = 'api:\n  limits: { depth: 9 }\n  persistedOperations: { file: operations.json, only: true }';
  expect(parsed(text)).toMatchObject({
    config: {
      api: { limits: { depth: 9, aliases: 50 }, persisted: { file: 'operations.json', only: true } },
    },
  });
  expect(parsed('log: { maskNumbers: false }')).toMatchObject({ config: { maskNumbersInLog: false } });
});
