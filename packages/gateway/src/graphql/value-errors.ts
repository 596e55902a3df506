import { type ASTNode, BREAK, type DocumentNode, GraphQLError, Kind, visit } from 'graphql';

// A password given as a number must not come back in an error; of other types the value is worth seeing.
const quotesText = /^((?:String|ID) cannot represent )[\s\S]*$/;

/** Says which value its type refuses, by its path (`command.keys.0.key`), without repeating what may be a secret. */
export function valueError(argument: string, message: string, nodes: readonly ASTNode[] = []): GraphQLError {
  return new GraphQLError(`${argument}: ${message.replace(quotesText, '$1that value.')}`, {
    nodes,
    extensions: { code: 'BAD_USER_INPUT', argument },
  });
}

/** Where in the document's arguments a value stands: argument, input fields and places in lists, joined by dots. */
export function argumentPathOf(document: DocumentNode, value: ASTNode): string {
  let steps: readonly (ASTNode | readonly ASTNode[])[] = [];
  visit(document, {
    enter(...[node, , parent, , ancestors]) {
      if (node !== value) return undefined;
      steps = parent === undefined ? [node] : [...ancestors, parent, node];
      return BREAK;
    },
  });
  return steps.flatMap((step, depth) => nameOf(step, steps[depth - 1], steps[depth - 2])).join('.');
}

type Step = ASTNode | readonly ASTNode[] | undefined;

function nameOf(step: Step, parent: Step, grandparent: Step): readonly string[] {
  if (!isNode(step)) return [];
  if (step.kind === Kind.ARGUMENT || step.kind === Kind.OBJECT_FIELD) return [step.name.value];
  if (isNode(parent) || parent === undefined) return [];
  return isNode(grandparent) && grandparent.kind === Kind.LIST ? [String(parent.indexOf(step))] : [];
}

function isNode(step: Step): step is ASTNode {
  return step !== undefined && 'kind' in step;
}
