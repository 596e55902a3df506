import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** A soft key of a pushed screen. */
export interface PushedSoftKey {
  /** 1 to 6. */
  readonly index: number;
  readonly label: string;
  readonly uri: string;
}

/** An entry of a pushed menu. */
export interface PushedMenuItem {
  readonly prompt: string;
  readonly uri: string;
  readonly dial: string;
  readonly selection: string;
}

/** A `YealinkIPPhone…` object, as the phone understood it. */
export interface PushedObject {
  /** The root's name without `YealinkIPPhone`: `TextScreen`, `Execute`, … */
  readonly kind: PushedKind;
  /** Whether the phone beeps. `Status` beeps unless told not to, the others only if told to. */
  readonly beep: boolean;
  /** Seconds until it goes away; 0 is never. */
  readonly timeout: number;
  readonly title: string;
  /** Lines of text: `Text`, `Line`, `Message`, or the address of an image. */
  readonly lines: readonly string[];
  readonly items: readonly PushedMenuItem[];
  readonly softKeys: readonly PushedSoftKey[];
  /** `ExecuteItem` URIs, or the `Item` lines of a `Configuration`. */
  readonly instructions: readonly string[];
  /** Where an `InputScreen` sends what was typed. */
  readonly input: { readonly url: string; readonly parameter: string; readonly value: string } | undefined;
  /** Called when it is left by cancel; empty if nothing is. */
  readonly cancelAction: string;
}

const KINDS = [
  'TextMenu',
  'TextScreen',
  'InputScreen',
  'Directory',
  'Status',
  'Execute',
  'Configuration',
  'FormattedTextScreen',
  'ImageScreen',
  'ImageMenu',
] as const;
/** The objects of the vendor's XML browser guide. */
export type PushedKind = (typeof KINDS)[number];

/** Longest document, in bytes (vendor, XML browser developer's guide). */
export const MAX_PUSH_BYTES = 10_000;

const REPEATED = new Set(['MenuItem', 'SoftKey', 'ExecuteItem', 'Item', 'Line', 'Message']);
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#text',
  // Numbers are dialled: 0049 must not become 49.
  parseTagValue: false,
  parseAttributeValue: false,
  // Without it numeric character references stay as they are.
  htmlEntities: true,
  isArray: (name) => REPEATED.has(name),
});

type Node = Readonly<Record<string, unknown>>;

/** Reads a pushed document, without the `xml=` in front. @returns `undefined` if the phone cannot make sense of it. */
export const parsePushedObject = (xml: string): PushedObject | undefined => {
  if (/<!DOCTYPE/i.test(xml) || XMLValidator.validate(xml) !== true) return undefined;
  const document = asNode(parser.parse(xml));
  const roots = Object.keys(document).filter((name) => !name.startsWith('?'));
  const kind = KINDS.find((known) => roots.join() === `YealinkIPPhone${known}`);
  return kind && readObject(kind, asNode(document[`YealinkIPPhone${kind}`]));
};

const readObject = (kind: PushedKind, root: Node): PushedObject => {
  const isStatus = kind === 'Status';
  const defaultTimeout = isStatus ? '30' : '0';
  return {
    kind,
    beep: isStatus ? attribute(root, 'Beep') !== 'no' : attribute(root, 'Beep') === 'yes',
    timeout: Number(attribute(root, 'Timeout') || defaultTimeout) || 0,
    title: text(root['Title']),
    lines: readLines(kind, root),
    items: list(root['MenuItem']).map((item) => ({
      prompt: text(item['Prompt']),
      uri: text(item['URI']),
      dial: text(item['Dial']),
      selection: text(item['Selection']),
    })),
    softKeys: list(root['SoftKey']).map((key) => ({
      index: Number(attribute(key, 'index')),
      label: text(key['Label']),
      uri: text(key['URI']),
    })),
    instructions: readInstructions(kind, root),
    input:
      kind === 'InputScreen'
        ? { url: text(root['URL']), parameter: text(root['Parameter']), value: text(root['Default']) }
        : undefined,
    cancelAction: attribute(root, 'cancelAction'),
  };
};

const readLines = (kind: PushedKind, root: Node): string[] => {
  if (kind === 'Status') return list(root['Message']).map(text);
  if (kind === 'FormattedTextScreen') return list(root['Line']).map(text);
  if (kind === 'ImageScreen') return [text(root['Image'])];
  if (kind === 'InputScreen') return [text(root['Prompt'])];
  return text(root['Text'])
    .split(/\r?\n/)
    .filter((line) => line !== '');
};

const readInstructions = (kind: PushedKind, root: Node): string[] => {
  if (kind === 'Execute') return list(root['ExecuteItem']).map((item) => attribute(item, 'URI'));
  return kind === 'Configuration' ? list(root['Item']).map(text) : [];
};

const asNode = (value: unknown): Node => (typeof value === 'object' && value !== null ? (value as Node) : {});

/** Elements that hold nothing but text come as strings. */
const list = (value: unknown): Node[] =>
  (Array.isArray(value) ? (value as readonly unknown[]) : []).map((entry) =>
    typeof entry === 'string' ? { '#text': entry } : asNode(entry),
  );

const text = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const inner = asNode(value)['#text'];
  return typeof inner === 'string' ? inner : '';
};

/** Attributes without regard to case: the guide and the field write both `Mode` and `mode`. */
const attribute = (node: Node, name: string): string => {
  const found = Object.entries(node).find(([key]) => key.toLowerCase() === `@${name.toLowerCase()}`);
  return typeof found?.[1] === 'string' ? found[1] : '';
};
