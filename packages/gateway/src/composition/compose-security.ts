import type { Application } from '../application.ts';
import { auditEntry, auditedApiKeys } from '../audit/audited.ts';
import { createSecurityCounter } from '../observability/security-metrics.ts';
import { createApiKeyService } from '../security/api-key-service.ts';
import { ApiKeyDirectory } from '../security/api-keys.ts';
import { type Authenticator, createAuthenticator } from '../security/authenticator.ts';
import { createJwtVerifier } from '../security/jwt.ts';
import type { OnSecurityEvent, SecurityEvent } from '../security/security-events.ts';
import { createTokenBuckets } from '../security/token-buckets.ts';
import type { Container } from './container.ts';
import { CONFIG, LOG, METRICS, NOW, resolve, STORE } from './tokens.ts';

/** Who may come in, and who hears of it. */
export interface SecurityParts {
  readonly keys: ApiKeyDirectory;
  readonly apiKeys: Application['apiKeys'];
  readonly authenticator: Authenticator;
  readonly onSecurityEvent: OnSecurityEvent;
}

/** So many refused operations of a caller have their rows. */
const FORBIDDEN_ROWS_PER_MINUTE = 60;

/** What a stranger or a caller may cause as often as they like. */
const FREQUENT: ReadonlySet<SecurityEvent['kind']> = new Set([
  'CREDENTIAL_REFUSED',
  'FORBIDDEN',
  'LOGIN_LIMITED',
  'OPERATION_LIMITED',
]);

/** Joins API keys and tokens. What happens to rights is logged, counted and audited here. */
export async function composeSecurity(container: Container): Promise<SecurityParts> {
  const { auth, api } = resolve(container, CONFIG);
  const [now, log, store] = [resolve(container, NOW), resolve(container, LOG), resolve(container, STORE).apiKeys];
  const { audit } = resolve(container, STORE);
  const counter = createSecurityCounter(resolve(container, METRICS).registry);
  const forbidden = createTokenBuckets({ perMinute: FORBIDDEN_ROWS_PER_MINUTE, now });
  const onSecurityEvent: OnSecurityEvent = (event) => {
    const { kind } = event;
    counter.inc({ kind });
    // Whoever tries keys must not fill the log.
    const level = FREQUENT.has(kind) ? 'debug' : 'warn';
    log[level]({ event }, 'security');
    // Strangers leave no rows: they could fill the disk. Keys that are made and revoked have theirs from where it is done.
    if (event.kind !== 'FORBIDDEN') return;
    const { caller, scope } = event;
    // Nor may a caller: what is beyond is counted.
    if (forbidden.take(caller.id) > 0) return;
    const entry = auditEntry({ action: 'forbidden', caller, outcome: 'DENIED', rule: `scope:${scope}` }, now());
    audit.append(entry).catch((error: unknown) => log.error({ err: error }, 'a row of the audit could not be written'));
  };
  const keys = new ApiKeyDirectory(await store.all());
  return {
    keys,
    apiKeys: auditedApiKeys(createApiKeyService({ store, directory: keys, now, onSecurityEvent }), { log: audit, now }),
    authenticator: createAuthenticator({
      directory: keys,
      store,
      jwt: auth.jwt === null ? null : createJwtVerifier(auth.jwt, { now, onSecurityEvent }),
      now,
      limits: api.limits,
      onSecurityEvent,
      onError: (error) => log.error({ err: error }, 'the API keys could not be read again'),
    }),
    onSecurityEvent,
  };
}
