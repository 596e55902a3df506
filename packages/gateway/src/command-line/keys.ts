import { parseArgs } from 'node:util';
import { auditedApiKeys } from '../audit/audited.ts';
import { parseInstant } from '../graphql/scalars.ts';
import type { Caller } from '../model.ts';
import type { ApiKeyView, NewApiKey } from '../security/api-key-administration.ts';
import { createApiKeyService } from '../security/api-key-service.ts';
import { isScope, SCOPES } from '../security/scopes.table.ts';
import { openApiKeys } from '../store/sqlite/open-api-keys.ts';
import type { CommandOutput } from './output.ts';

const USAGE = `keys create NAME --scope SCOPE… [--tag TAG…] [--mask-numbers] [--expires 2030-01-31T00:00:00Z]
keys list
keys revoke ID

Scopes: ${SCOPES.join(', ')}. Without a tag a key sees all phones.
`;

/** Whoever has the command line and the data directory. */
export const COMMAND_LINE: Caller = { id: 'command-line', name: 'command line' };

/**
 * Makes, lists and revokes API keys in a data directory, whether its gateway runs or not; one that runs goes by it within
 * 5 seconds.
 * @param given what stands behind `keys` on the command line
 * @returns the exit code: 0, 1 where it failed, 2 where the command line says something else
 */
export async function runKeys(given: readonly string[], dataDir: string, { out, err }: CommandOutput): Promise<number> {
  const command = read(given);
  if ('fault' in command) {
    err(`${command.fault}\n\n${USAGE}`);
    return 2;
  }
  try {
    const { apiKeys: store, audit: log, close } = await openApiKeys(dataDir);
    try {
      const service = createApiKeyService({ store, now: Date.now, onSecurityEvent: () => {} });
      const keys = auditedApiKeys(service, { log, now: Date.now });
      if (command.name === 'list') for (const key of await keys.list()) out(`${lineOf(key)}\n`);
      else if (command.name === 'revoke') out(`${lineOf(await keys.revoke(command.id, COMMAND_LINE))}\n`);
      else {
        const { key, apiKey } = await keys.create(command.input, COMMAND_LINE);
        out(`${lineOf(apiKey)}\nAPI key (shown only now, keep it): ${key}\n`);
      }
      return 0;
    } finally {
      await close();
    }
  } catch (error) {
    err(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

type Command =
  | { readonly name: 'create'; readonly input: NewApiKey }
  | { readonly name: 'list' }
  | { readonly name: 'revoke'; readonly id: string }
  | { readonly fault: string };

function read(given: readonly string[]): Command {
  try {
    const { values, positionals } = parseArgs({
      args: [...given],
      allowPositionals: true,
      options: {
        scope: { type: 'string', multiple: true },
        tag: { type: 'string', multiple: true },
        'mask-numbers': { type: 'boolean' },
        expires: { type: 'string' },
      },
    });
    const [name, subject, ...rest] = positionals;
    if (rest.length > 0) return { fault: `"${rest[0]}" is too much.` };
    if (name === 'list' && subject === undefined) return { name };
    if (name === 'revoke' && subject !== undefined) return { name, id: subject };
    if (name !== 'create' || subject === undefined) return { fault: 'It is create NAME, list or revoke ID.' };
    const scopes = values.scope ?? [];
    const unknown = scopes.find((scope) => !isScope(scope));
    if (unknown !== undefined) return { fault: `There is no scope "${unknown}".` };
    const expiresAt = values.expires === undefined ? null : parseInstant(values.expires);
    if (values.expires !== undefined && expiresAt === null) return { fault: `"${values.expires}" is no time.` };
    return {
      name,
      input: {
        name: subject,
        scopes: scopes.filter(isScope),
        tags: values.tag ?? null,
        masksNumbers: values['mask-numbers'] ?? false,
        expiresAt,
      },
    };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
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
