import { onboardingLinkOf } from '../onboarding-link-row.ts';
import type { OnboardingLinkStore } from '../ports.ts';
import type { Database } from './database.ts';
import type { Writer } from './writer.ts';

const PUT = `INSERT INTO onboarding_links (id, hash, created_at, created_by, expires_at, revoked_at)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (id) DO UPDATE SET expires_at = excluded.expires_at, revoked_at = excluded.revoked_at`;
const FORGET = 'DELETE FROM onboarding_links WHERE expires_at < $1';
const ALL = 'SELECT * FROM onboarding_links ORDER BY created_at, id';

/** Onboarding links in PostgreSQL. */
export function createOnboardingLinkStore(writer: Writer, database: Database): OnboardingLinkStore {
  return {
    async all() {
      return (await database.query(ALL)).map(onboardingLinkOf);
    },
    put: ({ id, hash, createdAt, createdBy, expiresAt, revokedAt }, { forgetBefore }) =>
      writer.write(async (session) => {
        await session.query(FORGET, [forgetBefore]);
        await session.query(PUT, [id, hash, createdAt, createdBy, expiresAt, revokedAt]);
      }),
  };
}
