import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element: its name without prefix, its own text (entities resolved, trimmed), its children in their order. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** What the parser makes, with the options below: `{ '#text': … }`, or an element's name with what is in it. */
interface XmlNode {
  readonly '#text'?: string;
  readonly [element: string]: string | readonly XmlNode[] | undefined;
}

const parser = new XMLParser({
  preserveOrder: true,
  removeNSPrefix: true,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  htmlEntities: true,
  // Else `0049123` becomes 49123, `+4930` 4930, and a call's id -18 a number.
  parseTagValue: false,
  parseAttributeValue: false,
});

/**
 * Reads a document from a phone. One with a DOCTYPE is not read: entities of its own could blow it up.
 * @returns null where it is not one well-formed document.
 */
export function parseXml(text: string): XmlElement | null {
  if (text.length > MAX_XML_CHARACTERS || /<!DOCTYPE/i.test(text) || isTooDeep(text)) return null;
  try {
    if (XMLValidator.validate(text) !== true) return null;
    const nodes: readonly XmlNode[] = parser.parse(text);
    const [root, ...more] = elementsOf(nodes);
    return root !== undefined && more.length === 0 ? root : null;
  } catch {
    // The parser is stricter than its validator, about an element named `constructor` for one.
    return null;
  }
}

/** More than any page or response of a phone has; a list of calls is about 100 kB. */
const MAX_XML_CHARACTERS = 1_000_000;
const MAX_XML_DEPTH = 64;

/** Elements are read one within the other: thousands would take all of the stack. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [tag] of text.matchAll(/<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->|<[^!?][^<>]*>/g)) {
    if (tag.startsWith('<!') || tag.endsWith('/>')) continue;
    depth += tag.startsWith('</') ? -1 : 1;
    if (depth > MAX_XML_DEPTH) return true;
  }
  return false;
}

/** All elements of that name, at any depth, in document order. */
export function findAll(root: XmlElement, name: string): readonly XmlElement[] {
  const own = root.name === name ? [root] : [];
  return [...own, ...root.children.flatMap((child) => findAll(child, name))];
}

/** The first element of that name, at any depth. */
export function find(root: XmlElement, name: string): XmlElement | null {
  return findAll(root, name)[0] ?? null;
}

/** Text as it stands in an element or an attribute. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}

/** Text without characters that XML 1.0 cannot hold at all. */
export function withoutIllegalXml(text: string): string {
  return text.toWellFormed().replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '');
}

function elementsOf(nodes: readonly XmlNode[]): readonly XmlElement[] {
  return nodes.flatMap((node) =>
    Object.entries(node).flatMap(([name, content]): readonly XmlElement[] =>
      typeof content === 'object' ? [{ name, text: textOf(content), children: elementsOf(content) }] : [],
    ),
  );
}

function textOf(nodes: readonly XmlNode[]): string {
  return nodes
    .map((node) => node['#text'] ?? '')
    .join('')
    .trim();
}
