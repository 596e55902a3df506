import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { SecretBox } from '../security/secret-box.ts';

/** Longer ones are packed: a picture of a screen may be larger than what NATS takes in one message, 1 MB by default. */
const PACKED_FROM = 64 * 1024;
const PLAIN = 'j';
const PACKED = 'z';
const BYTES = '$bytes';

/** What goes between gateways, which may hold passwords, so that only they read it. @param subject by which it goes */
export function sealBody(box: SecretBox, subject: string, body: object): Uint8Array {
  const text = JSON.stringify(body, writeBytes);
  const sealed =
    text.length < PACKED_FROM ? `${PLAIN}${text}` : `${PACKED}${deflateRawSync(text, { level: 1 }).toString('base64')}`;
  return box.seal(sealed, contextOf(subject));
}

/** Its type is what the other gateway wrote. @throws where it was not sealed by one with the same key, for this subject */
export function openBody<Body>(box: SecretBox, subject: string, sealed: Uint8Array): Body {
  const text = box.open(sealed, contextOf(subject));
  const content = text.slice(1);
  const json = text.startsWith(PACKED) ? inflateRawSync(Buffer.from(content, 'base64')).toString() : content;
  return JSON.parse(json, readBytes);
}

function contextOf(subject: string) {
  return { purpose: 'lane', subject } as const;
}

/** Bytes as text. A buffer has become its own JSON by then: what stands in the object is looked at. */
function writeBytes(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const given = this[key];
  return given instanceof Uint8Array ? { [BYTES]: Buffer.from(given).toString('base64') } : value;
}

function readBytes(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !(BYTES in value)) return value;
  return Uint8Array.from(Buffer.from(String(value[BYTES]), 'base64'));
}
