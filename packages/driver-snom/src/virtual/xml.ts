import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element of an XML document, names without their prefix. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Its own text, trimmed. */
  readonly text: string;
  readonly children: readonly XmlElement[];
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  parseAttributeValue: false,
});

/**
 * The root element of a document, or `undefined` if it is not well-formed or has a DOCTYPE.
 * @param caseless lower-cases the names of elements and attributes: the minibrowser reads tags in any case.
 */
export const parseXml = (text: string, caseless = false): XmlElement | undefined => {
  const document = text.trim();
  if (!document.startsWith('<') || /<!DOCTYPE/i.test(document)) return undefined;
  if (XMLValidator.validate(document) !== true) return undefined;
  const parsed: readonly ParsedNode[] = parser.parse(document);
  return elementsOf(parsed, caseless)[0];
};

/** The first child of that name. */
export const child = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((candidate) => candidate.name === name);

/** The text of the first child of that name; empty without one. */
export const childText = (element: XmlElement | undefined, name: string): string => child(element, name)?.text ?? '';

/** Text as it may stand in an element or an attribute. */
export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The reverse of {@link escapeXml}, decimal and hexadecimal references included. */
export const unescapeXml = (text: string): string =>
  text.replace(/&(#?\w+);/g, (whole, name: string) => referenced(name) ?? whole);

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const referenced = (name: string): string | undefined => {
  const code = /^#x[0-9a-f]+$/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  const isCode = name.startsWith('#') && code >= 0 && code <= 0x10ffff;
  return isCode ? String.fromCodePoint(code) : NAMED[name.toLowerCase()];
};

/** What the parser makes of an element or of text: `{ name: [what is in it], ':@': its attributes }`, `{ '#text': '…' }`. */
interface ParsedNode {
  readonly ':@'?: Readonly<Record<string, string>>;
  readonly [name: string]: ParsedNode[] | Readonly<Record<string, string>> | string | undefined;
}

const elementsOf = (nodes: readonly ParsedNode[], caseless: boolean): readonly XmlElement[] => {
  const fold = (name: string) => (caseless ? name.toLowerCase() : name);
  return nodes.flatMap(({ ':@': attributes = {}, ...node }) =>
    Object.entries(node).flatMap(([name, content]) => {
      if (!Array.isArray(content)) return [];
      return {
        name: fold(name),
        attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [fold(key), value])),
        text: textOf(content),
        children: elementsOf(content, caseless),
      };
    }),
  );
};

const textOf = (nodes: readonly ParsedNode[]): string =>
  nodes
    .map(({ '#text': text = '' }) => text)
    .join('')
    .trim();
