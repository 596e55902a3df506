import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  typeFromAST,
  valueFromAST,
} from 'graphql';
import { LARGEST_PAGE, PAGE } from './page-sizes.ts';

/** Lists that take no `first` are short: lights, capabilities, calls that go on. */
const SHORT_LIST = 10;
/** A field that makes a phone answer: it occupies the phone's lane. */
const ASKS_A_PHONE = 100;
const READINGS: ReadonlySet<string> = new Set(['phoneInfo', 'settings', 'screen', 'diagnosis', 'explainCommand']);

type Variables = Readonly<Record<string, unknown>>;

/**
 * How many fields an operation may come to resolve: each counts 1, times the items that the lists around it may have.
 * A mutation, and a query that asks a phone, counts {@link ASKS_A_PHONE} more.
 */
export function costOf(
  schema: GraphQLSchema,
  { document, operation }: { readonly document: DocumentNode; readonly operation: OperationDefinitionNode },
  variables: Variables,
): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const known = new Map<string, number>();
  const ofFragment = (name: string): number => {
    const fragment = fragments.get(name);
    const cost = known.get(name);
    if (cost !== undefined || fragment === undefined) return cost ?? 0;
    const computed = ofSet(fragment.selectionSet, typeFromAST(schema, fragment.typeCondition));
    known.set(name, computed);
    return computed;
  };
  const ofSet = (set: SelectionSetNode | undefined, parent: GraphQLNamedType | undefined): number => {
    let sum = 0;
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) sum += ofFragment(selection.name.value);
      else if (selection.kind === Kind.FIELD) sum += ofField(selection, parent);
      else {
        const { typeCondition } = selection;
        sum += ofSet(selection.selectionSet, typeCondition ? typeFromAST(schema, typeCondition) : parent);
      }
    }
    return sum;
  };
  const ofField = (node: FieldNode, parent: GraphQLNamedType | undefined): number => {
    const field = fieldOf(parent, node.name.value);
    // Introspection: it has a limit of its own in validation.
    if (field === undefined) return 1;
    const asks = parent === schema.getMutationType() || (parent === schema.getQueryType() && READINGS.has(field.name));
    const inner = ofSet(node.selectionSet, getNamedType(field.type));
    return 1 + (asks ? ASKS_A_PHONE : 0) + inner * itemsOf(field, node, { parent, variables });
  };
  return ofSet(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined);
}

function fieldOf(parent: GraphQLNamedType | undefined, name: string): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
}

function itemsOf(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  { parent, variables }: { readonly parent: GraphQLNamedType | undefined; readonly variables: Variables },
): number {
  const sizes = field.args.filter(({ name }) => name === 'first' || name === 'last');
  if (sizes.length > 0) {
    const given = sizes.map(({ name, type }) => {
      const argument = node.arguments?.find((one) => one.name.value === name);
      return argument === undefined ? undefined : valueFromAST(argument.value, type, variables);
    });
    const asked = given.find((size) => typeof size === 'number');
    return typeof asked === 'number' ? Math.min(Math.max(asked, 1), LARGEST_PAGE) : PAGE;
  }
  // The page itself has been counted by the field that took `first`.
  if (parent?.name.endsWith('Connection') === true) return 1;
  return isListType(getNullableType(field.type)) ? SHORT_LIST : 1;
}
