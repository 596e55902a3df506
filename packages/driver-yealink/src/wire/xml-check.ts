import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { isXmlText } from './encoding.ts';
import { fits, MAX_XML_BYTES } from './xml-objects.ts';

/** The objects of the XML browser developer's guide. */
export const XML_OBJECTS = [
  'YealinkIPPhoneTextMenu',
  'YealinkIPPhoneTextScreen',
  'YealinkIPPhoneInputScreen',
  'YealinkIPPhoneDirectory',
  'YealinkIPPhoneStatus',
  'YealinkIPPhoneExecute',
  'YealinkIPPhoneConfiguration',
  'YealinkIPPhoneFormattedTextScreen',
  'YealinkIPPhoneImageScreen',
  'YealinkIPPhoneImageMenu',
] as const;

const parser = new XMLParser({
  ignoreAttributes: false,
  ignoreDeclaration: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: true,
  htmlEntities: true,
  preserveOrder: true,
});

type ParsedNode = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is ParsedNode => typeof value === 'object' && value !== null;

/** What a document must not do by itself, since another command does it under a policy of its own. */
const OTHER_COMMANDS: readonly (readonly [prefix: RegExp, command: string])[] = [
  [/^\s*Command\s*:/i, 'reboot, factoryReset or provision'],
  [/^\s*Dial\s*:/i, 'dial'],
  [/^\s*Key\s*:/i, 'pressKeys, answer or hangUp'],
];

/** Every text and attribute value of a tree, however deep: a phone may be laxer about where it looks than a guide is. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isNode(value) ? Object.values(value).flatMap(textsIn) : [];
}

/** The attribute values of a tree: `doneAction` and its like, which the phone runs when it leaves a screen. */
function attributesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(attributesIn);
  if (!isNode(value)) return [];
  const { ':@': own, ...rest } = value;
  return [...textsIn(own), ...Object.values(rest).flatMap(attributesIn)];
}

/** The texts of the elements `URI`, which a person's press runs: entries of menus and soft keys. */
function urisIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(urisIn);
  if (!isNode(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === 'URI' ? textsIn(inner) : urisIn(inner)));
}

/** The first thing that a document would do in another command's place, for people; null: none. */
function otherCommand(name: string, root: unknown): string | null {
  const runs = name === 'YealinkIPPhoneExecute' ? textsIn(root) : attributesIn(root);
  // A key or a number behind an entry is for the person at the phone to press; a reset is not.
  const offers = urisIn(root).filter((uri) => /^\s*Command\s*:/i.test(uri));
  for (const uri of [...runs, ...offers]) {
    const other = OTHER_COMMANDS.find(([prefix]) => prefix.test(uri));
    if (other !== undefined) return `${uri} is no matter of the display: use ${other[1]}`;
  }
  return null;
}

/** Objects are nested three or four deep; what is read one within the other must not take all of the stack. */
const MAX_DEPTH = 32;

function depthOf(nodes: unknown): number {
  if (!Array.isArray(nodes)) return 0;
  return 1 + Math.max(0, ...nodes.flatMap((node: ParsedNode) => Object.values(node).map(depthOf)));
}

function parse(document: string): { readonly nodes: readonly ParsedNode[] } | { readonly objection: string } {
  try {
    const valid = XMLValidator.validate(document);
    if (valid !== true) return { objection: `it is not well-formed: ${valid.err.msg}` };
    const nodes: readonly ParsedNode[] = parser.parse(document);
    return depthOf(nodes) > MAX_DEPTH ? { objection: `its elements are more than ${MAX_DEPTH} deep` } : { nodes };
  } catch (error) {
    // The parser is stricter than its validator, about CDATA for one.
    return { objection: `it is not well-formed: ${String(error)}` };
  }
}

/**
 * Looks whether a document may be pushed as it is.
 * @returns why not, for people; null: it may.
 */
export function objectionTo(document: string): string | null {
  if (!fits(document)) return `it has more than ${MAX_XML_BYTES} bytes`;
  if (!isXmlText(document)) return 'it holds characters that XML does not allow';
  if (/<!DOCTYPE/i.test(document)) return 'it has a DOCTYPE';
  const [, encoding] = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']/i.exec(document) ?? [];
  if (encoding !== undefined && !/^utf-?8$/i.test(encoding) && /[^\x00-\x7f]/.test(document)) {
    return `it says that its encoding is ${encoding}, but it is sent as UTF-8`;
  }
  const parsed = parse(document);
  if ('objection' in parsed) return parsed.objection;
  // A document that is well-formed has one.
  const roots = parsed.nodes.filter((node) => !('#text' in node));
  const [name = ''] = roots.flatMap((root) => Object.keys(root)).filter((key) => key !== ':@');
  if (!XML_OBJECTS.some((known) => known === name)) {
    return `its root must be one of ${XML_OBJECTS.join(', ')}`;
  }
  if (name === 'YealinkIPPhoneConfiguration') return 'it changes settings: use writeSettings';
  return otherCommand(name, roots);
}
