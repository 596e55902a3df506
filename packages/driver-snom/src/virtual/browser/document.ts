import { firmwareAtLeast } from '../firmware.ts';
import { child, childText, parseXml, type XmlElement } from '../xml.ts';

/** A `<Led>`: its number as in the document, state and colour in lower case. */
export interface BrowserLed {
  readonly number: number;
  readonly state: string;
  readonly color: string | undefined;
}

/** Something that a key leads to: a `SoftKeyItem` or a `MenuItem`. */
export interface BrowserLink {
  /** The key (`F1`, `*`, `ENTER`) of a soft key; empty for an item of a menu. */
  readonly key: string;
  readonly label: string;
  readonly url: string;
}

/** A document of the minibrowser. */
export interface BrowserDocument {
  /** The root without `SnomIPPhone` or `IPPhone`, in lower case: `text`, `menu`, `directory`, `input`, `imagefile`, `silent` … */
  readonly kind: string;
  readonly title: string;
  /** What stands on the screen below the title. */
  readonly lines: readonly string[];
  /** Which keys go past it to the phone: `only_mb` none, `relevant` those it has no use for, `others_except_mb` likewise. */
  readonly state: string;
  readonly documentId: string;
  readonly leds: readonly BrowserLed[];
  readonly fetch: { readonly afterMs: number; readonly url: string } | undefined;
  readonly softKeys: readonly BrowserLink[];
  readonly menu: readonly BrowserLink[];
}

const ROOT = /^(?:snom)?ipphone(\w+)$/;
/** Since when the root may do without `Snom`, and since when there are silent documents (Snom, "Via SIP NOTIFY"). */
const SHORT_ROOT_SINCE = '10.1';
const SILENT_SINCE = '10.1.82.0';

/**
 * Reads a document. Names of tags are read in any case. `undefined` if it is not well-formed or no document that this
 * firmware knows.
 */
export const parseBrowserDocument = (xml: string, firmware: string): BrowserDocument | undefined => {
  const root = parseXml(xml.replace(/<br\s*\/?>/gi, '\n'), true);
  const kind = ROOT.exec(root?.name ?? '')?.[1];
  if (root === undefined || kind === undefined) return undefined;
  if (!root.name.startsWith('snom') && !firmwareAtLeast(firmware, SHORT_ROOT_SINCE)) return undefined;
  if (kind === 'silent' && !firmwareAtLeast(firmware, SILENT_SINCE)) return undefined;
  const menu = all(root, 'menuitem').map(linkOf);
  const entries = all(root, 'directoryentry').map(
    (entry) => `${childText(entry, 'name')} ${childText(entry, 'telephone')}`,
  );
  const text = childText(root, 'text');
  return {
    kind,
    title: childText(root, 'title') || (root.attributes['title'] ?? ''),
    lines: [
      ...(text === '' ? [] : text.split('\n').map((line) => line.trim())),
      ...menu.map(({ label }) => label),
      ...entries,
    ],
    state: (root.attributes['state'] ?? 'only_mb').toLowerCase(),
    documentId: root.attributes['document_id'] ?? '',
    leds: all(root, 'led').map(ledOf),
    fetch: fetchOf(child(root, 'fetch')),
    softKeys: all(root, 'softkeyitem').map(linkOf),
    menu,
  };
};

const all = (element: XmlElement, name: string): readonly XmlElement[] =>
  element.children.flatMap((inner) => (inner.name === name ? [inner] : all(inner, name)));

const ledOf = ({ attributes, text }: XmlElement): BrowserLed => ({
  number: Number(attributes['number']),
  state: text.toLowerCase(),
  color: attributes['color']?.toLowerCase(),
});

const linkOf = (item: XmlElement): BrowserLink => ({
  key: item.name === 'softkeyitem' ? childText(item, 'name').toUpperCase() : '',
  label: childText(item, 'label') || item.attributes['name'] || childText(item, 'name'),
  url: childText(item, 'url') || softKeyUrl(childText(item, 'softkey')),
});

/** `<SoftKey>F_DND</SoftKey>` does a key event of the phone. */
const softKeyUrl = (keyEvent: string): string => (keyEvent === '' ? '' : `snom://mb_nop#key=${keyEvent}`);

const fetchOf = (element: XmlElement | undefined): BrowserDocument['fetch'] => {
  if (element === undefined || element.text === '') return undefined;
  return { afterMs: Number(element.attributes['mil']) || 0, url: element.text };
};
