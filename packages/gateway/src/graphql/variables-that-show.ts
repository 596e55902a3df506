import { type DocumentNode, Kind, visit } from 'graphql';

/**
 * The variables that can be seen in results: all but those that only the arguments of root fields use, since these say
 * which updates come and not what stands in them. Somebody who resumes behind a cursor of their own shares with the others.
 */
export function variablesThatShow(
  document: DocumentNode,
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const names = Object.keys(values);
  if (names.length === 0) return values;
  const shown = shownOf(document);
  return Object.fromEntries(names.filter((name) => shown.has(name)).map((name) => [name, values[name]]));
}

const known = new WeakMap<DocumentNode, ReadonlySet<string>>();

/** Variables that stand anywhere but in an argument of a field right below an operation. */
function shownOf(document: DocumentNode): ReadonlySet<string> {
  const found = known.get(document);
  if (found !== undefined) return found;
  const shown = new Set<string>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      for (const selection of definition.selectionSet.selections) {
        if (selection.kind === Kind.FIELD) addVariables({ ...selection, arguments: [] }, shown);
        else addVariables(selection, shown);
      }
    } else if (definition.kind === Kind.FRAGMENT_DEFINITION) addVariables(definition, shown);
  }
  known.set(document, shown);
  return shown;
}

function addVariables(node: Parameters<typeof visit>[0], shown: Set<string>): void {
  visit(node, {
    Variable: ({ name }) => {
      shown.add(name.value);
    },
  });
}
