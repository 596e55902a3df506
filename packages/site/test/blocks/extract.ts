import MarkdownIt from 'markdown-it';

/** A fenced block of a page. */
export interface Block {
  /** From the repository's root. */
  readonly page: string;
  /** Of the fence, from 1. */
  readonly line: number;
  /** `graphql`, `sh`, …; empty: none. */
  readonly language: string;
  /** What stands behind the language. */
  readonly info: string;
  readonly text: string;
  /** What the comment right before it says: `run: …` or `not run: …`. */
  readonly mark: Mark | null;
  /** The text of a `json variables` block right behind it. */
  readonly variables: string | null;
}

/** What a page says of a block: `<!-- run: phone 202; talking -->`, `<!-- not run: WHY -->`. */
export type Mark =
  | { readonly kind: 'run'; readonly directives: readonly (readonly string[])[] }
  | { readonly kind: 'not run'; readonly reason: string };

const MARK = /^<!--\s*(?<kind>run|not run)\s*(?::\s*(?<text>[\s\S]*?))?\s*-->$/;

/** All fenced blocks of a page, in their order. */
export function blocksOf(page: string, text: string): readonly Block[] {
  const tokens = new MarkdownIt({ html: true }).parse(text, {});
  return tokens.flatMap((token, place): readonly Block[] => {
    if (token.type !== 'fence') return [];
    const [language = '', ...info] = token.info.trim().split(/\s+/);
    const before = tokens[place - 1];
    const behind = tokens[place + 1];
    const hasVariables = behind?.type === 'fence' && /^json\s+variables\b/.test(behind.info);
    return [
      {
        page,
        line: (token.map?.[0] ?? 0) + 1,
        language,
        info: info.join(' '),
        text: token.content,
        mark: before?.type === 'html_block' ? markOf(before.content) : null,
        variables: hasVariables ? behind.content : null,
      },
    ];
  });
}

/** The last of several comments counts. */
function markOf(html: string): Mark | null {
  const last = html.trim().split('\n').at(-1) ?? '';
  const { kind, text = '' } = MARK.exec(last)?.groups ?? {};
  if (kind === 'not run') return { kind, reason: text };
  if (kind !== 'run') return null;
  const directives = text.split(';').map((part) => part.trim().split(/\s+/));
  return { kind, directives: directives.filter(([word]) => word !== '') };
}

/** What of a mark begins with that word: `phone 202` → `['202']`. Null: nothing. */
export function directive({ mark }: Block, word: string): readonly string[] | null {
  if (mark?.kind !== 'run') return null;
  return mark.directives.find(([first]) => first === word)?.slice(1) ?? null;
}
