import { createRemoteJWKSet, customFetch, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { JwtConfig } from '../config/auth.ts';
import type { Instant } from '../model.ts';
import { isContradiction, type Principal } from './principal.ts';
import { isScope } from './scopes.table.ts';
import type { OnSecurityEvent } from './security-events.ts';

/** Who a token stands for, or why it stands for nobody. */
export type JwtResult = { readonly principal: Principal } | { readonly reason: string };

/** Checks JWTs. */
export interface JwtVerifier {
  /** Never rejects. */
  verify(token: string): Promise<JwtResult>;
}

/** Longer ones are no tokens of ours: headers hold no more than 16 KiB altogether. */
const LONGEST_TOKEN = 8_192;
const LONGEST_NAME = 100;
const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * Checks tokens by the keys of a JWK set: signature by one of the allowed algorithms, `iss`, `aud`, `exp`, `nbf`.
 * @param now instead of the system's clock, in milliseconds since 1970
 */
export function createJwtVerifier(
  config: JwtConfig,
  { now, onSecurityEvent }: { readonly now: () => Instant; readonly onSecurityEvent: OnSecurityEvent },
): JwtVerifier {
  const keys = remoteKeys(config, onSecurityEvent);
  return {
    async verify(token) {
      if (token.length > LONGEST_TOKEN || !COMPACT.test(token)) return { reason: 'neither an API key nor a token' };
      try {
        const { payload } = await jwtVerify(token, keys, {
          issuer: config.issuer,
          audience: config.audience,
          algorithms: [...config.algorithms],
          clockTolerance: config.clockToleranceMs / 1000,
          currentDate: new Date(now()),
          requiredClaims: ['exp', 'sub'],
        });
        return principalOf(payload, config);
      } catch (error) {
        return { reason: error instanceof errors.JOSEError ? error.code : 'the key set cannot be had' };
      }
    },
  };
}

/**
 * The keys of the set. jose asks again for a key that it does not know, at most once a cooldown; beside that the set is
 * asked for anew when it has grown old, so that keys that were withdrawn go. What is there stays through an outage.
 */
function remoteKeys(config: JwtConfig, onSecurityEvent: OnSecurityEvent): JWTVerifyGetKey {
  const { jwksUrl, jwksTimeoutMs, jwksCooldownMs, jwksMaxAgeMs } = config;
  let askedAt = Number.NEGATIVE_INFINITY;
  let failed = false;
  let renewedAt = performance.now();
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    timeoutDuration: jwksTimeoutMs,
    cooldownDuration: jwksCooldownMs,
    cacheMaxAge: Number.POSITIVE_INFINITY,
    [customFetch]: async (url, init) => {
      // jose counts its cooldown from the last success: in an outage every unknown key would ask again.
      if (failed && performance.now() - askedAt < jwksCooldownMs) throw new Error('It was asked a moment ago.');
      askedAt = performance.now();
      failed = true;
      const response = await fetch(url, init);
      failed = response.status !== 200;
      return response;
    },
  });
  const reload = (): Promise<void> =>
    keys.reload().catch((error: unknown) => {
      onSecurityEvent({ kind: 'JWKS_UNAVAILABLE', reason: error instanceof Error ? error.message : String(error) });
    });
  return async (header, token) => {
    const now = performance.now();
    if (keys.jwks() !== undefined && now - renewedAt >= jwksMaxAgeMs && !keys.reloading) {
      renewedAt = now;
      await reload();
    }
    return await keys(header, token);
  };
}

function principalOf(payload: JWTPayload, config: JwtConfig): JwtResult {
  const { sub = '', exp = 0 } = payload;
  const scopes = words(claim(payload, config.scopesClaim)).filter(isScope);
  const given = claim(payload, config.tagsClaim);
  const tags = given === undefined || given === null ? null : words(given);
  if (tags === null && config.requireTags) return { reason: `no claim ${config.tagsClaim}` };
  const masksNumbers = claim(payload, config.masksNumbersClaim) === true;
  const name = claim(payload, config.nameClaim);
  const rights = { scopes, tags, masksNumbers };
  return {
    principal: {
      kind: 'JWT',
      id: `jwt:${sub}`,
      name: (typeof name === 'string' && name !== '' ? name : sub).slice(0, LONGEST_NAME),
      // What narrows wins over what widens.
      ...(isContradiction(rights) ? { ...rights, scopes: scopes.filter((scope) => scope !== 'admin') } : rights),
      expiresAt: exp * 1000 + config.clockToleranceMs,
    },
  };
}

/** A claim by its name, which may be a path: `realm_access.roles`. */
function claim(payload: JWTPayload, name: string): unknown {
  if (Object.hasOwn(payload, name)) return payload[name];
  return name.split('.').reduce<unknown>((value, step) => {
    const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, step);
    return isObject ? (value as Readonly<Record<string, unknown>>)[step] : undefined;
  }, payload);
}

/** Words of a claim: text with spaces between them (RFC 8693, `scope`) or a list. */
function words(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.split(' ').filter((word) => word !== '');
  return Array.isArray(value) ? value.filter((word): word is string => typeof word === 'string') : [];
}
