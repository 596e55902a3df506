import {
  accepted,
  failed,
  type HttpReply,
  type HttpRequest,
  notHere,
  type Outcome,
  type PhoneScreen,
  phoneRejected,
} from '@hookswitch/core';
import { refusalIn } from './refusal.ts';

const KINDS: readonly (readonly [mediaType: string, magic: readonly number[]])[] = [
  ['image/bmp', [0x42, 0x4d]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
];

/** The picture's kind by its first bytes: phones send BMP or JPEG by model, and label them badly. Null: no picture. */
export function pictureType(bytes: Uint8Array): string | null {
  return KINDS.find(([, magic]) => magic.every((byte, at) => bytes[at] === byte))?.[0] ?? null;
}

/** `GET /screencapture` and its older forms. */
export function screenRequest(path: string): HttpRequest {
  return { method: 'GET', target: path, readOnly: true, rehearsal: { status: 200, body: 'BM' } };
}

/** Reads the reply to a screen capture. Whatever is no picture is `NOT_HERE`, so that the next path is tried. */
export function readScreen(reply: HttpReply): Outcome<PhoneScreen> {
  const mediaType = reply.status === 200 ? pictureType(reply.bytes) : null;
  if (mediaType !== null) return accepted({ mediaType, bytes: reply.bytes });
  if (reply.status === 400) return notHere('The phone does not know this path (400).');
  const refusal = refusalIn(reply, 'screen');
  if (refusal !== null) return refusal;
  return failed(phoneRejected('The phone answered, but not with a picture.', { phoneStatus: reply.status }));
}
