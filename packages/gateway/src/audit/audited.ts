import type { Application, Result } from '../application.ts';
import type { Caller, Instant } from '../model.ts';
import type { AuditLog } from '../store/ports.ts';
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
    update: (id, patch, caller) =>
      around(auditing, { action: 'updatePhone', caller, phoneId: id, details: { fields: Object.keys(patch) } }, () =>
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

async function around<Value>({ log, now }: Auditing, what: What, change: () => Promise<Value>): Promise<Value> {
  await log.append(auditEntry(what, now()));
  try {
    const value = await change();
    await log.append(auditEntry({ ...what, ...toldBy(value, what) }, now()));
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
    return value.ok
      ? { outcome: 'DONE', phoneId: phoneId ?? value.value.id }
      : { outcome: 'FAILED', failureCode: value.failure.code };
  }
  const made = isCreated(value) ? { ...details, keyId: value.apiKey.id } : details;
  return { outcome: 'DONE', details: made ?? {} };
}

function isResult(value: unknown): value is Result<{ readonly id: string }, { readonly code: string }> {
  return typeof value === 'object' && value !== null && 'ok' in value;
}

function isCreated(value: unknown): value is { readonly apiKey: Caller } {
  return typeof value === 'object' && value !== null && 'apiKey' in value;
}
