import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hashActionUrlToken, makeActionUrlToken } from '../../src/security/action-url-tokens.ts';
import { ApiKeyDirectory, hashApiKey, makeApiKey, sameHash } from '../../src/security/api-keys.ts';
import { apiKey } from '../graphql/fake-application.ts';

describe('API keys', () => {
  test('are 256 random bits behind a prefix', () => {
    const keys = new Set(Array.from({ length: 1000 }, makeApiKey));
    expect(keys.size).toBe(1000);
    for (const key of keys) {
      expect(key).toMatch(/^hsk_[A-Za-z0-9_-]{43}$/);
      expect(Buffer.from(key.slice(4), 'base64url')).toHaveLength(32);
    }
  });

  test('are kept by their SHA-256', () => {
    // FIPS 180-2, the example of one block.
    expect(hashApiKey('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  test.each([
    ['aa', 'aa', true],
    ['aa', 'ab', false],
    ['aa', 'aaa', false],
    ['', '', true],
  ])('%s and %s are the same: %s', (left, right, same) => {
    expect(sameHash(left, right)).toBe(same);
  });

  test('are found by what was presented, with their rights; unknown, revoked and expired ones are not', () => {
    const [alice, bob] = [makeApiKey(), makeApiKey()];
    const record = apiKey(alice, {
      id: 'k1',
      name: 'alice',
      scopes: ['phones:read'],
      tags: ['lobby'],
      expiresAt: 5000,
    });
    const directory = new ApiKeyDirectory([record]);
    const rights = { scopes: ['phones:read'], tags: ['lobby'], masksNumbers: false, expiresAt: 5000 };
    expect(directory.find(alice, 4999)).toEqual({ kind: 'API_KEY', id: 'k1', name: 'alice', ...rights });
    expect(directory.find(alice, 5000)).toBeNull();
    expect(directory.isValid('k1', 4999)).toBe(true);
    expect(directory.isValid('k1', 5000)).toBe(false);
    expect(directory.find(bob, 1)).toBeNull();
    expect(directory.find('', 1)).toBeNull();
    expect(directory.find(record.hash, 1)).toBeNull();
    directory.put(apiKey(bob, { id: 'k2', name: 'bob' }));
    expect(directory.find(bob, 1)).toMatchObject({ id: 'k2', name: 'bob' });
    directory.put({ ...record, revokedAt: 2000 });
    expect(directory.find(alice, 1)).toBeNull();
    expect(directory.isValid('k1', 1)).toBe(false);
    expect(directory.find(bob, 1)).toMatchObject({ id: 'k2', name: 'bob' });
    directory.replace([]);
    expect(directory.find(bob, 1)).toBeNull();
    expect(directory.isValid('k2', 1)).toBe(false);
  });

  test('a record that gets another key leaves the old one', () => {
    const directory = new ApiKeyDirectory([apiKey('old')]);
    directory.put(apiKey('new'));
    expect(directory.find('old', 1)).toBeNull();
    expect(directory.find('new', 1)).toMatchObject({ id: 'k1' });
  });
});

test('tokens of action URLs are at least 128 random bits, fit into a path, and are kept by their SHA-256', () => {
  const tokens = new Set(Array.from({ length: 1000 }, makeActionUrlToken));
  expect(tokens.size).toBe(1000);
  for (const token of tokens) {
    expect(token).toMatch(/^[A-Za-z0-9_-]{24}$/);
    expect(Buffer.from(token, 'base64url').length * 8).toBeGreaterThanOrEqual(128);
    expect(hashActionUrlToken(token)).toBe(createHash('sha256').update(token).digest('hex'));
  }
});
