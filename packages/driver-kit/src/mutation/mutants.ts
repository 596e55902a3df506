import { type AnyNode, parse } from 'acorn';

/** A change of one place of a table. */
export interface Mutant {
  /** For people: what stands there and what takes its place. */
  readonly what: string;
  /** From where to where in the source, as offsets. */
  readonly edits: readonly Edit[];
}

/** What takes the place of a piece of the source. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Words for people, which no phone sees: sources, messages. */
const WORDS = /\s/;
const LONGEST = 80;
/** Properties whose values are for people. */
const FOR_PEOPLE = /^(?:source|message|fix|label|note|description|title|name)$/;

type Literal = Extract<AnyNode, { readonly type: 'Literal' }>;
type Property = Extract<AnyNode, { readonly type: 'Property' }>;

/**
 * All mutants of the tables in a module: of the literals in constants at its top, outside of functions. A wrong word, a
 * number that is one off, a switch turned over, two rows whose values of one name are swapped, a row that is missing.
 * @param source JavaScript
 */
export function mutantsOf(source: string): readonly Mutant[] {
  const { body } = parse(source, { ecmaVersion: 'latest', sourceType: 'module' });
  return body.flatMap((statement) => {
    const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declared?.type !== 'VariableDeclaration' || declared.kind !== 'const') return [];
    return declared.declarations.flatMap(({ init }) => (init ? within(init, source) : []));
  });
}

/** The source with a mutant in it. */
export function mutated(source: string, { edits }: Mutant): string {
  return edits
    .toSorted((one, other) => other.start - one.start)
    .reduce((text, { start, end, text: change }) => text.slice(0, start) + change + text.slice(end), source);
}

function within(node: AnyNode, source: string): readonly Mutant[] {
  switch (node.type) {
    case 'Literal':
      return literalMutants(node);
    case 'ArrayExpression': {
      const elements = node.elements.filter((element) => element !== null);
      return [
        ...elements.flatMap((element) => within(element, source)),
        ...missing(elements, source),
        ...swappedRows(elements, source),
      ];
    }
    case 'ObjectExpression':
      return [
        ...node.properties.flatMap((property) => {
          if (property.type === 'SpreadElement') return within(property.argument, source);
          return FOR_PEOPLE.test(keyOf(property, source)) ? [] : within(property.value, source);
        }),
        ...swappedValues(node.properties, source),
      ];
    case 'NewExpression':
    case 'CallExpression':
      return node.arguments.flatMap((argument) => within(argument, source));
    case 'SpreadElement':
      return within(node.argument, source);
    default:
      return [];
  }
}

function literalMutants({ value, start, end }: Literal): readonly Mutant[] {
  const change = (text: string): readonly Mutant[] => [
    { what: `${JSON.stringify(value)} is ${text}`, edits: [{ start, end, text }] },
  ];
  if (typeof value === 'boolean') return change(String(!value));
  if (typeof value === 'number') return change(String(value + 1));
  if (typeof value !== 'string' || value === '' || WORDS.test(value) || value.length > LONGEST) return [];
  const last = value.at(-1) === 'X' ? 'Y' : 'X';
  return change(JSON.stringify(value.slice(0, -1) + last));
}

/** A list without one of its elements; lists of one stay as they are. */
function missing(elements: readonly AnyNode[], source: string): readonly Mutant[] {
  if (elements.length < 2) return [];
  return elements.flatMap((element, index) => {
    const next = elements[index + 1];
    const before = elements[index - 1];
    const [start, end] = next === undefined ? [before?.end ?? element.start, element.end] : [element.start, next.start];
    return [{ what: `without ${shown(element, source)}`, edits: [{ start, end, text: '' }] }];
  });
}

/** Two neighbouring rows with the values of one property swapped: the event of the one is the other's. */
function swappedRows(elements: readonly AnyNode[], source: string): readonly Mutant[] {
  return elements.flatMap((element, index) => {
    const next = elements[index + 1];
    if (element.type !== 'ObjectExpression' || next?.type !== 'ObjectExpression') return [];
    const others = new Map(propertiesOf(next, source).map((property) => [keyOf(property, source), property]));
    return propertiesOf(element, source).flatMap((property) => {
      const other = others.get(keyOf(property, source));
      return other === undefined ? [] : swapped(property, other, source);
    });
  });
}

/** Two neighbouring values of one object, of the same kind. */
function swappedValues(properties: readonly AnyNode[], source: string): readonly Mutant[] {
  return properties.flatMap((property, index) => {
    const next = properties[index + 1];
    if (property.type !== 'Property' || next?.type !== 'Property') return [];
    return property.value.type === next.value.type ? swapped(property, next, source) : [];
  });
}

function swapped(one: Property, other: Property, source: string): readonly Mutant[] {
  const [first, second] = [textOf(one.value, source), textOf(other.value, source)];
  const isForPeople = [one, other].some((property) => FOR_PEOPLE.test(keyOf(property, source)));
  const isCode = /=>|\bfunction\b/.test(first + second);
  if (first === second || isForPeople || isCode || one.shorthand || other.shorthand) return [];
  return [
    {
      what: `${keyOf(one, source)}: ${first} and ${keyOf(other, source)}: ${second} are swapped`,
      edits: [
        { start: one.value.start, end: one.value.end, text: second },
        { start: other.value.start, end: other.value.end, text: first },
      ],
    },
  ];
}

function propertiesOf(
  { properties }: Extract<AnyNode, { readonly type: 'ObjectExpression' }>,
  _source: string,
): readonly Property[] {
  return properties.filter((property) => property.type === 'Property');
}

function keyOf({ key }: Property, source: string): string {
  return key.type === 'Literal' ? String(key.value) : textOf(key, source);
}

function textOf({ start, end }: AnyNode, source: string): string {
  return source.slice(start, end);
}

function shown(node: AnyNode, source: string): string {
  const text = textOf(node, source).replaceAll(/\s+/g, ' ');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
