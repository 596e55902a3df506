import { escapeXml } from '../xml.ts';

/** An element of a reply. */
export interface CstaElement {
  readonly name: string;
  readonly content: string | readonly CstaElement[];
}

/** Makes an element. */
export const element = (name: string, content: CstaElement['content'] = ''): CstaElement => ({ name, content });

/** Writes elements; `prefix` is `csta:` or nothing. */
export const serialize = (elements: readonly CstaElement[], prefix: string): string =>
  elements.map(({ name, content }) => `<${prefix}${name}>${contentOf(content, prefix)}</${prefix}${name}>`).join('');

const contentOf = (content: CstaElement['content'], prefix: string): string =>
  typeof content === 'string' ? escapeXml(content) : serialize(content, prefix);
