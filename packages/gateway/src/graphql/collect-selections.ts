import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  Kind,
  type NamedTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  typeFromAST,
} from 'graphql';

/** Coerced variables. */
export type Variables = Readonly<Record<string, unknown>>;

/** Where selections are looked up. */
export interface SelectionScope {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly variables: Variables;
}

/**
 * Fields of an object by their name in the response, in its order: `CollectFields` of the GraphQL specification (October
 * 2021, 6.3.2), for the selections of all fields that are merged.
 */
export function collectSelections(
  scope: SelectionScope,
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
): ReadonlyMap<string, readonly FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const visited = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (!isIncluded(selection, scope.variables)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const known = fields.get(key);
        if (known === undefined) fields.set(key, [selection]);
        else known.push(selection);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (applies(scope.schema, selection.typeCondition, type)) collect(selection.selectionSet);
      } else {
        const { value } = selection.name;
        const fragment = scope.fragments[value];
        if (visited.has(value) || fragment === undefined) continue;
        visited.add(value);
        if (applies(scope.schema, fragment.typeCondition, type)) collect(fragment.selectionSet);
      }
    }
  };
  for (const selectionSet of selectionSets) collect(selectionSet);
  return fields;
}

function isIncluded(selection: SelectionNode, variables: Variables): boolean {
  const given = { ...variables };
  return (
    getDirectiveValues(GraphQLSkipDirective, selection, given)?.['if'] !== true &&
    getDirectiveValues(GraphQLIncludeDirective, selection, given)?.['if'] !== false
  );
}

function applies(schema: GraphQLSchema, condition: NamedTypeNode | undefined, type: GraphQLObjectType): boolean {
  if (condition === undefined) return true;
  const wanted = typeFromAST(schema, condition);
  return wanted === type || (isAbstractType(wanted) && schema.isSubType(wanted, type));
}
