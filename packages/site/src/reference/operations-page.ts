import type { GraphQLField, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { print } from 'graphql';
import { cell, prose, table } from '../markdown.ts';
import { typeLink } from './links.ts';

/** The page of all queries, mutations and subscriptions. */
export function operationsPage(schema: GraphQLSchema): string {
  const roots: readonly (readonly [string, GraphQLObjectType | null | undefined])[] = [
    ['Queries', schema.getQueryType()],
    ['Mutations', schema.getMutationType()],
    ['Subscriptions', schema.getSubscriptionType()],
  ];
  return [
    '# Operations',
    '',
    'All that a client can ask. Examples: [the API by example](../api.md), [recipes](../recipes.md).',
    '',
    ...roots.flatMap(([title, type]) => (type === null || type === undefined ? [] : section(title, type))),
  ].join('\n');
}

function section(title: string, type: GraphQLObjectType): readonly string[] {
  return [
    `## ${title}`,
    '',
    ...(type.description ? [prose(type.description), ''] : []),
    ...Object.values(type.getFields()).flatMap((field) => operation(title, field)),
  ];
}

function operation(title: string, field: GraphQLField<unknown, unknown>): readonly string[] {
  return [
    `### ${field.name} {#${title.toLowerCase()}-${field.name.toLowerCase()}}`,
    '',
    ...(field.description ? [prose(field.description), ''] : []),
    ...table(
      ['argument', 'type', 'default', ''],
      field.args.map((argument) => [
        `\`${argument.name}\``,
        typeLink(argument.type),
        argument.astNode?.defaultValue ? `\`${print(argument.astNode.defaultValue)}\`` : '',
        cell(argument.description ?? ''),
      ]),
    ),
    `Answers with ${typeLink(field.type)}.`,
    '',
  ];
}
