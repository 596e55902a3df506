import type { Application, PhonePatch, Result } from '../application.ts';
import type { Caller, Instant, Phone } from '../model.ts';
import type { AuditLog } from '../store/ports.ts';
import { parseFingerprint } from '../transport/certificates.ts';
import type { AuditEntry } from './audit-entry.ts';

/** What keeping rows needs. */
export interface Auditing {
  readonly log: Pick<AuditLog, 'append'>;
  readonly now: () => Instant;
}

type What = Pick<AuditEntry, 'action' | 'caller'> & Partial<AuditEntry>;

/** A row of what is not a command: what is left out is nothing. */
export function auditEntry(what: What, at: Instant): AuditEntry {
  return {
    at,
    phoneId: null,
    outcome: 'ASKED',
    commandId: null,
    numbers: [],
    failureCode: null,
    rule: null,
    details: {},
    ...what,
  };
}

/** The registry's changes, each with a row before and one after it: nothing is changed without one on disk. */
export function auditedPhones(phones: Application['phones'], auditing: Auditing): Application['phones'] {
  return {
    ...phones,
    add: (input, caller) =>
      around(auditing, { action: 'addPhone', caller, details: { name: input.name, fields: Object.keys(input) } }, () =>
        phones.add(input, caller),
      ),
    identify: (device, caller) =>
      around(
        auditing,
        {
          action: 'identifyDevice',
          caller,
          details: { host: hostIn(device.address), login: device.username !== undefined },
        },
        () => phones.identify(device, caller),
        (result) => (result.ok ? { outcome: 'DONE' } : { outcome: 'FAILED', failureCode: result.failure.code }),
      ),
    update: (id, patch, caller) =>
      around(auditing, { action: 'updatePhone', caller, phoneId: id, details: changesIn(patch) }, () =>
        phones.update(id, patch, caller),
      ),
    remove: (id, caller) =>
      around(auditing, { action: 'removePhone', caller, phoneId: id }, () => phones.remove(id, caller)),
    rotateActionUrls: (id, overlapSeconds, caller) =>
      around(auditing, { action: 'rotateActionUrls', caller, phoneId: id, details: { overlapSeconds } }, () =>
        phones.rotateActionUrls(id, overlapSeconds, caller),
      ),
  };
}

/** Host and port of what was typed as an address, without whatever else it holds. */
function hostIn(address: string): string {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:.*@)?([^/?#]*)/is.exec(address.trim())?.[1] ?? '';
}

/** The names of what is changed; of a certificate what must be shown from now on, which is no secret. */
function changesIn(patch: PhonePatch): AuditEntry['details'] {
  const { certificate, certificateCheck } = patch;
  return {
    fields: Object.keys(patch),
    ...(certificate !== undefined && { certificate: certificate === null ? null : parseFingerprint(certificate) }),
    ...(certificateCheck !== undefined && { certificateCheck }),
  };
}

/** What the gateway does by itself. */
const GATEWAY: Caller = { id: 'gateway', name: 'gateway' };

/** The first certificate that a phone shows, with a row before it is pinned and one after. */
export async function auditedPin(
  auditing: Auditing,
  pin: { readonly phoneId: string; readonly fingerprint: string },
  keep: () => Promise<string | null>,
): Promise<string | null> {
  const { phoneId, fingerprint } = pin;
  const details = { certificate: fingerprint };
  const what: What = { action: 'pinCertificate', caller: GATEWAY, phoneId, details };
  return await around(auditing, what, keep, (pinned) =>
    // Another one came first.
    pinned === fingerprint ? { outcome: 'DONE' } : { outcome: 'FAILED', details: { ...details, pinned } },
  );
}

/** API keys that are made and revoked, each with a row before and one after it. */
export function auditedApiKeys(apiKeys: Application['apiKeys'], auditing: Auditing): Application['apiKeys'] {
  return {
    list: apiKeys.list,
    create: (input, caller) => {
      const { name, scopes, tags } = input;
      const what = { action: 'createApiKey', caller, details: { name, scopes, tags } };
      return around(auditing, what, () => apiKeys.create(input, caller));
    },
    revoke: (id, caller) =>
      around(auditing, { action: 'revokeApiKey', caller, details: { keyId: id } }, () => apiKeys.revoke(id, caller)),
  };
}

/** Onboarding links that are made and revoked, each with a row before and one after it. */
export function auditedOnboarding(
  onboarding: Application['onboarding'],
  auditing: Auditing,
): Application['onboarding'] {
  return {
    ...onboarding,
    createLink: (input, caller) =>
      around(
        auditing,
        { action: 'createOnboardingLink', caller },
        () => onboarding.createLink(input, caller),
        ({ link: { id, expiresAt } }) => ({ outcome: 'DONE', details: { linkId: id, expiresAt } }),
      ),
    revokeLink: (id, caller) =>
      around(auditing, { action: 'revokeOnboardingLink', caller, details: { linkId: id } }, () =>
        onboarding.revokeLink(id, caller),
      ),
  };
}

/** @param tell what the second row says, by what came of it */
async function around<Value>(
  { log, now }: Auditing,
  what: What,
  ...[change, tell = (value) => toldBy(value, what)]: readonly [
    change: () => Promise<Value>,
    tell?: (value: Value) => Partial<AuditEntry>,
  ]
): Promise<Value> {
  await log.append(auditEntry(what, now()));
  try {
    const value = await change();
    await log.append(auditEntry({ ...what, ...tell(value) }, now()));
    return value;
  } catch (error) {
    const failureCode = error instanceof Error && 'code' in error ? String(error.code) : 'INTERNAL';
    await log.append(auditEntry({ ...what, outcome: 'FAILED', failureCode }, now()));
    throw error;
  }
}

/** What a result says: the phone or key that was made, or why not. */
function toldBy(value: unknown, { details, phoneId }: What): Partial<AuditEntry> {
  if (isResult(value)) {
    if (!value.ok) return { outcome: 'FAILED', failureCode: value.failure.code };
    const { id, tls } = value.value;
    // One that showed its certificate before it was added is pinned with it.
    const pinned = tls?.fingerprint ?? null;
    return {
      outcome: 'DONE',
      phoneId: phoneId ?? id,
      ...(pinned !== null && phoneId === undefined && { details: { ...details, certificate: pinned } }),
    };
  }
  const made = isCreated(value) ? { ...details, keyId: value.apiKey.id } : details;
  return { outcome: 'DONE', details: made ?? {} };
}

function isResult(value: unknown): value is Result<Pick<Phone, 'id' | 'tls'>, { readonly code: string }> {
  return typeof value === 'object' && value !== null && 'ok' in value;
}

function isCreated(value: unknown): value is { readonly apiKey: Caller } {
  return typeof value === 'object' && value !== null && 'apiKey' in value;
}
