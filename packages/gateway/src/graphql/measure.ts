import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { ApiLimits } from '../config/api.ts';
import type { ErrorCode } from './errors.ts';

/** How large something of a document is, fragments followed wherever they are used. */
interface Size {
  readonly depth: number;
  readonly fields: number;
  readonly aliases: number;
  readonly directives: number;
}

const NOTHING: Size = { depth: 0, fields: 0, aliases: 0, directives: 0 };

/** An operation asks for more than a limit allows. */
export function limitExceeded(limit: keyof ApiLimits, maximum: number): GraphQLError {
  return new GraphQLError(`The operation exceeds the limit of ${limit}: ${maximum}.`, {
    extensions: { code: 'LIMIT_EXCEEDED' satisfies ErrorCode, limit, maximum },
  });
}

/**
 * Which limits a document exceeds by its mere shape. Asked before it is validated: some rules of validation compare every
 * field with every other. Each fragment is measured once, so that fragments within fragments cost no more than they are
 * long.
 */
export function shapeErrors(document: DocumentNode, limits: ApiLimits): readonly GraphQLError[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const measured = new Map<string, Size>();
  const sizeOfFragment = (name: string): Size => {
    const known = measured.get(name);
    if (known !== undefined) return known;
    // One that leads back to itself is counted once; validation refuses it.
    measured.set(name, NOTHING);
    const fragment = fragments.get(name);
    const size = fragment === undefined ? NOTHING : withDirectives(sizeOfSet(fragment.selectionSet), fragment);
    measured.set(name, size);
    return size;
  };
  const sizeOfSet = (set: SelectionSetNode | undefined): Size =>
    (set?.selections ?? []).reduce((sum, selection) => add(sum, sizeOfSelection(selection)), NOTHING);
  const sizeOfSelection = (selection: SelectionNode): Size => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      return withDirectives(sizeOfFragment(selection.name.value), selection);
    }
    const inner = withDirectives(sizeOfSet(selection.selectionSet), selection);
    if (selection.kind === Kind.INLINE_FRAGMENT) return inner;
    const alias = selection.alias === undefined ? 0 : 1;
    return { ...inner, depth: inner.depth + 1, fields: inner.fields + 1, aliases: inner.aliases + alias };
  };
  // Fragments that nobody uses are validated too.
  const sizes = [...fragments.keys()].map(sizeOfFragment);
  const total = document.definitions
    .filter((definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION)
    .map((operation) => withDirectives(sizeOfSet(operation.selectionSet), operation, ...variablesOf(operation)))
    .concat(sizes)
    .reduce(largest, NOTHING);
  const names = ['depth', 'fields', 'aliases', 'directives'] as const;
  return names.filter((name) => total[name] > limits[name]).map((name) => limitExceeded(name, limits[name]));
}

interface Directed {
  readonly directives?: readonly unknown[] | undefined;
}

function variablesOf({ variableDefinitions }: OperationDefinitionNode): readonly Directed[] {
  return variableDefinitions ?? [];
}

function withDirectives(size: Size, ...nodes: readonly Directed[]): Size {
  const count = nodes.reduce((sum, { directives }) => sum + (directives?.length ?? 0), 0);
  return { ...size, directives: size.directives + count };
}

function add(left: Size, right: Size): Size {
  return {
    depth: Math.max(left.depth, right.depth),
    fields: left.fields + right.fields,
    aliases: left.aliases + right.aliases,
    directives: left.directives + right.directives,
  };
}

function largest(left: Size, right: Size): Size {
  return {
    depth: Math.max(left.depth, right.depth),
    fields: Math.max(left.fields, right.fields),
    aliases: Math.max(left.aliases, right.aliases),
    directives: Math.max(left.directives, right.directives),
  };
}
