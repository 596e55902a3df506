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

/** What an `Execute` item must not do here, since another command does it under a policy of its own. */
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
  const valid = XMLValidator.validate(document);
  if (valid !== true) return `it is not well-formed: ${valid.err.msg}`;
  const parsed: unknown = parser.parse(document);
  const root: unknown = Array.isArray(parsed)
    ? parsed.find((node: unknown) => isNode(node) && !('#text' in node))
    : undefined;
  const name = isNode(root) ? Object.keys(root).find((key) => key !== ':@') : undefined;
  if (name === undefined || !XML_OBJECTS.some((known) => known === name)) {
    return `its root must be one of ${XML_OBJECTS.join(', ')}`;
  }
  if (name === 'YealinkIPPhoneConfiguration') return 'it changes settings: use writeSettings';
  for (const uri of name === 'YealinkIPPhoneExecute' ? textsIn(root) : []) {
    const other = OTHER_COMMANDS.find(([prefix]) => prefix.test(uri));
    if (other !== undefined) return `${uri} is no matter of the display: use ${other[1]}`;
  }
  return null;
}
