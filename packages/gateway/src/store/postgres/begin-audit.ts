import { headValues, macOf } from '../../audit/audit-mac.ts';
import { StoreError } from '../errors.ts';
import { textOf } from '../rows.ts';
import type { Session } from './database.ts';

const HEAD = 'SELECT key_check FROM audit_head WHERE id = 1';
const ANYTHING = `SELECT 1 FROM audit UNION ALL SELECT 1 FROM api_keys UNION ALL SELECT 1 FROM phones
  UNION ALL SELECT 1 FROM commands LIMIT 1`;
// Another gateway may begin it at the same time.
const BEGIN = 'INSERT INTO audit_head (id, sequence, mac, key_check) VALUES (1, 0, $1, $2) ON CONFLICT (id) DO NOTHING';

/**
 * Begins the chain where the database holds nothing yet. Elsewhere a head that is missing stays so: somebody took it away,
 * and a new one would hide that.
 * @throws StoreError `FAULT` where the chain was begun with another key
 */
export async function beginAudit(session: Session, key: Uint8Array): Promise<void> {
  const check = macOf(key, ['key']);
  const isBegun = async (): Promise<boolean> => {
    const [head] = await session.query(HEAD);
    if (head === undefined) return false;
    if (textOf(head, 'key_check') === check) return true;
    throw new StoreError(
      'FAULT',
      'The audit of the database was begun with another audit.key: copy that one into the data directory.',
    );
  };
  if (await isBegun()) return;
  if ((await session.query(ANYTHING)).length > 0) return;
  await session.query(BEGIN, [macOf(key, headValues(0, '')), check]);
  await isBegun();
}
