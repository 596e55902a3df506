import { RateLimitedError } from '../request-error.ts';
import type { Authenticator, Session } from '../security/authenticator.ts';

const bearer = /^Bearer +(\S+) *$/i;

/**
 * The key in an `Authorization` header.
 * @returns null where there is none, or another scheme.
 */
export function bearerKey(header: string | undefined): string | null {
  return bearer.exec(header ?? '')?.[1] ?? null;
}

/**
 * The key in a `connection_init` payload: `authorization`, as `Bearer KEY` or the plain key. Clients that make the
 * payload of their headers write the name in any case.
 * @returns null where there is none.
 */
export function payloadKey(payload: Readonly<Record<string, unknown>> | undefined): string | null {
  const [, value] = Object.entries(payload ?? {}).find(([name]) => name.toLowerCase() === 'authorization') ?? [];
  if (typeof value !== 'string' || value === '') return null;
  return bearerKey(value) ?? (/\s/.test(value) ? null : value);
}

/**
 * @param from the address that it came from
 * @returns the session that a key opens; null where it is nobody's; the error where too many were refused from there.
 */
export async function sessionOf(
  authenticator: Authenticator,
  key: string | null,
  from: string | undefined,
): Promise<Session | RateLimitedError | null> {
  if (key === null) return null;
  try {
    return await authenticator.authenticate(key, from ?? '');
  } catch (error) {
    if (error instanceof RateLimitedError) return error;
    throw error;
  }
}
