import type { ApiKeyView } from '../security/api-key-administration.ts';
import type { Principal } from '../security/principal.ts';
import type { Scope } from '../security/scopes.table.ts';
import { builder } from './builder.ts';
import { encodeId, rawIdOf } from './ids.ts';

/** The names of scopes as GraphQL writes them: no colon may stand in one. */
const SCOPE_NAMES = {
  EVENTS_READ: { value: 'events:read', description: '`events:read`: events and calls, as they are and as they come.' },
  PHONES_READ: { value: 'phones:read', description: '`phones:read`: phones, what they can and tell, and commands.' },
  CALLS_CONTROL: { value: 'calls:control', description: '`calls:control`: dial, answer, hang up, hold, transfer, …' },
  KEYS_PRESS: { value: 'keys:press', description: '`keys:press`: `pressKeys` and `touch`: whatever a hand can do.' },
  DISPLAY_WRITE: { value: 'display:write', description: '`display:write`: lights, messages, XML, ringtones.' },
  SETTINGS_WRITE: { value: 'settings:write', description: '`settings:write`: settings, keys, forwarding.' },
  DEVICE_MANAGE: { value: 'device:manage', description: '`device:manage`: reboot, firmware, provisioning, …' },
  AUDIT_READ: { value: 'audit:read', description: '`audit:read`: who did what, of the phones that exist for it.' },
  ADMIN: { value: 'admin', description: '`admin`: everything, the registry of phones and API keys too.' },
} as const satisfies Readonly<Record<string, { readonly value: Scope; readonly description: string }>>;

const ScopeRef = builder.enumType('Scope', { description: 'What a caller may do.', values: SCOPE_NAMES });

const TAGS = 'Only phones with one of these tags exist for it; null: all phones.';
const MASKS = 'Whether phone numbers are shown cut short: `+49 30***`.';

const ViewerRef = builder.objectRef<Principal>('Viewer').implement({
  description: 'Who asks.',
  fields: (t) => ({
    name: t.exposeString('name'),
    scopes: t.field({ type: [ScopeRef], resolve: ({ scopes }) => [...scopes] }),
    tags: t.stringList({ nullable: true, description: TAGS, resolve: ({ tags }) => tags }),
    masksNumbers: t.exposeBoolean('masksNumbers', { description: MASKS }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true }),
  }),
});

const ApiKeyRef = builder.objectRef<ApiKeyView>('ApiKey').implement({
  description: 'An API key. The key itself is kept nowhere: only its hash.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => encodeId('ApiKey', id) }),
    name: t.exposeString('name', { description: '`Command.requestedBy` of what it does.' }),
    scopes: t.field({ type: [ScopeRef], resolve: ({ scopes }) => [...scopes] }),
    tags: t.stringList({ nullable: true, description: TAGS, resolve: ({ tags }) => tags }),
    masksNumbers: t.exposeBoolean('masksNumbers', { description: MASKS }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true }),
  }),
});

const CreatedApiKeyRef = builder
  .objectRef<{ readonly key: string; readonly apiKey: ApiKeyView }>('CreatedApiKey')
  .implement({
    fields: (t) => ({
      key: t.exposeString('key', { description: 'The key: shown only now.' }),
      apiKey: t.expose('apiKey', { type: ApiKeyRef }),
    }),
  });

builder.queryFields((t) => ({
  viewer: t.field({ type: ViewerRef, description: 'Who asks.', resolve: (_root, _args, { caller }) => caller }),
  apiKeys: t.field({
    type: [ApiKeyRef],
    nullable: true,
    description: 'All, the revoked ones included, oldest first. For admins.',
    resolve: async (_root, _args, { application }) => [...(await application.apiKeys.list())],
  }),
}));

builder.mutationFields((t) => ({
  createApiKey: t.field({
    type: CreatedApiKeyRef,
    nullable: true,
    description: 'For admins.',
    args: {
      name: t.arg.string({ required: true }),
      scopes: t.arg({ type: [ScopeRef], required: true }),
      tags: t.arg.stringList({ description: 'Only phones with one of these tags exist for it. Left out: all phones.' }),
      maskNumbers: t.arg.boolean({ defaultValue: false }),
      expiresAt: t.arg({ type: 'DateTime' }),
    },
    resolve: (_root, { name, scopes, tags, maskNumbers, expiresAt }, { application, caller }) =>
      application.apiKeys.create(
        { name, scopes, tags: tags ?? null, masksNumbers: maskNumbers ?? false, expiresAt: expiresAt ?? null },
        caller,
      ),
  }),
  revokeApiKey: t.field({
    type: ApiKeyRef,
    nullable: true,
    description: 'At once, and its subscriptions end. For admins.',
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, { application, caller }) => application.apiKeys.revoke(rawIdOf('ApiKey', id), caller),
  }),
}));
