import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const FORMAT = 1;
const KEY_ID_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** So many bytes at the beginning of a sealed value say which key it was sealed with: enough for {@link SecretBox.canOpen}. */
export const HEADER_BYTES = 1 + KEY_ID_BYTES;

/** What a sealed value is and whom it belongs to: it opens with the same two only, so that rows cannot be swapped. */
export interface SealContext {
  /** E.g. `phone-secrets`. */
  readonly purpose: string;
  /** E.g. the phone's id. */
  readonly subject: string;
}

/** Why a sealed value does not open. */
export type SecretBoxFault = 'WRONG_KEY' | 'TAMPERED' | 'NOT_SEALED';

/** A sealed value does not open. Its message names no secret. */
class SecretBoxError extends Error {
  readonly code: SecretBoxFault;

  constructor(code: SecretBoxFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SecretBoxError';
    this.code = code;
  }
}

/** Encrypts and decrypts what must not be seen at rest. */
export interface SecretBox {
  /** The id of the key that seals; it tells nothing of the key. */
  readonly keyId: string;
  seal(plaintext: string, context: SealContext): Uint8Array;
  /** @throws SecretBoxError where key, context or bytes are not those that it was sealed with. */
  open(sealed: Uint8Array, context: SealContext): string;
  /** Whether it was sealed with one of the keys. What was changed since, only opening finds. */
  readonly canOpen: (sealed: Uint8Array) => boolean;
  /** 64 hexadecimal digits that are the same for the same text. Without the key no text can be tried against them. */
  digest(text: string): string;
  /** The key of {@link SecretBox.digest} that follows from the key that seals. */
  readonly derivedDigestKey: Uint8Array;
}

/**
 * AES-256-GCM with a random nonce a value. A sealed value is: format (1 byte), key id (8), nonce (12), tag (16),
 * ciphertext.
 * @param keys the first seals; the others open what was sealed before a change of keys. Each is 32 bytes.
 */
export function createSecretBox(...keys: readonly [Uint8Array, ...Uint8Array[]]): SecretBox {
  const byId = new Map(keys.map((key) => [keyIdOf(key), key]));
  const [current] = keys;
  const keyId = keyIdOf(current);
  const digestKey = createHmac('sha256', current).update('hookswitch digest').digest();
  return {
    keyId,
    seal: (plaintext, context) => seal(current, { plaintext, context }),
    canOpen: (sealed) =>
      sealed[0] === FORMAT && byId.has(Buffer.from(sealed.subarray(1, HEADER_BYTES)).toString('hex')),
    derivedDigestKey: digestKey,
    digest: (text) => createHmac('sha256', digestKey).update(text, 'utf8').digest('hex'),
    open(sealed, context) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      if (bytes.length < HEADER_BYTES + NONCE_BYTES + TAG_BYTES || bytes[0] !== FORMAT) {
        throw new SecretBoxError('NOT_SEALED', 'This is no sealed secret, or one of a newer format.');
      }
      const usedId = bytes.toString('hex', 1, HEADER_BYTES);
      const key = byId.get(usedId);
      if (key === undefined) {
        const known = [...byId.keys()].join(', ');
        throw new SecretBoxError(
          'WRONG_KEY',
          `A secret was sealed with key ${usedId}, the key given is ${known}: start with the key that it was sealed with.`,
        );
      }
      return open(key, { bytes, context });
    },
  };
}

function keyIdOf(key: Uint8Array): string {
  return createHash('sha256').update('hookswitch key id\0').update(key).digest().toString('hex', 0, KEY_ID_BYTES);
}

function associatedData(header: Uint8Array, context: SealContext): Buffer {
  // JSON keeps ('a', 'bc') and ('ab', 'c') apart, which joined text would not.
  return Buffer.concat([header, Buffer.from(JSON.stringify([context.purpose, context.subject]), 'utf8')]);
}

function seal(key: Uint8Array, what: { readonly plaintext: string; readonly context: SealContext }): Uint8Array {
  const header = Buffer.concat([Buffer.of(FORMAT), Buffer.from(keyIdOf(key), 'hex')]);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associatedData(header, what.context));
  const ciphertext = Buffer.concat([cipher.update(what.plaintext, 'utf8'), cipher.final()]);
  return Buffer.concat([header, nonce, cipher.getAuthTag(), ciphertext]);
}

function open(key: Uint8Array, what: { readonly bytes: Buffer; readonly context: SealContext }): string {
  const tagAt = HEADER_BYTES + NONCE_BYTES;
  const textAt = tagAt + TAG_BYTES;
  const nonce = what.bytes.subarray(HEADER_BYTES, tagAt);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(associatedData(what.bytes.subarray(0, HEADER_BYTES), what.context));
  decipher.setAuthTag(what.bytes.subarray(tagAt, textAt));
  try {
    return Buffer.concat([decipher.update(what.bytes.subarray(textAt)), decipher.final()]).toString('utf8');
  } catch (cause) {
    const { purpose, subject } = what.context;
    const message = `The sealed ${purpose} of ${subject} was changed, or belongs to something else.`;
    throw new SecretBoxError('TAMPERED', message, { cause });
  }
}
