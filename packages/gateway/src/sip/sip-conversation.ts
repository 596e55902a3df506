import type { ReferProgress, SipConversation } from '@hookswitch/core';
import { bodyText, type SipAnswer, type SipRequest } from '@hookswitch/sip';
import { parseReferNotify } from './refer-notify.ts';
import { createWaitingList } from './waiting-list.ts';

/** The requests of the phone within one dialog, in the order in which they came. */
export interface Conversation extends Pick<SipConversation, 'next' | 'referProgress'> {
  /** Takes an INFO in; fulfilled with what to answer once it has been dealt with. */
  readonly takeInfo: (request: SipRequest) => SipAnswer | Promise<SipAnswer>;
  /** Takes a NOTIFY in, and what to answer. */
  readonly takeNotify: (request: SipRequest) => SipAnswer;
  /** The phone has ended the dialog: no more will come. */
  end(): void;
  /** Nobody talks any more: what waits for its answer gets one. @param done whether the last one was dealt with */
  close(done: boolean): void;
}

interface Info {
  readonly contentType: string;
  readonly body: string;
  readonly answer: (answer: SipAnswer) => void;
}

const MAX_WAITING = 1_000;

/** @param signal of the command */
export function createConversation(signal: AbortSignal): Conversation {
  const infos = createWaitingList<Info>(signal, MAX_WAITING);
  const progress = createWaitingList<ReferProgress>(signal, MAX_WAITING);
  let current: Info | null = null;
  const answerCurrent = (status: number): void => {
    current?.answer({ status });
    current = null;
  };
  return {
    takeInfo(request) {
      const { promise, resolve } = Promise.withResolvers<SipAnswer>();
      const contentType = request.headers.get('content-type') ?? '';
      return infos.put({ contentType, body: bodyText(request), answer: resolve }) ? promise : { status: 503 };
    },
    async next(own) {
      // Who asks for the next one has dealt with the last.
      answerCurrent(200);
      const info = await infos.next(own);
      current = info;
      return info === null ? null : { contentType: info.contentType, body: info.body };
    },
    takeNotify(request) {
      const told = parseReferNotify(request);
      if (told === null) return { status: 489 };
      if (told.progress !== null && !progress.put(told.progress)) return { status: 503 };
      // The phone tells nothing more of this REFER (RFC 3515, section 2.4.7).
      if (told.isLast) progress.end();
      return { status: 200 };
    },
    async referProgress(withinMs) {
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(), withinMs);
      try {
        return await progress.next(late.signal);
      } catch (error) {
        if (error !== late.signal.reason) throw error;
        return null;
      } finally {
        clearTimeout(timer);
      }
    },
    end() {
      infos.end();
      progress.end();
    },
    close(done) {
      answerCurrent(done ? 200 : 500);
      // What nobody has read is stored nowhere: the phone must not take it for taken.
      for (const { answer } of infos.end(true)) answer({ status: 481 });
      progress.end(true);
    },
  };
}
