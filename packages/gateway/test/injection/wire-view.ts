import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** What a phone reads out of a request: names, values and their places, all escapes undone. */
export type View = string | null | readonly View[] | { readonly [name: string]: View };

/** A request, or a document that was published, as it was seen on the wire. */
export interface Seen {
  readonly line: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly contentType: string;
  readonly body: string;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: true,
  cdataPropName: '#cdata',
});

/** Undoes percent escapes; what is no UTF-8 or a bare `%` is what no phone could read alike. */
export function decoded(text: string): View {
  try {
    return decodeURIComponent(text);
  } catch {
    return { undecodable: text };
  }
}

/** `a=b&c`, and within it what Yealink puts behind `key=`: `K1;number=…`. */
function queryView(query: string): View {
  return query.split('&').map((part) =>
    part.split(';').map((piece) => {
      const [name = '', ...values] = piece.split('=');
      return [decoded(name), ...values.map(decoded)];
    }),
  );
}

function lineView(line: string): View {
  const [, method = '', target = '', protocol = ''] = /^(\S+) (\S*) (\S+)$/.exec(line) ?? [];
  if (protocol === '') return { malformed: line };
  if (protocol.startsWith('SIP')) return [method, target];
  const [path = '', ...query] = target.split('?');
  return [method, decoded(path), query.length === 0 ? null : queryView(query.join('?'))];
}

/** A document, and those that its texts hold in turn. */
function xmlView(text: string): View {
  if (/<!DOCTYPE/i.test(text)) return { doctype: text };
  try {
    return XMLValidator.validate(text) === true ? nodesView(parser.parse(text)) : { malformed: text };
  } catch {
    return { malformed: text };
  }
}

function nodesView(nodes: unknown): View {
  if (!Array.isArray(nodes)) return String(nodes);
  return withLineBreaks(nodes).map((node: unknown) => {
    const entries = Object.entries(typeof node === 'object' && node !== null ? node : {});
    return Object.fromEntries(
      entries.map(([name, value]): [string, View] => {
        if (name === '#text') return [name, textView(String(value))];
        if (name === ':@') return [name, attributesView(value)];
        if (name === '#cdata') return ['#text', cdataView(value)];
        return [name, nodesView(value)];
      }),
    );
  });
}

/** Texts with `<br/>` between them are one text of several lines. */
function withLineBreaks(nodes: readonly unknown[]): readonly unknown[] {
  const joined: unknown[] = [];
  for (const node of nodes) {
    const text = lineOf(node);
    const before = joined.at(-1);
    const last = before === undefined ? null : lineOf(before);
    if (text !== null && last !== null) joined[joined.length - 1] = { '#text': last + text };
    else joined.push(text === null ? node : { '#text': text });
  }
  return joined;
}

function lineOf(node: unknown): string | null {
  if (typeof node !== 'object' || node === null) return null;
  if ('br' in node) return '\n';
  return '#text' in node ? String(node['#text']) : null;
}

function attributesView(value: unknown): View {
  const entries = Object.entries(typeof value === 'object' && value !== null ? value : {});
  return Object.fromEntries(entries.map(([name, text]) => [name, String(text)]));
}

/** A text that is split over several CDATA sections is one. */
function cdataView(value: unknown): View {
  const parts = Array.isArray(value) ? value : [value];
  const text = parts.map((part: unknown) => (typeof part === 'object' && part !== null ? Object.values(part) : [part]));
  return textView(text.flat().map(String).join(''));
}

/** A document within a document, an address of the phone's own, or a text. */
function textView(text: string): View {
  if (text.startsWith('<?xml version="1.0" encoding="UTF-8"?><')) return { document: xmlView(text) };
  // One form of Snom's XmlPush has quotes around the document.
  const [, quoted] = /^"(<\?xml version="1\.0" encoding="UTF-8"\?><.*)"$/s.exec(text) ?? [];
  if (quoted !== undefined) return { quoted: xmlView(quoted) };
  const [, name, value] = /^snom:\/\/mb_nop#(\w+)=(.*)$/s.exec(text) ?? [];
  return name === undefined || value === undefined ? text : { fragment: name, value: decoded(value) };
}

/** RFC 3261 section 25.1, without headers. */
const SIP_URI =
  /^tel:[\d+*#().-]+$|^sips?:(?:[\w\-.!~*'()&=+$,;?/]|%[0-9A-F]{2})+(?:@(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]))(?::\d{1,5})?(?:;[\w\-.!~*'()[\]/:&+$%=]+)*$/i;

/** `<sip:NUMBER@pbx.example>` is the number, anything else must be a URI by the grammar. */
function referView(text: string): View {
  const [, number] = /^<sip:([^@:;?<>]*)@pbx\.example>$/.exec(text) ?? [];
  if (number !== undefined) return { number: decoded(number) };
  const uri = /^<(.*)>$/s.exec(text)?.[1] ?? '';
  return SIP_URI.test(uri) ? { uri: decoded(uri) } : { malformed: text };
}

function headersView(headers: Seen['headers']): View {
  const { 'Refer-To': refer, ...others } = headers;
  return refer === undefined ? others : { ...others, 'Refer-To': referView(refer) };
}

/** The view with a URI where a number of the phone's own domain stands. @param toUri what the URI is of that number */
export function withUri(view: View, toUri: (number: string) => View): View {
  if (typeof view === 'string' || view === null) return view;
  if (isList(view)) return view.map((inner) => withUri(inner, toUri));
  const { number } = view;
  if (typeof number === 'string' && Object.keys(view).length === 1) return { uri: toUri(number) };
  return Object.fromEntries(Object.entries(view).map(([name, inner]) => [name, withUri(inner, toUri)]));
}

function bodyView({ contentType, body }: Seen): View {
  if (body === '') return null;
  if (body.startsWith('xml=')) return { xml: xmlView(body.slice('xml='.length)) };
  if (/xml/.test(contentType)) return xmlView(body);
  if (/x-buttons/.test(contentType)) return body.split('\r\n');
  if (/sipfrag/.test(contentType)) return queryView(body);
  return body;
}

/** What the phone is asked, as data. Two requests with equal views ask for the same. */
export function viewOf(seen: Seen): View {
  return {
    line: lineView(seen.line),
    headers: headersView(seen.headers),
    type: seen.contentType,
    body: bodyView(seen),
  };
}

/** The view with another value where the marker stands. */
export function withValue(view: View, marker: string, value: string): View {
  if (typeof view === 'string') return view.replaceAll(marker, () => value);
  if (view === null) return null;
  if (isList(view)) return view.map((inner) => withValue(inner, marker, value));
  const entries = Object.entries(view).map(([name, inner]) => [
    name.replaceAll(marker, () => value),
    withValue(inner, marker, value),
  ]);
  return Object.fromEntries(entries);
}

function isList(view: View): view is readonly View[] {
  return Array.isArray(view);
}
