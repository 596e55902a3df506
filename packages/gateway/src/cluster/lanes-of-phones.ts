/** Phones of a site share so many leases. Every gateway has to count alike: never changed. */
const SHARDS = 64;

const SITE_TAG = 'site:';
/** What a site may be called: its name stands in subjects and keys. */
export const SITE_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;
/** How the site without a name is written there. */
const NO_SITE = '_';

/** The leases of one site's phones: `<site>.0` to `<site>.63`. @param site empty: of the phones that name none */
export function lanesOfSite(site: string): readonly string[] {
  return Array.from({ length: SHARDS }, (_, shard) => laneName(site, shard));
}

/** Which lease a phone belongs to; null: to that of no site that could be. */
export function laneOfPhone(phoneId: string, tags: readonly string[]): string | null {
  const site = siteOf(tags);
  return site === '' || SITE_NAME.test(site) ? laneName(site, shardOf(phoneId)) : null;
}

/** {@link laneOfPhone} with its last answer at hand: each event asks for that of its phone several times. */
export function createLaneFinder(): typeof laneOfPhone {
  let last: { readonly phoneId: string; readonly tags: readonly string[]; readonly lane: string | null } | null = null;
  return (phoneId, tags) => {
    // Tags that change are another list.
    if (last?.phoneId !== phoneId || last.tags !== tags) last = { phoneId, tags, lane: laneOfPhone(phoneId, tags) };
    return last.lane;
  };
}

/** Each gateway begins elsewhere, so that two that come at once do not want the same leases. */
export function inOwnOrder(lanes: readonly string[], self: string): readonly string[] {
  const start = [...self].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % lanes.length, 0);
  return [...lanes.slice(start), ...lanes.slice(0, start)];
}

/** The site that a phone's tags name; empty: none does. */
export function siteOf(tags: readonly string[]): string {
  return tags.find((tag) => tag.startsWith(SITE_TAG))?.slice(SITE_TAG.length) ?? '';
}

function laneName(site: string, shard: number): string {
  return `${site === '' ? NO_SITE : site}.${shard}`;
}

/** FNV-1a over the characters' numbers: spread evenly, and the same in every gateway of every version. */
function shardOf(phoneId: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < phoneId.length; index += 1) {
    hash = Math.imul(hash ^ phoneId.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % SHARDS;
}
