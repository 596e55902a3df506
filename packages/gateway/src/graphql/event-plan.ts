import {
  defaultFieldResolver,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  GraphQLID,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  GraphQLString,
  getArgumentValues,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { collectSelections, type Variables } from './collect-selections.ts';
import type { GraphqlContext } from './context.ts';

/** An operation that is ready to be run for one update after the other. */
export interface EventPlan {
  /**
   * @returns the JSON text that executing the operation comes to; null where only graphql-js can tell: a value that is
   * waited for, an error, a null where none may be
   */
  run(update: unknown, context: GraphqlContext): string | null;
}

/** What is prepared. */
export interface PlannedOperation {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** Coerced. */
  readonly variables: Variables;
}

/** Writes one value as JSON. */
type Write = (value: unknown, context: GraphqlContext) => string;

/** What graphql-js alone can do: it asks for more than a plan knows. It would not be otherwise next time. */
class Unplanned extends Error {}

/** A value of this update has to be waited for; that of the next one may be at hand. One for all, since replays are full of it. */
const WAITS = new Error('A value has to be waited for.');

/**
 * Looks through a subscription once, so that an update costs little more than its resolvers, which are the schema's own.
 * The text is the one that graphql-js's result would have.
 */
export function planEvents(planned: PlannedOperation): EventPlan {
  const root = planned.schema.getSubscriptionType();
  let write: Write | null = null;
  return {
    run(update, context) {
      if (write === NOTHING) return null;
      try {
        if (!root) throw new Unplanned();
        write ??= new Planner(planned).object(root, [planned.operation.selectionSet]);
        return `{"data":${write(update, context)}}`;
      } catch (error) {
        if (error instanceof Unplanned) write = NOTHING;
        // Whatever else it is: graphql-js meets it again, and says where.
        return null;
      }
    },
  };
}

const NOTHING: Write = () => '';

/** No resolver of an event reads it; one that does leaves the rest to graphql-js. */
const NO_INFO = new Proxy({} as GraphQLResolveInfo, {
  get() {
    throw new Unplanned();
  },
});

class Planner {
  readonly #planned: PlannedOperation;

  constructor(planned: PlannedOperation) {
    this.#planned = planned;
  }

  object(type: GraphQLObjectType, selectionSets: Parameters<typeof collectSelections>[2]): Write {
    if (type.isTypeOf) throw new Unplanned();
    const { schema } = this.#planned;
    const writers: Write[] = [];
    let opening = '{';
    for (const [key, nodes] of collectSelections(this.#planned, type, selectionSets)) {
      const start = `${opening}${JSON.stringify(key)}:`;
      const name = nodes[0]?.name.value ?? '';
      if (name === '__typename') {
        const text = `${start}${JSON.stringify(type.name)}`;
        writers.push(() => text);
      } else {
        const field = type.getFields()[name];
        if (field === undefined) throw new Unplanned();
        // The root's arguments were used to subscribe, and are not those of everybody who shares the result.
        const write = this.#field(field, nodes, type !== schema.getSubscriptionType());
        writers.push((value, context) => start + write(value, context));
      }
      opening = ',';
    }
    if (writers.length === 0) return () => '{}';
    return (value, context) => {
      let text = '';
      for (const write of writers) text += write(value, context);
      return `${text}}`;
    };
  }

  #field(field: GraphQLField<unknown, unknown>, nodes: readonly FieldNode[], takesArguments: boolean): Write {
    const [node] = nodes;
    if (node === undefined) throw new Unplanned();
    const { name, resolve = defaultFieldResolver } = field;
    const leaf = leafOf(field.type);
    const complete: Write = leaf === null ? this.#value(field.type, nodes) : (value) => textOf(leaf, value);
    if (resolve === defaultFieldResolver) {
      return (source, context) => complete(ownValue(source, name), context);
    }
    const given = takesArguments ? getArgumentValues(field, node, { ...this.#planned.variables }) : {};
    return (source, context) => complete(resolve(source, given, context, NO_INFO), context);
  }

  #value(type: GraphQLOutputType, nodes: readonly FieldNode[]): Write {
    if (isNonNullType(type)) {
      const write = this.#nullable(type.ofType, nodes);
      return (value, context) => {
        if (value === null || value === undefined) throw new Unplanned();
        return write(value, context);
      };
    }
    const write = this.#nullable(type, nodes);
    return (value, context) => (value === null || value === undefined ? 'null' : write(value, context));
  }

  #nullable(type: GraphQLOutputType, nodes: readonly FieldNode[]): Write {
    if (isListType(type)) {
      const write = this.#value(type.ofType, nodes);
      return (value, context) => {
        if (!Array.isArray(settled(value))) throw new Unplanned();
        let text = '';
        for (const item of value as readonly unknown[])
          text += text === '' ? write(item, context) : `,${write(item, context)}`;
        return `[${text}]`;
      };
    }
    if (isLeafType(type)) return (value) => leafText(type.serialize(settled(value)));
    const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    if (isObjectType(type)) {
      const write = this.object(type, selectionSets);
      return (value, context) => write(settled(value), context);
    }
    if (isAbstractType(type)) {
      const { resolveType } = type;
      if (!resolveType) throw new Unplanned();
      // Looked through when they occur: all types at all depths would be many.
      const byName = new Map<unknown, Write>();
      return (value, context) => {
        const name = resolveType(settled(value), context, NO_INFO, type);
        const known = byName.get(name);
        if (known !== undefined) return known(value, context);
        const possible = this.#planned.schema.getPossibleTypes(type).find((one) => one.name === name);
        if (possible === undefined) throw new Unplanned();
        const write = this.object(possible, selectionSets);
        byName.set(name, write);
        return write(value, context);
      };
    }
    throw new Unplanned();
  }
}

/** As graphql-js reads a field without a resolver; a method is left to it. */
function ownValue(source: unknown, name: string): unknown {
  if (typeof source !== 'object' || source === null) return undefined;
  const value = (source as Readonly<Record<string, unknown>>)[name];
  if (typeof value === 'function') throw new Unplanned();
  return value;
}

/** The value, unless it is waited for, which is left to graphql-js, or is an error. */
function settled(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) throw value;
  if (!('then' in value)) return value;
  // It is asked for again, and nobody hears of this one.
  Promise.resolve(value).catch(() => {});
  throw WAITS;
}

