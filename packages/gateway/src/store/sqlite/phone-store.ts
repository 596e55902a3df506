import type { Instant, Led, Phone, SwitchWish } from '../../model.ts';
import type { PhoneStore, StoredPhone } from '../ports.ts';
import { bytesOf, type Row, recordOf, textOf } from '../rows.ts';
import type { FeatureStates } from './feature-states.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

// No REPLACE: that deletes the row first, and with it what refers to it.
const PUT = `INSERT INTO phones (id, body, sealed_secrets) VALUES (?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET body = excluded.body, sealed_secrets = excluded.sealed_secrets`;
const DELETE_TOKENS = 'DELETE FROM phone_tokens WHERE phone_id = ?';
const INSERT_TOKEN = 'INSERT INTO phone_tokens (hash, phone_id, position, expires_at) VALUES (?, ?, ?, ?)';
// One statement, so that phone and tokens are of one moment.
const ALL = `SELECT id, body, sealed_secrets, (
    SELECT json_group_array(json_array(hash, expires_at) ORDER BY position) FROM phone_tokens WHERE phone_id = phones.id
  ) AS tokens
  FROM phones WHERE id > :after ORDER BY id LIMIT :limit`;
const SEALED_BEGINNINGS = 'SELECT DISTINCT substr(sealed_secrets, 1, :bytes) AS beginning FROM phones';
const PUT_LED = `INSERT INTO leds (phone_id, key, body) VALUES (?, ?, ?)
  ON CONFLICT (phone_id, key) DO UPDATE SET body = excluded.body`;
const LEDS = 'SELECT body FROM leds WHERE phone_id = :phoneId ORDER BY key';

const PUT_WISH = `INSERT INTO switch_wishes (phone_id, feature, body) VALUES (?, ?, ?)
  ON CONFLICT (phone_id, feature) DO UPDATE SET body = excluded.body`;
const DROP_WISH = 'DELETE FROM switch_wishes WHERE phone_id = ? AND feature = ?';
const WISHES = 'SELECT body FROM switch_wishes WHERE phone_id = :phoneId ORDER BY feature';

const PAGE = 1_000;

/** Phones, lights and switches in SQLite. */
export function createPhoneStore(writer: Writer, reader: Reader, features: FeatureStates): PhoneStore {
  return {
    async all() {
      return reader.all(ALL, { after: '', limit: -1 }).map(storedPhoneOf);
    },
    async *pages() {
      for (let after: string | undefined = ''; after !== undefined; ) {
        const rows = reader.all(ALL, { after, limit: PAGE });
        yield rows.map(storedPhoneOf);
        const last = rows.at(-1);
        after = last === undefined ? undefined : textOf(last, 'id');
      }
    },
    async sealedBeginnings(bytes) {
      return reader.all(SEALED_BEGINNINGS, { bytes }).map((row) => bytesOf(row, 'beginning'));
    },
    async put({ phone, sealedSecrets, tokenHashes }) {
      await writer.write([
        { sql: PUT, params: [phone.id, JSON.stringify(phone), sealedSecrets] },
        { sql: DELETE_TOKENS, params: [phone.id] },
        ...tokenHashes.map(({ hash, expiresAt }, position) => ({
          sql: INSERT_TOKEN,
          params: [hash, phone.id, position, expiresAt],
        })),
      ]);
    },
    async leds(phoneId) {
      return reader.all(LEDS, { phoneId }).map((row) => recordOf<Led>(row));
    },
    async putLed(phoneId, led) {
      await writer.write([{ sql: PUT_LED, params: [phoneId, led.key, JSON.stringify(led)] }]);
    },
    async features(phoneId) {
      return features.of(phoneId);
    },
    async wishes(phoneId) {
      return reader.all(WISHES, { phoneId }).map((row) => recordOf<SwitchWish>(row));
    },
    async putWish(phoneId, wish) {
      await writer.write([{ sql: PUT_WISH, params: [phoneId, wish.feature, JSON.stringify(wish)] }]);
    },
    async dropWish(phoneId, feature) {
      await writer.write([{ sql: DROP_WISH, params: [phoneId, feature] }]);
    },
  };
}

function storedPhoneOf(row: Row): StoredPhone {
  const tokens = recordOf<readonly (readonly [hash: string, expiresAt: Instant | null])[]>(row, 'tokens');
  return {
    phone: recordOf<Phone>(row),
    sealedSecrets: bytesOf(row, 'sealed_secrets'),
    tokenHashes: tokens.map(([hash, expiresAt]) => ({ hash, expiresAt })),
  };
}
