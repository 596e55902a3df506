import { z } from 'zod';

/** Signatures by public keys only: with a shared secret whoever can check a token can make one. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'] as const;

/** How JWTs are checked. */
export interface JwtConfig {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: string;
  readonly algorithms: readonly (typeof ALGORITHMS)[number][];
  readonly clockToleranceMs: number;
  readonly scopesClaim: string;
  readonly tagsClaim: string;
  /** A token without that claim is refused; else it sees all phones. */
  readonly requireTags: boolean;
  readonly nameClaim: string;
  readonly masksNumbersClaim: string;
  readonly jwksTimeoutMs: number;
  /** The key set is asked for no more often. */
  readonly jwksCooldownMs: number;
  /** The key set is asked for anew after so long. */
  readonly jwksMaxAgeMs: number;
}

/** Who may come in beside the holders of API keys. */
export interface AuthConfig {
  /** Null: no tokens are taken. */
  readonly jwt: JwtConfig | null;
}

const jwksUrl = z.string().refine(isSafe, { error: 'it must be an https URL (http on this host only)' });
const claim = z.string().min(1);

/** The section `auth` of the configuration file. */
export const authSection = z.strictObject({
  jwt: z
    .strictObject({
      issuer: z.string().min(1),
      audience: z.string().min(1),
      jwksUrl,
      algorithms: z.array(z.enum(ALGORITHMS)).min(1).optional(),
      clockToleranceSeconds: z.number().min(0).max(300).optional(),
      claims: z
        .strictObject({
          scopes: claim.optional(),
          tags: claim.optional(),
          name: claim.optional(),
          maskNumbers: claim.optional(),
        })
        .optional(),
      requireTags: z.boolean().optional(),
      jwksTimeoutSeconds: z.number().min(0.1).max(60).optional(),
      jwksCooldownSeconds: z.number().min(0).max(3600).optional(),
      jwksMaxAgeSeconds: z.number().min(1).max(86_400).optional(),
    })
    .optional(),
});

/** The section with its defaults. */
export function authConfig({ jwt }: z.infer<typeof authSection>): AuthConfig {
  if (jwt === undefined) return { jwt: null };
  const { issuer, audience, algorithms, claims } = jwt;
  return {
    jwt: {
      issuer,
      audience,
      jwksUrl: jwt.jwksUrl,
      algorithms: algorithms ?? ['RS256', 'PS256', 'ES256', 'EdDSA'],
      clockToleranceMs: milliseconds(jwt.clockToleranceSeconds ?? 30),
      scopesClaim: claims?.scopes ?? 'scope',
      tagsClaim: claims?.tags ?? 'hookswitch_tags',
      requireTags: jwt.requireTags ?? false,
      nameClaim: claims?.name ?? 'name',
      masksNumbersClaim: claims?.maskNumbers ?? 'hookswitch_mask_numbers',
      jwksTimeoutMs: milliseconds(jwt.jwksTimeoutSeconds ?? 5),
      jwksCooldownMs: milliseconds(jwt.jwksCooldownSeconds ?? 30),
      jwksMaxAgeMs: milliseconds(jwt.jwksMaxAgeSeconds ?? 600),
    },
  };
}

function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000);
}

function isSafe(text: string): boolean {
  const url = URL.parse(text);
  if (url === null) return false;
  const isOwnHost = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isOwnHost);
}
