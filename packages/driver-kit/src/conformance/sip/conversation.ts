import type { ReferProgress, SipConversation } from '@hookswitch/core';
import { type DialogRequest, Inbox } from './inbox.ts';

/** How long the phone is given to say something more of its REFER. */
export type Wait = (ms: number) => Promise<void>;

/** What the phone sends within one dialog, as drivers hear it. */
export class Conversation implements Pick<SipConversation, 'next' | 'referProgress'> {
  readonly #infos: Inbox<DialogRequest>;
  readonly #progress: Inbox<ReferProgress>;
  readonly #wait: Wait;
  #current: DialogRequest | null = null;

  constructor(signal: AbortSignal, wait: Wait) {
    this.#infos = new Inbox(signal);
    this.#progress = new Inbox(signal);
    this.#wait = wait;
  }

  /** A request has come: an INFO is answered once it was dealt with, a NOTIFY at once. */
  take(method: 'INFO' | 'NOTIFY', request: DialogRequest): void {
    if (method === 'INFO') this.#infos.put(request);
    else request.answer(this.#takeNotify(request));
  }

  readonly next: SipConversation['next'] = async (own) => {
    // Who asks for the next one has dealt with the last.
    this.#current?.answer(200);
    this.#current = null;
    this.#current = await this.#infos.next(own);
    const info = this.#current;
    return info === null ? null : { contentType: info.header('content-type'), body: info.body };
  };

  readonly referProgress: SipConversation['referProgress'] = async (withinMs) => {
    const late = new AbortController();
    const over = () => late.abort();
    this.#wait(withinMs).then(over, over);
    try {
      return await this.#progress.next(late.signal);
    } catch (error) {
      if (error !== late.signal.reason) throw error;
      return null;
    }
  };

  /** The phone has ended the dialog. */
  end(): void {
    this.#infos.end();
    this.#progress.end();
  }

  /** Nobody talks any more. @param done whether what was read last was dealt with */
  close(done: boolean): void {
    this.end();
    this.#current?.answer(done ? 200 : 500);
    for (const { answer } of this.#infos.drain()) answer(481);
  }

  /** RFC 3515, section 2.4.5: a status line in a body of its own. */
  #takeNotify({ header, body }: DialogRequest): number {
    const [, status, reason = ''] = /^SIP\/2\.0 (\d{3})(?: ([^\r\n]*))?/.exec(body) ?? [];
    if (!/^refer\b/i.test(header('event')) || status === undefined) return 489;
    this.#progress.put({ status: Number(status), reason });
    if (/^terminated\b/i.test(header('subscription-state'))) this.#progress.end();
    return 200;
  }
}
