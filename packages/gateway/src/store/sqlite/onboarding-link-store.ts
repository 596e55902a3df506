import type { OnboardingLinkRecord, OnboardingLinkStore } from '../ports.ts';
import type { Reader } from './reader.ts';
import { numberOf, numberOrNullOf, textOf } from './rows.ts';
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
      return reader.all(ALL).map(
        (row): OnboardingLinkRecord => ({
          id: textOf(row, 'id'),
          hash: textOf(row, 'hash'),
          createdAt: numberOf(row, 'created_at'),
          createdBy: textOf(row, 'created_by'),
          expiresAt: numberOf(row, 'expires_at'),
          revokedAt: numberOrNullOf(row, 'revoked_at'),
        }),
      );
    },
    async put({ id, hash, createdAt, createdBy, expiresAt, revokedAt }, { forgetBefore }) {
      await writer.write([
        { sql: FORGET, params: [forgetBefore] },
        { sql: PUT, params: [id, hash, createdAt, createdBy, expiresAt, revokedAt] },
      ]);
    },
  };
}
