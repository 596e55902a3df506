import { onboardingLinkOf } from '../onboarding-link-row.ts';
import type { OnboardingLinkStore } from '../ports.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

const PUT = `INSERT INTO onboarding_links (id, hash, created_at, created_by, expires_at, revoked_at)
  VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET expires_at = excluded.expires_at, revoked_at = excluded.revoked_at`;
const FORGET = 'DELETE FROM onboarding_links WHERE expires_at < ?';
const ALL = 'SELECT * FROM onboarding_links ORDER BY created_at, id';

/** Onboarding links in SQLite. */
export function createOnboardingLinkStore(
  writer: Pick<Writer, 'write'>,
  reader: Pick<Reader, 'all'>,
): OnboardingLinkStore {
  return {
    async all() {
      return reader.all(ALL).map(onboardingLinkOf);
    },
    async put({ id, hash, createdAt, createdBy, expiresAt, revokedAt }, { forgetBefore }) {
      await writer.write([
        { sql: FORGET, params: [forgetBefore] },
        { sql: PUT, params: [id, hash, createdAt, createdBy, expiresAt, revokedAt] },
      ]);
    },
  };
}