/** A field without a selection: nearly all are texts, and few steps are what makes one cheap where little is in the processor's caches. */
interface Leaf {
  readonly type: GraphQLLeafType;
  readonly isNullable: boolean;
  /** A text is written as it is. */
  readonly isText: boolean;
}

function leafOf(type: GraphQLOutputType): Leaf | null {
  const nullable = isNonNullType(type) ? type.ofType : type;
  if (!isLeafType(nullable)) return null;
  return {
    type: nullable,
    isNullable: !isNonNullType(type),
    isText: nullable === GraphQLString || nullable === GraphQLID,
  };
}

function textOf({ type, isNullable, isText }: Leaf, value: unknown): string {
  if (isText && typeof value === 'string') return JSON.stringify(value);
  if (value !== null && value !== undefined) return leafText(type.serialize(settled(value)));
  if (!isNullable) throw new Unplanned();
  return 'null';
}

function leafText(serialized: unknown): string {
  const text = serialized === null ? undefined : JSON.stringify(serialized);
  if (text === undefined) throw new Unplanned();
  return text;
}

/** The fragments of a document, by name. */
export function fragmentsOf(document: {
  readonly definitions: readonly { readonly kind: string }[];
}): Readonly<Record<string, FragmentDefinitionNode>> {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const definition of document.definitions) {
    if (isFragment(definition)) fragments[definition.name.value] = definition;
  }
  return fragments;
}

function isFragment(definition: { readonly kind: string }): definition is FragmentDefinitionNode {
  return definition.kind === Kind.FRAGMENT_DEFINITION;
}
