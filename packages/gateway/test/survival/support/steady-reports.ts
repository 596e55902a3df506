import { count, type Replies, report } from './report.ts';

/** Reports that come at their own pace, whether those before are answered or not: as an office's do. */
export interface SteadyReports {
  readonly sent: number;
  readonly replies: Replies;
  /** The longest that one was waited for, and the time over which they were sent, milliseconds. */
  readonly longestMs: number;
  readonly tookMs: number;
  /** Sends no more, and resolves when all are answered. */
  stop(): Promise<void>;
}

const TICK_MS = 10;
/** As many as wait at a socket; on a machine that cannot keep up the pace is less. */
const MOST_WAITING = 4_000;

/** @param perSecond how many; each on a connection of its own, numbered from 0 as `n` */
export function reportSteadily(base: string, perSecond: number): SteadyReports {
  const replies: Replies = new Map();
  const running = new Set<Promise<void>>();
  const began = performance.now();
  const counted = { sent: 0, longestMs: 0, tookMs: 0 };
  const send = async (number: number): Promise<void> => {
    const asked = performance.now();
    count(replies, await report(`${base}/hello?n=${number}`));
    counted.longestMs = Math.max(counted.longestMs, performance.now() - asked);
  };
  const tick = setInterval(() => {
    const due = ((performance.now() - began) / 1_000) * perSecond;
    for (; counted.sent < due && running.size < MOST_WAITING; counted.sent += 1) {
      const sending = send(counted.sent).finally(() => running.delete(sending));
      running.add(sending);
    }
  }, TICK_MS);
  return {
    replies,
    get sent() {
      return counted.sent;
    },
    get longestMs() {
      return counted.longestMs;
    },
    get tookMs() {
      return counted.tookMs;
    },
    async stop() {
      clearInterval(tick);
      counted.tookMs = performance.now() - began;
      await Promise.all(running);
    },
  };
}
