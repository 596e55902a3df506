import { hash, randomBytes } from 'node:crypto';

/** 144 bits: above the 128 that make guessing hopeless, and 24 characters without padding, short enough for 511-character settings. */
const TOKEN_BYTES = 18;

/** Makes the unguessable part of a phone's action URLs: 24 characters of base64url. */
export function makeActionUrlToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** SHA-256 of a token as lower-case hex: what a phone is looked up by, so that the lookup's timing tells nothing of a token. */
export function hashActionUrlToken(token: string): string {
  return hash('sha256', token, 'hex');
}
