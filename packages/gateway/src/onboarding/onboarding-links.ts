import { randomUUID } from 'node:crypto';
import type { Caller, Instant } from '../model.ts';
import { RequestError } from '../request-error.ts';
import { hashActionUrlToken, makeActionUrlToken } from '../security/action-url-tokens.ts';
import type { OnboardingLinkRecord, OnboardingLinkStore } from '../store/ports.ts';
import type { OnboardingLink } from './onboarding.ts';

/** One for each site or vendor, and one to take over from another; more only widen what may leak. */
const MOST_OPEN_LINKS = 5;
const DAY_MS = 24 * 60 * 60_000;
const LONGEST_DAYS = 30;
/** Links that are over are shown for so long. */
const REMEMBERED_MS = 90 * DAY_MS;

/** The links, in memory and in the store. */
export interface OnboardingLinks {
  all(): readonly OnboardingLink[];
  /** @returns the token too: it is kept nowhere. Rejects with RequestError BAD_USER_INPUT */
  create(
    expiresAt: Instant | undefined,
    caller: Caller,
  ): Promise<{ readonly token: string; readonly link: OnboardingLink }>;
  /** Rejects with RequestError NOT_FOUND. */
  revoke(id: string): Promise<OnboardingLink>;
  /** Whether a token is that of a link that is neither revoked nor over. */
  isOpen(token: string): boolean;
  /** Reads all of them again: another gateway has changed one. */
  reload(): Promise<void>;
}

/** Loads the links. */
export async function openOnboardingLinks(store: OnboardingLinkStore, now: () => Instant): Promise<OnboardingLinks> {
  const read = async () => new Map((await store.all()).map((record) => [record.hash, record]));
  let byHash = await read();
  const isOpen = ({ expiresAt, revokedAt }: OnboardingLinkRecord): boolean => revokedAt === null && expiresAt > now();
  const put = async (record: OnboardingLinkRecord): Promise<OnboardingLink> => {
    const forgetBefore = now() - REMEMBERED_MS;
    await store.put(record, { forgetBefore });
    for (const { hash, expiresAt } of [...byHash.values()]) if (expiresAt < forgetBefore) byHash.delete(hash);
    byHash.set(record.hash, record);
    return viewOf(record);
  };
  return {
    all: () => [...byHash.values()].map(viewOf),
    async create(wanted, { name }) {
      const createdAt = now();
      const expiresAt = wanted ?? createdAt + DAY_MS;
      if (expiresAt <= createdAt || expiresAt > createdAt + LONGEST_DAYS * DAY_MS) {
        throw new RequestError('BAD_USER_INPUT', `expiresAt: from now on, and not later than in ${LONGEST_DAYS} days.`);
      }
      if ([...byHash.values()].filter(isOpen).length >= MOST_OPEN_LINKS) {
        throw new RequestError('BAD_USER_INPUT', `There are ${MOST_OPEN_LINKS} open links: revoke one first.`);
      }
      const token = makeActionUrlToken();
      const hash = hashActionUrlToken(token);
      const link = await put({ id: randomUUID(), hash, createdAt, createdBy: name, expiresAt, revokedAt: null });
      return { token, link };
    },
    async revoke(id) {
      const known = [...byHash.values()].find((record) => record.id === id);
      if (known === undefined) throw new RequestError('NOT_FOUND', 'There is no onboarding link with this id.');
      return known.revokedAt === null ? await put({ ...known, revokedAt: now() }) : viewOf(known);
    },
    async reload() {
      byHash = await read();
    },
    isOpen(token) {
      const record = byHash.get(hashActionUrlToken(token));
      return record !== undefined && isOpen(record);
    },
  };
}

function viewOf({ hash: _hash, ...link }: OnboardingLinkRecord): OnboardingLink {
  return link;
}
