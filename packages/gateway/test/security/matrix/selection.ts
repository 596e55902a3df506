import {
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/**
 * Everything that can be asked of a type without arguments, to that depth: every field, every possible type. Fields that
 * differ in type between the possible ones are asked under names of their own.
 */
export function wholeSelection(schema: GraphQLSchema, type: GraphQLNamedType, depth: number): string {
  if (isLeafType(type)) return '';
  if (depth === 0) return '{ __typename }';
  const own = isObjectType(type) ? fieldsOf(schema, type, depth) : '';
  const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
  const fragments = possible.map((one) => `... on ${one.name} { ${fieldsOf(schema, one, depth)} }`);
  return `{ __typename ${own} ${fragments.join(' ')} }`;
}

function fieldsOf(schema: GraphQLSchema, type: GraphQLNamedType, depth: number): string {
  if (!isObjectType(type) && !isInterfaceType(type)) return '';
  return Object.values(type.getFields())
    .filter(({ args }) => !args.some((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined))
    .map(({ name, type: of }) => `${type.name}_${name}: ${name} ${wholeSelection(schema, getNamedType(of), depth - 1)}`)
    .join(' ');
}
