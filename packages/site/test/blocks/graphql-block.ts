import { type DemoOffice, WEB_LOGIN } from '@hookswitch/demo';
import {
  type DocumentNode,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { type Block, directive } from './extract.ts';
import { type Answer, ask, type SparePhone } from './office.ts';
import { firstUpdate } from './subscribe.ts';

/** Where a block runs. */
export interface Stage {
  readonly office: DemoOffice;
  readonly schema: GraphQLSchema;
  /** Number of the phone that the block is about. */
  readonly number: string;
  readonly spare: SparePhone | null;
  /** What earlier blocks of the page left behind: ids by what they are of. */
  readonly memory: Map<'call' | 'command' | 'apiKey', string>;
}

/** Text that stands for something else in an example: it ends so. */
const ELLIPSIS = '…';

/**
 * Runs every operation of a block.
 * @returns what is wrong; empty: it did what the page says that it does
 */
export async function runGraphql(block: Block, stage: Stage): Promise<readonly string[]> {
  const document = parse(block.text);
  const invalid = validate(stage.schema, document).map(({ message }) => message);
  if (invalid.length > 0) return invalid;
  const asked = withOutcomes(withValues(document, stage), stage.schema);
  const faults: string[] = [];
  for (const operation of asked.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION)) {
    const request = {
      query: print(only(asked, operation)),
      operationName: operation.name?.value,
      variables: variablesOf(operation, block, stage),
    };
    const answer =
      operation.operation === 'subscription' ? await firstUpdate(stage, request) : await ask(stage.office, request);
    remember(answer, stage);
    faults.push(...judge(answer, directive(block, 'expect')?.[0] ?? null));
  }
  return faults;
}

/** The operation and the fragments: an operation that is not sent must not have its variables checked. */
function only(document: DocumentNode, operation: OperationDefinitionNode): DocumentNode {
  return {
    ...document,
    definitions: document.definitions.filter((node) => node === operation || node.kind === Kind.FRAGMENT_DEFINITION),
  };
}

/** Puts what is there in the place of what stands for it. */
function withValues(document: DocumentNode, stage: Stage): DocumentNode {
  return visit(document, {
    Argument: (node) =>
      node.value.kind === Kind.STRING
        ? { ...node, value: { ...node.value, value: valueFor(node.name.value, node.value.value, stage) } }
        : undefined,
    ObjectField: (node) =>
      node.value.kind === Kind.STRING
        ? { ...node, value: { ...node.value, value: valueFor(node.name.value, node.value.value, stage) } }
        : undefined,
    ListValue: (node) => ({
      ...node,
      values: node.values.map((value) =>
        value.kind === Kind.STRING && value.value.endsWith(ELLIPSIS)
          ? { ...value, value: stage.office.phone(stage.number).id }
          : value,
      ),
    }),
  });
}

function valueFor(name: string, written: string, { office, number, spare, memory }: Stage): string {
  const { id, person } = office.phone(number);
  switch (name) {
    case 'address':
      return spare?.address ?? written;
    case 'mac':
      return spare?.mac ?? person.mac;
    case 'username':
      return WEB_LOGIN.username;
    default:
  }
  if (!written.endsWith(ELLIPSIS)) return written;
  if (name === 'password') return WEB_LOGIN.password;
  if (/call/i.test(name)) return memory.get('call') ?? written;
  if (name === 'id') return memory.get('command') ?? id;
  return id;
}

/** Those of the page, and for what it leaves open: the phone, the newest call, the newest command. */
function variablesOf(operation: OperationDefinitionNode, block: Block, stage: Stage): Record<string, unknown> {
  const given = JSON.parse(block.variables ?? '{}') as Record<string, unknown>;
  const variables: Record<string, unknown> = {};
  for (const { variable, type } of operation.variableDefinitions ?? []) {
    const name = variable.name.value;
    const value = given[name];
    if (typeof value === 'string') variables[name] = valueFor(name, value, stage);
    else if (value !== undefined) variables[name] = value;
    else if (print(type) === 'ID!') variables[name] = valueFor(name === 'command' ? 'id' : name, ELLIPSIS, stage);
  }
  return variables;
}

const OUTCOME = '{ docsId: id docsStatus: status docsFailure: failure { code message } }';
const FAILURE = '{ ... on Failure { docsCode: code docsMessage: message } }';
const CALL = '{ docsCall: id }';

/** Asks beside what the page asks for what became of each command, and for failures that the page does not select. */
function withOutcomes(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  const types = new TypeInfo(schema);
  let isMutation = false;
  return visit(
    document,
    visitWithTypeInfo(types, {
      OperationDefinition: {
        enter(node) {
          isMutation = node.operation === 'mutation';
        },
      },
      SelectionSet: {
        leave(node) {
          const type = types.getParentType();
          const add =
            type?.name === 'Command' && isMutation
              ? OUTCOME
              : type?.name === 'Call'
                ? CALL
                : isAbstractType(type) && !isInterfaceType(type) && mayFail(schema, type.name)
                  ? FAILURE
                  : null;
          return add === null ? undefined : { ...node, selections: [...node.selections, ...selectionsOf(add)] };
        },
      },
    }),
  );
}

function mayFail(schema: GraphQLSchema, name: string): boolean {
  const [type, failure] = [schema.getType(name), schema.getType('Failure')];
  if (!isAbstractType(type) || !isInterfaceType(failure)) return false;
  return schema.getPossibleTypes(type).some((member) => schema.isSubType(failure, member));
}

function selectionsOf(text: string): readonly SelectionNode[] {
  const [operation] = parse(text).definitions;
  return operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : [];
}

function remember(answer: Answer, { memory }: Stage): void {
  for (const found of objectsIn(answer.data)) {
    if (typeof found['docsCall'] === 'string') memory.set('call', found['docsCall']);
    if (typeof found['docsId'] === 'string') memory.set('command', found['docsId']);
  }
}

/** @param expected the code that the page says that it ends with; null: it succeeds */
function judge({ data, errors = [] }: Answer, expected: string | null): readonly string[] {
  const codes = errors.map(({ message, extensions }) => [extensions?.code ?? 'ERROR', message] as const);
  const failures = objectsIn(data).flatMap((found): (readonly [string, string])[] => {
    const failure = found['docsFailure'] as { readonly code: string; readonly message: string } | null | undefined;
    if (failure) return [[failure.code, failure.message]];
    if (found['docsStatus'] === 'UNKNOWN') return [['UNKNOWN', 'nobody knows whether the phone did it']];
    return typeof found['docsCode'] === 'string' ? [[found['docsCode'], String(found['docsMessage'])]] : [];
  });
  const all = [...codes, ...failures];
  if (expected === null) return all.map(([code, message]) => `${code}: ${message}`);
  return all.some(([code]) => code === expected) ? [] : [`It does not end with ${expected}.`];
}

function objectsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Readonly<Record<string, unknown>>, ...Object.values(value).flatMap(objectsIn)];
}
