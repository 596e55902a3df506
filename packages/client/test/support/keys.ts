import { operations } from '../../src/index.ts';
import type { Stand } from './stand.ts';

/** Makes a key that reads events, and nothing else. @param expiresAt null: never */
export async function createKey(
  stand: Stand,
  expiresAt: Date | null = null,
): Promise<{ readonly id: string; readonly key: string }> {
  const rights = { name: 'short', scopes: ['EVENTS_READ'], expiresAt: expiresAt?.toISOString() } as const;
  const made = await stand.client().request(operations.createApiKey, rights);
  if (!made.ok) throw new Error(made.failure.message);
  const created = made.value.createApiKey;
  return { id: created?.apiKey.id ?? '', key: created?.key ?? '' };
}
