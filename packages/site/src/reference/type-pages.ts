import {
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isUnionType,
  print,
} from 'graphql';
import { cell, prose, table } from '../markdown.ts';
import { anchorOf, pageOf, typeLink } from './links.ts';

/** The pages of types, in the order of the side bar. */
export const TYPE_PAGES = {
  objects: ['Objects', 'What answers are made of: object types, interfaces and unions.'],
  inputs: [
    'Inputs',
    'What arguments are made of. Where nothing else is said, a field that is left out is not asked for.',
  ],
  enums: ['Enums and scalars', 'Words and values.'],
} as const;

/** Name of a page of types. */
export type TypePage = keyof typeof TYPE_PAGES;

/** One page of types, by name. */
export function typePage(schema: GraphQLSchema, page: TypePage): string {
  const [title, text] = TYPE_PAGES[page];
  const roots = new Set<GraphQLNamedType | null | undefined>([
    schema.getQueryType(),
    schema.getMutationType(),
    schema.getSubscriptionType(),
  ]);
  const types = Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !roots.has(type) && pageOf(type) === page)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return [`# ${title}`, '', text, '', ...types.flatMap((type) => section(schema, type))].join('\n');
}

function section(schema: GraphQLSchema, type: GraphQLNamedType): readonly string[] {
  return [
    `## ${type.name} {#${anchorOf(type)}}`,
    '',
    ...(type.description ? [prose(type.description), ''] : []),
    ...body(schema, type),
  ];
}

function body(schema: GraphQLSchema, type: GraphQLNamedType): readonly string[] {
  if (isEnumType(type)) {
    return table(
      ['value', ''],
      type.getValues().map(({ name, description }) => [`\`${name}\``, cell(description ?? '')]),
    );
  }
  if (isScalarType(type)) return ['A scalar.', ''];
  if (isUnionType(type)) return [`One of ${type.getTypes().map(typeLink).join(', ')}.`, ''];
  if (isInputObjectType(type)) {
    const rule = type.isOneOf ? ['Exactly one of its fields.', ''] : [];
    return [...rule, ...table(['field', 'type', 'default', ''], Object.values(type.getFields()).map(inputRow))];
  }
  const fields = table(['field', 'type', ''], Object.values(type.getFields()).map(fieldRow));
  if (isInterfaceType(type)) {
    const { objects } = schema.getImplementations(type);
    return [...fields, `Implemented by ${objects.map(typeLink).join(', ')}.`, ''];
  }
  if (!isObjectType(type)) return fields;
  const interfaces = type.getInterfaces();
  return interfaces.length === 0 ? fields : [...fields, `Is a ${interfaces.map(typeLink).join(', ')}.`, ''];
}

function fieldRow({ name, args, type, description }: GraphQLField<unknown, unknown>): readonly string[] {
  const given = args.map((argument) => `\`${argument.name}: ${String(argument.type)}\``).join(' ');
  return [given === '' ? `\`${name}\`` : `\`${name}\` (${given})`, typeLink(type), cell(description ?? '')];
}

function inputRow({ name, type, description, astNode }: GraphQLInputField): readonly string[] {
  const otherwise = astNode?.defaultValue ? `\`${print(astNode.defaultValue)}\`` : '';
  return [`\`${name}\``, typeLink(type), otherwise, cell(description ?? '')];
}
