import type { SipRequest } from '../message/types.ts';
import type { SipDialog } from './dialog.ts';

/** All dialogs, by what identifies one (RFC 3261 section 12): Call-ID, own tag, the peer's tag. */
export class Dialogs {
  readonly #byKey = new Map<string, SipDialog>();

  get size(): number {
    return this.#byKey.size;
  }

  /** The dialog in which a request was sent. */
  find({ callId, from, to }: SipRequest): SipDialog | undefined {
    return this.#byKey.get(dialogKey(callId, to.parameters.get('tag') ?? '', from.parameters.get('tag') ?? ''));
  }

  /** Adds one, or takes it away. */
  set(key: string, dialog: SipDialog | undefined): void {
    if (dialog === undefined) this.#byKey.delete(key);
    else this.#byKey.set(key, dialog);
  }
}

/** A peer of RFC 2543 may have no tag: then it is empty (section 12.1.2). */
export function dialogKey(callId: string, localTag: string, remoteTag: string): string {
  return JSON.stringify([callId, localTag, remoteTag]);
}
