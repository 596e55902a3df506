import { XMLParser } from 'fast-xml-parser';
import { dialledIn, type InText } from './numbers-in-text.ts';

/** Elements and attributes whose content phones dial: Snom's `Telephone`, Yealink's `Dial` and `Telephone`, and their like. */
const DIALLED_NAMES = /^(?:telephone|dial|number|tel|phone|phonenumber|phone_number|numberdial|extension)$/i;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  ignoreDeclaration: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: true,
  htmlEntities: true,
  preserveOrder: true,
});

type Node = Readonly<Record<string, unknown>>;

/**
 * What a document may make a phone do, in document order. A phone may be laxer about where it looks than its guide is:
 * every text and attribute is looked at, whichever element it stands in.
 */
export function dialledInXml(document: string): readonly InText[] {
  return nodesIn(parser.parse(document)).flatMap(ofNode);
}

function ofNode(node: Node): readonly InText[] {
  const { ':@': attributes, ...rest } = node;
  const own = isNode(attributes) ? Object.entries(attributes) : [];
  return [
    ...own.flatMap(([name, value]) => ofValue(name, String(value))),
    ...Object.entries(rest).flatMap(([name, children]) => {
      if (name === '#text') return [];
      const inner = nodesIn(children);
      // A comment in the middle does not split what the phone reads.
      const text = inner.map((child) => (typeof child['#text'] === 'string' ? child['#text'] : '')).join('');
      return [...ofValue(name, text), ...inner.flatMap(ofNode)];
    }),
  ];
}

function ofValue(name: string, value: string): readonly InText[] {
  const text = value.trim();
  if (text === '') return [];
  const found = dialledIn(text);
  const bare = name.replace(/^.*:/, '');
  if (!DIALLED_NAMES.test(bare)) return found;
  // A URI somewhere within does not say what the phone makes of the whole.
  return isOneUri(text) && found.length > 0 ? found : [...found, { kind: 'number', text }];
}

function isOneUri(text: string): boolean {
  return /^(?:tel|callto|sips?|dial|key|snom|phone):\S+$/i.test(text);
}

function nodesIn(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}
