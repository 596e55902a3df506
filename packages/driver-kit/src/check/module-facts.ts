import { parse, type Token } from 'acorn';
import { analyze } from 'eslint-scope';

/** What a module says that it uses from outside itself. */
export interface ModuleFacts {
  /** As they are written: `./a.js`, `node:net`, `zod`. */
  readonly imports: readonly string[];
  /** Imports under a computed name, and calls of `require`. */
  readonly unreadable: readonly string[];
  /** Names that no scope of the module declares. */
  readonly globals: readonly string[];
  /** On how many lines there is code, imports left out. */
  readonly lines: number;
}

/** Reads the text of an ES module. @throws SyntaxError */
export function moduleFacts(text: string): ModuleFacts {
  const tokens: Token[] = [];
  const program: unknown = parse(text, {
    ...{ ecmaVersion: 'latest', sourceType: 'module', ranges: true, locations: true, onToken: tokens },
  });
  if (!isProgram(program)) throw new SyntaxError('It is no module.');
  const imports = new Set<string>();
  const unreadable = new Set<string>();
  for (const node of nodesOf(program)) {
    const { type } = node;
    if (type === 'ImportExpression' && literalOf(node['source']) === null)
      unreadable.add('import() of a computed name');
    else if (SOURCES.has(String(type))) {
      const name = literalOf(node['source']);
      if (name !== null) imports.add(name);
    }
  }
  const scopes = analyze(program, { ecmaVersion: 2025, sourceType: 'module' });
  const globals = new Set(scopes.globalScope?.through.map(({ identifier }) => identifierName(identifier)) ?? []);
  for (const name of ['require', 'module']) if (globals.has(name)) unreadable.add(name);
  return {
    imports: [...imports],
    unreadable: [...unreadable],
    globals: [...globals],
    lines: linesOf(program.body, tokens),
  };
}

/** Lines with a token on them, but for those of import declarations; a text over several lines is code on each. */
function linesOf(
  body: readonly { readonly type: string; readonly range?: [number, number] | undefined }[],
  tokens: readonly Token[],
): number {
  const imports = body.filter(({ type }) => type === 'ImportDeclaration');
  const isImported = ({ start }: Token): boolean =>
    imports.some(({ range: [from, to] = [0, 0] }) => start >= from && start < to);
  const lines = new Set<number>();
  for (const token of tokens) {
    if (token.type.label === 'eof' || isImported(token)) continue;
    const { start, end } = token.loc ?? { start: { line: 0 }, end: { line: 0 } };
    for (let line = start.line; line <= end.line; line += 1) lines.add(line);
  }
  return lines.size;
}

const SOURCES: ReadonlySet<string> = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
]);

/** What the analysis of scopes takes. Both libraries keep to ESTree, and each has types of its own for it. */
type Program = Parameters<typeof analyze>[0];

function isProgram(value: unknown): value is Program {
  return isNode(value) && value['type'] === 'Program' && Array.isArray(value['body']);
}

type SyntaxNode = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** A node and all below it. */
function* nodesOf(value: unknown): Generator<SyntaxNode> {
  if (Array.isArray(value)) for (const one of value) yield* nodesOf(one);
  if (!isNode(value)) return;
  yield value;
  for (const child of Object.values(value)) yield* nodesOf(child);
}

function literalOf(source: unknown): string | null {
  return isNode(source) && source['type'] === 'Literal' && typeof source['value'] === 'string' ? source['value'] : null;
}

function identifierName(identifier: { readonly type: string }): string {
  return 'name' in identifier && typeof identifier.name === 'string' ? identifier.name : '';
}
