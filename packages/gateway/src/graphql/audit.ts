import { AUDIT_OUTCOMES, type AuditRecord } from '../audit/audit-entry.ts';
import type { Caller } from '../model.ts';
import type { AuditQuery } from '../store/ports.ts';
import { builder } from './builder.ts';
import { type Connection, declareConnection } from './connections.ts';
import { encodeId, rawIdOf } from './ids.ts';
import { forwardArgs, forwardPage } from './pages.ts';
import { CommandRef, PhoneRef } from './refs.ts';

const AuditOutcomeRef = builder.enumType('AuditOutcome', {
  description:
    'What became of it. `ASKED`: it was recorded, and another row tells the end. `DENIED`: a rule or a missing scope forbade it. `DONE`: it is no command, and was done.',
  values: AUDIT_OUTCOMES,
});

const AuditCallerRef = builder.objectRef<Caller>('AuditCaller').implement({
  fields: (t) => ({
    id: t.exposeString('id', { description: "Of an API key, or a token's subject; empty: not known." }),
    name: t.exposeString('name'),
  }),
});

const AuditEntryRef = builder.objectRef<AuditRecord>('AuditEntry').implement({
  description: 'A row of the audit. Rows are appended, never changed, and each is tied to the one before.',
  fields: (t) => ({
    sequence: t.exposeInt('sequence', { description: 'From 1, without a gap.' }),
    at: t.expose('at', { type: 'DateTime' }),
    caller: t.expose('caller', { type: AuditCallerRef }),
    action: t.exposeString('action', { description: "The mutation's name, or what else happened, e.g. `forbidden`." }),
    phone: t.field({
      type: PhoneRef,
      nullable: true,
      resolve: ({ phoneId }, _args, { application }) => (phoneId === null ? null : application.phones.get(phoneId)),
    }),
    phoneId: t.id({
      nullable: true,
      description: '`Phone.id`: here it needs no scope of its own.',
      resolve: ({ phoneId }) => (phoneId === null ? null : encodeId('Phone', phoneId)),
    }),
    command: t.field({
      type: CommandRef,
      nullable: true,
      resolve: ({ commandId }, _args, { application }) =>
        commandId === null ? null : application.commands.get(commandId),
    }),
    numbers: t.exposeStringList('numbers', { description: 'Those that it may have a phone dial, as they were given.' }),
    outcome: t.expose('outcome', { type: AuditOutcomeRef }),
    failureCode: t.exposeString('failureCode', { nullable: true }),
    rule: t.exposeString('rule', {
      nullable: true,
      description: 'The rule that forbade it, or `scope:` and the scope.',
    }),
    details: t.expose('details', { type: 'JSON' }),
    mac: t.exposeString('mac', { description: 'HMAC-SHA-256 over the row and the `mac` of the one before.' }),
  }),
});

const audit = declareConnection<AuditRecord, Connection<AuditRecord>>(AuditEntryRef);
builder.objectField(audit.edge, 'node', (t) => t.expose('node', { type: AuditEntryRef }));

const AuditFilterRef = builder.inputType('AuditFilter', {
  fields: (t) => ({
    callerIds: t.stringList({ description: 'Ids of API keys, or subjects of tokens.' }),
    actions: t.stringList(),
    phoneIds: t.idList(),
    outcomes: t.field({ type: [AuditOutcomeRef] }),
    since: t.field({ type: 'DateTime' }),
    until: t.field({ type: 'DateTime' }),
  }),
});

function auditQuery(filter: typeof AuditFilterRef.$inferInput | null | undefined): AuditQuery {
  return {
    callerIds: filter?.callerIds ?? undefined,
    actions: filter?.actions ?? undefined,
    phoneIds: filter?.phoneIds?.map((id) => rawIdOf('Phone', id)),
    outcomes: filter?.outcomes ?? undefined,
    since: filter?.since ?? undefined,
    until: filter?.until ?? undefined,
  };
}

builder.queryField('audit', (t) =>
  t.field({
    type: audit.connection,
    nullable: true,
    description: 'Who did what, newest first. It needs the scope `audit:read`.',
    args: { filter: t.arg({ type: AuditFilterRef }), ...forwardArgs },
    resolve: (_root, { filter, ...args }, { application }) =>
      application.audit.list(auditQuery(filter), forwardPage(args)),
  }),
);
