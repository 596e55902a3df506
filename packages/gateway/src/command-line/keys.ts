import { existsSync } from 'node:fs';
import { auditedApiKeys } from '../audit/audited.ts';
import type { Caller } from '../model.ts';
import type { ApiKeyView, NewApiKey } from '../security/api-key-administration.ts';
import { createApiKeyService } from '../security/api-key-service.ts';
import { openConfiguredApiKeys, type StorePlace } from '../store/open-configured.ts';
import { filesIn } from '../store/sqlite/files.ts';
import type { CommandOutput } from './output.ts';

/** Whoever has the command line and the configuration. */
export const COMMAND_LINE: Caller = { id: 'command-line', name: 'command line' };

/** What is done with API keys. */
export type KeysCommand =
  | { readonly name: 'create'; readonly input: NewApiKey }
  | { readonly name: 'list' }
  | { readonly name: 'revoke'; readonly id: string };

/**
 * Makes, lists and revokes API keys where the configuration keeps them, whether a gateway runs there or not; one that runs
 * goes by it within 5 seconds.
 * @returns whether it was done; what happened, or why not, has been said
 */
export async function runKeys(command: KeysCommand, place: StorePlace, { out, err }: CommandOutput): Promise<boolean> {
  const { dataDir } = place;
  if (command.name !== 'create' && place.store?.kind !== 'postgres' && !existsSync(filesIn(dataDir).database)) {
    err(
      `Nothing is kept in ${dataDir}: no gateway has run there. Name the directory of yours by HOOKSWITCH_DATA_DIR.\n`,
    );
    return false;
  }
  try {
    const { apiKeys: store, audit: log, close } = await openConfiguredApiKeys(place);
    try {
      const service = createApiKeyService({ store, now: Date.now, onSecurityEvent: () => {} });
      const keys = auditedApiKeys(service, { log, now: Date.now });
      if (command.name === 'list') {
        const all = await keys.list();
        if (all.length === 0) err('There is no key yet: "keys create" makes one.\n');
        for (const key of all) out(`${lineOf(key)}\n`);
      } else if (command.name === 'revoke') out(`${lineOf(await keys.revoke(command.id, COMMAND_LINE))}\n`);
      else {
        const { key, apiKey } = await keys.create(command.input, COMMAND_LINE);
        out(`${lineOf(apiKey)}\nAPI key (shown only now, keep it): ${key}\n`);
      }
      return true;
    } finally {
      await close();
    }
  } catch (error) {
    err(`${error instanceof Error ? error.message : String(error)}\n`);
    return false;
  }
}

function lineOf({ id, name, scopes, tags, masksNumbers, expiresAt, revokedAt }: ApiKeyView): string {
  const parts = [
    id,
    JSON.stringify(name),
    scopes.join(','),
    tags === null ? 'all phones' : `tags ${tags.join(',')}`,
    ...(masksNumbers ? ['numbers masked'] : []),
    ...(expiresAt === null ? [] : [`until ${new Date(expiresAt).toISOString()}`]),
    ...(revokedAt === null ? [] : [`revoked ${new Date(revokedAt).toISOString()}`]),
  ];
  return parts.join('  ');
}
