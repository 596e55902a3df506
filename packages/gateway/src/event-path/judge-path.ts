import type { EventPathHop, Failure } from '@hookswitch/core';
import type { Instant } from '../model.ts';
import { describeDrifts } from './compare-action-urls.ts';
import type { PathWatch } from './path-watch.ts';
import type { ReadActionUrls } from './read-action-urls.ts';

/** Names the first hop of the event path that is broken; null: none is, as far as can be seen. */
export type JudgePath = (
  phoneId: string,
  test: { readonly since: Instant; readonly proven: boolean },
) => Promise<Failure | null>;

/**
 * After a test: the phone's settings first, as far as they can be read or its own requests tell, then the log, then the
 * way. A test that arrived does not excuse URLs that lead elsewhere: most tests go by an address of their own.
 */
export function createJudgePath({
  watch,
  readActionUrls,
}: {
  readonly watch: PathWatch;
  readonly readActionUrls: ReadActionUrls;
}): JudgePath {
  return async (phoneId, { since, proven }) => {
    const { refusedAt, heardAt, unstoredAt, stranger } = watch.of(phoneId);
    if (refusedAt !== null && (refusedAt >= since || refusedAt > (heardAt.ACTION_URL ?? 0))) return WRONG_TOKEN;
    const compared = await readActionUrls(phoneId);
    if (compared !== null && compared.drifts.length > 0) {
      return broken('PHONE_SETTINGS', `On the phone ${describeDrifts(compared.drifts)}. ${CONFIGURE}`);
    }
    if (compared !== null && compared.readable > 0 && compared.right === 0) {
      return broken('PHONE_SETTINGS', `No action URL of the phone leads here. ${CONFIGURE}`);
    }
    if (unstoredAt !== null && unstoredAt >= since) return NOT_STORED;
    if (proven) return null;
    if (stranger !== null && stranger.at >= since) {
      return broken(
        'PHONE_TO_GATEWAY',
        `The address that only the phone was told was fetched from ${stranger.from}, which is not the phone's: a proxy or NAT stands between, or the phone's address is wrong in updatePhone.`,
      );
    }
    return NOTHING_ARRIVED;
  };
}

const CONFIGURE = 'Give configureActionUrls, or provision the phone again.';

function broken(hop: EventPathHop, message: string): Failure {
  return { code: 'EVENT_PATH_BROKEN', hop, message, retryable: true };
}

const WRONG_TOKEN = broken(
  'PHONE_SETTINGS',
  `The phone's own reports arrive and are refused: its action URLs hold a token or a path that the gateway does not know. ${CONFIGURE}`,
);

const NOT_STORED = broken(
  'EVENT_LOG',
  'The report of the phone arrived and could not be stored: see the log and /health/ready.',
);

const NOTHING_ARRIVED = broken(
  'PHONE_TO_GATEWAY',
  'The phone was told to report a test event, and nothing arrived. Check that it can reach HOOKSWITCH_PUBLIC_URL: address, port, firewall.',
);
