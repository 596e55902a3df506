import {
  type GraphQLNamedType,
  type GraphQLType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isScalarType,
  isSpecifiedScalarType,
} from 'graphql';

/** The page that a type stands on; null: the specification's own scalars, which stand nowhere. */
export function pageOf(type: GraphQLNamedType): 'objects' | 'inputs' | 'enums' | null {
  if (isSpecifiedScalarType(type)) return null;
  if (isInputObjectType(type)) return 'inputs';
  return isEnumType(type) || isScalarType(type) ? 'enums' : 'objects';
}

/** The anchor of a type on its page. */
export function anchorOf(type: GraphQLNamedType): string {
  return `type-${type.name.toLowerCase()}`;
}

/** A type as it is written in GraphQL, linked to where it is explained. */
export function typeLink(type: GraphQLType): string {
  const named = getNamedType(type);
  const page = pageOf(named);
  return page === null ? `\`${String(type)}\`` : `[\`${String(type)}\`](${page}.md#${anchorOf(named)})`;
}
