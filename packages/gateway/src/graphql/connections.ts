import type { InterfaceRef, ObjectRef } from '@pothos/core';
import type { Listed } from '../application.ts';
import type { Call, Command, LoggedEvent, Phone } from '../model.ts';
import { builder } from './builder.ts';
import { CallRef, CommandRef, PhoneEventRef, PhoneRef } from './refs.ts';

/** A page of a list, each item with its own cursor. */
export interface Connection<Item> {
  readonly items: readonly Listed<Item>[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** A page of a list whose whole length is known. */
interface CountedConnection<Item> extends Connection<Item> {
  readonly totalCount: number;
}

const PageInfoRef = builder.objectRef<Connection<unknown>>('PageInfo').implement({
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage'),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage'),
    startCursor: t.string({ nullable: true, resolve: ({ items }) => items[0]?.cursor ?? null }),
    endCursor: t.string({ nullable: true, resolve: ({ items }) => items.at(-1)?.cursor ?? null }),
  }),
});

type Types = typeof builder.$inferSchemaTypes;

/** Declares `XConnection` and `XEdge`; the edge's `node` is for the caller to add. */
export function declareConnection<Item, Page extends Connection<Item>>(
  node: ObjectRef<Types, Item> | InterfaceRef<Types, Item>,
) {
  const edge = builder.objectRef<Listed<Item>>(`${node.name}Edge`);
  edge.implement({ fields: (t) => ({ cursor: t.exposeString('cursor') }) });
  const connection = builder.objectRef<Page>(`${node.name}Connection`);
  connection.implement({
    fields: (t) => ({
      edges: t.field({ type: [edge], resolve: ({ items }) => items }),
      nodes: t.field({ type: [node], resolve: ({ items }) => items.map((listed) => listed.node) }),
      pageInfo: t.field({ type: PageInfoRef, resolve: (page) => page }),
    }),
  });
  return { connection, edge };
}

const phones = declareConnection<Phone, CountedConnection<Phone>>(PhoneRef);
builder.objectField(phones.edge, 'node', (t) => t.expose('node', { type: PhoneRef }));
builder.objectField(phones.connection, 'totalCount', (t) => t.exposeInt('totalCount'));
const calls = declareConnection<Call, Connection<Call>>(CallRef);
builder.objectField(calls.edge, 'node', (t) => t.expose('node', { type: CallRef }));
const events = declareConnection<LoggedEvent, Connection<LoggedEvent>>(PhoneEventRef);
builder.objectField(events.edge, 'node', (t) => t.expose('node', { type: PhoneEventRef }));
const commands = declareConnection<Command, Connection<Command>>(CommandRef);
builder.objectField(commands.edge, 'node', (t) => t.expose('node', { type: CommandRef }));

/** `PhoneConnection`. */
export const PhoneConnectionRef = phones.connection;
/** `CallConnection`. */
export const CallConnectionRef = calls.connection;
/** `PhoneEventConnection`. */
export const PhoneEventConnectionRef = events.connection;
/** `CommandConnection`. */
export const CommandConnectionRef = commands.connection;
