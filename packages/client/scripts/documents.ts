import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import {
  buildSchema,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getNamedType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  stripIgnoredCharacters,
  visit,
} from 'graphql';

const OPERATIONS = new URL('../operations/', import.meta.url);
const SCHEMA = new URL('../../gateway/schema.graphql', import.meta.url);

/** The gateway's printed schema: its text, and built. */
export interface PrintedSchema {
  readonly text: string;
  readonly schema: GraphQLSchema;
}

/** A mutation that touches a phone. */
export interface CommandField {
  readonly name: string;
  readonly description: string | null;
  /** The type of its argument `command`, without the exclamation mark. */
  readonly input: string;
  readonly isInputNeeded: boolean;
}

/** An operation with the fragments that it spreads, whose text is what is sent. */
export interface WrittenOperation {
  readonly name: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly body: string;
  /** Names of fragments, in the order in which their texts follow. */
  readonly fragments: readonly string[];
  readonly text: string;
  /** SHA-256 of the text, in hexadecimal digits. */
  readonly id: string;
}

export function readSchema(): PrintedSchema {
  const text = readFileSync(SCHEMA, 'utf8');
  return { text, schema: buildSchema(text) };
}

/** Mutations of the schema that become a Command on one phone. */
export function commandFields(schema: GraphQLSchema): readonly CommandField[] {
  const fields = Object.values(schema.getMutationType()?.getFields() ?? {});
  return fields.flatMap(({ name, description, type, args }) => {
    const input = args.find((argument) => argument.name === 'command');
    if (getNamedType(type).name !== 'Command' || input === undefined) return [];
    return {
      name,
      description: description ?? null,
      input: getNamedType(input.type).name,
      isInputNeeded: isNonNullType(input.type),
    };
  });
}

/** The documents of `operations/`, and one mutation for each command. */
export function readDocuments(commands: readonly CommandField[]): readonly DocumentNode[] {
  const files = readdirSync(OPERATIONS).sort();
  const written = files.map((file) => parse(readFileSync(new URL(file, OPERATIONS), 'utf8'), { noLocation: true }));
  return [...written, ...commands.map(commandDocument)];
}

function commandDocument({ name, input, isInputNeeded }: CommandField): DocumentNode {
  const command = `${input}${isInputNeeded ? '!' : ''}`;
  return parse(
    `mutation ${name}($phoneId: ID!, $command: ${command}, $idempotencyKey: String) {
      ${name}(phoneId: $phoneId, command: $command, idempotencyKey: $idempotencyKey) { ...CommandFields }
    }`,
    { noLocation: true },
  );
}

/** The texts of all fragments by name. */
export function fragmentTexts(documents: readonly DocumentNode[]): ReadonlyMap<string, string> {
  return new Map([...fragmentsOf(documents)].map(([name, node]) => [name, stripIgnoredCharacters(print(node))]));
}

/** All operations, by name. */
export function writeOperations(documents: readonly DocumentNode[]): readonly WrittenOperation[] {
  const fragments = fragmentsOf(documents);
  const operations = documents
    .flatMap(({ definitions }) => definitions)
    .filter((node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION);
  return operations.map((node) => writeOperation(node, fragments)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function writeOperation(
  node: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): WrittenOperation {
  const body = stripIgnoredCharacters(print(node));
  const spread = [...spreadIn(node, fragments)].sort();
  const texts = spread.map((name) => fragments.get(name)).map((found) => (found === undefined ? '' : print(found)));
  const text = [body, ...texts.map(stripIgnoredCharacters)].join('');
  return {
    name: node.name?.value ?? '',
    kind: node.operation,
    body,
    fragments: spread,
    text,
    id: createHash('sha256').update(text, 'utf8').digest('hex'),
  };
}

function fragmentsOf(documents: readonly DocumentNode[]): ReadonlyMap<string, FragmentDefinitionNode> {
  const nodes = documents
    .flatMap(({ definitions }) => definitions)
    .filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(nodes.map((node) => [node.name.value, node]));
}

function spreadIn(
  node: OperationDefinitionNode | FragmentDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): ReadonlySet<string> {
  const found = new Set<string>();
  visit(node, {
    FragmentSpread({ name }) {
      const fragment = fragments.get(name.value);
      if (fragment === undefined) throw new Error(`There is no fragment ${name.value}.`);
      found.add(name.value);
      for (const inner of spreadIn(fragment, fragments)) found.add(inner);
    },
  });
  return found;
}
