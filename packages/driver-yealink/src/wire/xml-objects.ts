import { escapeXml, utf8Length } from './encoding.ts';

/** The most bytes that an XML object may have (XML browser developer's guide). */
export const MAX_XML_BYTES = 10_000;

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';

/** A text with a title on the phone's display. */
export interface TextScreen {
  readonly title: string;
  readonly text: string;
  /** Seconds; left out: the phone's own default. */
  readonly timeoutSeconds?: number | undefined;
  readonly beep: boolean;
}

/** `<YealinkIPPhoneTextScreen>`. */
export function textScreen(screen: TextScreen): string {
  const timeout = screen.timeoutSeconds === undefined ? '' : ` Timeout="${screen.timeoutSeconds}"`;
  const content = `<Title>${escapeXml(screen.title)}</Title><Text>${escapeXml(screen.text)}</Text>`;
  return `${DECLARATION}<YealinkIPPhoneTextScreen Beep="${screen.beep ? 'yes' : 'no'}"${timeout}>${content}</YealinkIPPhoneTextScreen>`;
}

/** `<YealinkIPPhoneExecute>`: URIs such as `Led:LINE1_RED=on` and `Dial:101`, run in order, without a beep. */
export function execute(uris: readonly string[]): string {
  const items = uris.map((uri) => `<ExecuteItem URI="${escapeXml(uri)}"/>`).join('');
  return `${DECLARATION}<YealinkIPPhoneExecute Beep="no">${items}</YealinkIPPhoneExecute>`;
}

/** A line of the phone's configuration. */
export interface ConfigurationItem {
  readonly name: string;
  readonly value: string;
}

const item = ({ name, value }: ConfigurationItem): string => `<Item>${escapeXml(`${name} = ${value}`)}</Item>`;

const configuration = (items: readonly string[]): string =>
  `${DECLARATION}<YealinkIPPhoneConfiguration Beep="no">${items.join('')}</YealinkIPPhoneConfiguration>`;

/**
 * `<YealinkIPPhoneConfiguration>`: as many documents as it takes to keep each within {@link MAX_XML_BYTES}, in order.
 * One item alone that is longer makes a document of its own: see {@link fits}.
 */
export function configurations(items: readonly ConfigurationItem[]): readonly string[] {
  const documents: string[][] = [];
  let room = 0;
  for (const text of items.map(item)) {
    const size = utf8Length(text);
    const open = documents.at(-1);
    if (open === undefined || size > room) {
      documents.push([text]);
      room = MAX_XML_BYTES - utf8Length(configuration([text]));
    } else {
      open.push(text);
      room -= size;
    }
  }
  return documents.map(configuration);
}

/** Whether a document is short enough for the phone. */
export function fits(document: string): boolean {
  return utf8Length(document) <= MAX_XML_BYTES;
}
