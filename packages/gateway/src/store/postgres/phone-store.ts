import type { FeatureState, Instant, Led, Phone, SwitchWish } from '../../model.ts';
import { StoreError } from '../errors.ts';
import type { PhoneChanges, PhoneStore, StoredPhone } from '../ports.ts';
import { bytesOf, numberOf, type Row, recordOf, textOf } from '../rows.ts';
import type { Database } from './database.ts';
import { prepared, type Sql } from './prepared.ts';
import type { Writer } from './writer.ts';

// Whoever changes a phone holds CHANGING where several gateways do: so places become visible in their order.
const PUT = `INSERT INTO phones (id, body, sealed_secrets, changed) VALUES ($1, $2, $3, nextval('phone_changes'))
  ON CONFLICT (id) DO UPDATE SET body = excluded.body, sealed_secrets = excluded.sealed_secrets,
    changed = excluded.changed
  WHERE phones.changed <= $4
  RETURNING id`;
const CHANGING = 'hookswitch phones';
const DELETE_TOKENS = 'DELETE FROM phone_tokens WHERE phone_id = $1';
const INSERT_TOKENS = `INSERT INTO phone_tokens (phone_id, hash, position, expires_at)
  SELECT $1, * FROM unnest($2::text[], $3::integer[], $4::bigint[])`;
// One statement, so that phone and tokens are of one moment.
const ROWS = `SELECT id, body, sealed_secrets, changed, (
    SELECT coalesce(json_agg(json_build_array(hash, expires_at) ORDER BY position), '[]')::text
    FROM phone_tokens WHERE phone_id = phones.id
  ) AS tokens
  FROM phones`;
const PAGES = `${ROWS} WHERE id > $1 ORDER BY id LIMIT $2`;
const CHANGED = `${ROWS} WHERE changed > $1 ORDER BY changed LIMIT $2`;
const LAST_CHANGE = 'SELECT coalesce(max(changed), 0) AS place FROM phones';
const IS_TOKEN = prepared('SELECT 1 FROM phone_tokens WHERE hash = $1');
const SEALED_BEGINNINGS = 'SELECT DISTINCT substring(sealed_secrets FROM 1 FOR $1) AS beginning FROM phones';
const PUT_LED = prepared(`INSERT INTO leds (phone_id, key, body) VALUES ($1, $2, $3)
  ON CONFLICT (phone_id, key) DO UPDATE SET body = excluded.body`);
const LEDS = prepared('SELECT body FROM leds WHERE phone_id = $1 ORDER BY key');
const FEATURES = prepared('SELECT body FROM features WHERE phone_id = $1 ORDER BY feature');
const PUT_WISH = `INSERT INTO switch_wishes (phone_id, feature, body) VALUES ($1, $2, $3)
  ON CONFLICT (phone_id, feature) DO UPDATE SET body = excluded.body`;
const DROP_WISH = 'DELETE FROM switch_wishes WHERE phone_id = $1 AND feature = $2';
const WISHES = prepared('SELECT body FROM switch_wishes WHERE phone_id = $1 ORDER BY feature');

const PAGE = 1_000;

/** Phones, lights and switches in PostgreSQL. @param isShared whether other gateways change phones too */
export function createPhoneStore(writer: Writer, database: Database, isShared: boolean): PhoneStore {
  const records = async <Kind>(sql: Sql, phoneId: string): Promise<readonly Kind[]> =>
    (await database.query(sql, [phoneId])).map((row) => recordOf<Kind>(row));
  return {
    async all() {
      return (await database.query(PAGES, ['', null])).map(storedPhoneOf);
    },
    async *pages() {
      for (let after: string | undefined = ''; after !== undefined; ) {
        const rows: readonly Row[] = await database.query(PAGES, [after, PAGE]);
        yield rows.map(storedPhoneOf);
        const last = rows.at(-1);
        after = last === undefined ? undefined : textOf(last, 'id');
      }
    },
    async sealedBeginnings(bytes) {
      return (await database.query(SEALED_BEGINNINGS, [bytes])).map((row) => bytesOf(row, 'beginning'));
    },
    put: ({ phone, sealedSecrets, tokenHashes }, seen = Number.MAX_SAFE_INTEGER) =>
      writer.write(async (session) => {
        const put = await session.query(PUT, [phone.id, JSON.stringify(phone), sealedSecrets, seen]);
        if (put.length === 0) throw changedMeanwhile();
        await session.query(DELETE_TOKENS, [phone.id]);
        if (tokenHashes.length === 0) return;
        await session.query(INSERT_TOKENS, [
          phone.id,
          tokenHashes.map(({ hash }) => hash),
          tokenHashes.map((_, position) => position),
          tokenHashes.map(({ expiresAt }) => expiresAt),
        ]);
      }),
    changes: isShared ? changesIn(database) : undefined,
    leds: (phoneId) => records<Led>(LEDS, phoneId),
    putLed: (phoneId, led) => writer.run(PUT_LED, [phoneId, led.key, JSON.stringify(led)]),
    features: (phoneId) => records<FeatureState>(FEATURES, phoneId),
    wishes: (phoneId) => records<SwitchWish>(WISHES, phoneId),
    putWish: (phoneId, wish) => writer.run(PUT_WISH, [phoneId, wish.feature, JSON.stringify(wish)]),
    dropWish: (phoneId, feature) => writer.run(DROP_WISH, [phoneId, feature]),
  };
}

/** Whoever was paused in the middle of a change has lost its turn. */
function changedMeanwhile(): StoreError {
  return new StoreError('AWAY', 'Another gateway has changed the phone meanwhile: nothing was written.');
}

function changesIn(database: Database): PhoneChanges {
  return {
    async place() {
      return numberOf((await database.first(LAST_CHANGE)) ?? {}, 'place');
    },
    async since(place) {
      const rows = await database.query(CHANGED, [place, PAGE]);
      const last = rows.at(-1);
      return {
        phones: rows.map(storedPhoneOf),
        place: last === undefined ? place : numberOf(last, 'changed'),
        more: rows.length === PAGE,
      };
    },
    exclusively: (change) => database.exclusively(CHANGING, change),
    isToken: async (hash) => (await database.first(IS_TOKEN, [hash])) !== null,
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
