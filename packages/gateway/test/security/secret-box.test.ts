import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createSecretBox } from '../../src/security/secret-box.ts';

const CONTEXT = { purpose: 'phone-secrets', subject: 'phone-1' };
const SECRET = 'pässwörd "quoted" \u0000 & more';

describe('a sealed secret', () => {
  test('opens with the same key and context, again after a restart', () => {
    const key = randomBytes(32);
    const sealed = createSecretBox(key).seal(SECRET, CONTEXT);
    expect(createSecretBox(key).open(sealed, CONTEXT)).toBe(SECRET);
    // As SQLite gives it: a plain view, somewhere in a larger buffer.
    const inside = new Uint8Array(sealed.length + 10);
    inside.set(sealed, 5);
    expect(createSecretBox(key).open(inside.subarray(5, 5 + sealed.length), CONTEXT)).toBe(SECRET);
    expect(createSecretBox(key).open(createSecretBox(key).seal('', CONTEXT), CONTEXT)).toBe('');
  });

  test('shows nothing of what it holds, and differs each time', () => {
    const box = createSecretBox(randomBytes(32));
    const [one, other] = [box.seal(SECRET, CONTEXT), box.seal(SECRET, CONTEXT)];
    expect(Buffer.from(one).includes('pässwörd')).toBe(false);
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(false);
  });

  test('does not open with another key, and says which two', () => {
    const [box, other] = [createSecretBox(randomBytes(32)), createSecretBox(randomBytes(32))];
    const sealed = box.seal(SECRET, CONTEXT);
    expect(() => other.open(sealed, CONTEXT)).toThrow(
      expect.objectContaining({
        code: 'WRONG_KEY',
        message: expect.stringMatching(new RegExp(`key ${box.keyId}, .* ${other.keyId}:`)),
      }),
    );
  });

  test('opens after a change of keys as long as the old one is given too; new ones are sealed with the new key', () => {
    const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];
    const sealed = createSecretBox(oldKey).seal(SECRET, CONTEXT);
    const box = createSecretBox(newKey, oldKey);
    expect(box.open(sealed, CONTEXT)).toBe(SECRET);
    expect(createSecretBox(newKey).open(box.seal(SECRET, CONTEXT), CONTEXT)).toBe(SECRET);
    expect(box.keyId).toBe(createSecretBox(newKey).keyId);
  });

  test.each([
    { purpose: 'phone-secrets', subject: 'phone-2' },
    { purpose: 'other', subject: 'phone-1' },
    { purpose: 'phone-secretsphone', subject: '-1' },
    { purpose: '', subject: '' },
  ])('moved to $purpose of $subject does not open', (context) => {
    const box = createSecretBox(randomBytes(32));
    const sealed = box.seal(SECRET, CONTEXT);
    expect(() => box.open(sealed, context)).toThrow(expect.objectContaining({ code: 'TAMPERED' }));
  });

  test('changed in any byte does not open', () => {
    const box = createSecretBox(randomBytes(32));
    const sealed = box.seal('short', CONTEXT);
    for (const index of sealed.keys()) {
      const changed = Uint8Array.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => box.open(changed, CONTEXT)).toThrow(/^(?!.*short)/);
    }
    expect(() => box.open(sealed.subarray(0, -1), CONTEXT)).toThrow(expect.objectContaining({ code: 'TAMPERED' }));
  });

  test.each([0, 1, 9, 36])('of %d bytes is none', (length) => {
    const box = createSecretBox(randomBytes(32));
    const bytes = box.seal('', CONTEXT).subarray(0, length);
    expect(() => box.open(bytes, CONTEXT)).toThrow(expect.objectContaining({ code: 'NOT_SEALED' }));
  });
});
