import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

/** What issues tokens in tests: keys of its own, and their public halves at a URL. */
export interface IdentityProvider extends AsyncDisposable {
  readonly issuer: string;
  readonly jwksUrl: string;
  /** How often the key set was asked for. */
  readonly asked: number;
  /** What it answers from now on, instead of the key set; null: the key set. */
  outage: 'error' | 'silence' | null;
  /** Makes a key, publishes it and signs with it from now on. */
  rotate(options?: { readonly withdrawOld?: boolean; readonly algorithm?: string }): Promise<void>;
  /** A token for `hookswitch`, good for a minute, unless the claims say otherwise. */
  sign(claims?: Readonly<Record<string, unknown>>, header?: Readonly<Record<string, unknown>>): Promise<string>;
}

/** Starts one on a port of its own. */
export async function identityProvider(): Promise<IdentityProvider> {
  let published: JWK[] = [];
  let current: { readonly key: CryptoKey; readonly kid: string; readonly alg: string } | null = null;
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    if (provider.outage === 'silence') return;
    if (provider.outage === 'error') response.writeHead(500);
    response.end(JSON.stringify({ keys: published }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: IdentityProvider = {
    issuer,
    jwksUrl: `${issuer}/jwks`,
    get asked() {
      return asked;
    },
    outage: null,
    async rotate({ withdrawOld = false, algorithm = 'ES256' } = {}) {
      const { privateKey, publicKey } = await generateKeyPair(algorithm);
      const kid = `key-${published.length + 1}-${Math.random()}`;
      const jwk: JWK = { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' };
      published = withdrawOld ? [jwk] : [...published, jwk];
      current = { key: privateKey, kid, alg: algorithm };
    },
    async sign(claims = {}, header = {}) {
      if (current === null) throw new Error('it has no key');
      const now = Math.floor(Date.now() / 1000);
      const payload = { iss: issuer, aud: 'hookswitch', sub: 'ada', iat: now, exp: now + 60, ...claims };
      const { key, kid, alg } = current;
      return await new SignJWT(payload).setProtectedHeader({ alg, kid, ...header }).sign(key);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  await provider.rotate();
  return provider;
}
