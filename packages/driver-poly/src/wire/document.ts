import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** The most that a push may hold (Web Application Developer's Guide, page 25). */
const MAX_BYTES = 2048;

const parser = new XMLParser({ parseTagValue: false, ignoreAttributes: true, ignoreDeclaration: true });

/** Data with which a push does another command's work in the place of a page: dialling, keys, sounds. */
const ACTION = /<Data[^>]*>\s*(?:key|tel|softkey|play)\s*:/i;

/** A document that may be pushed with its type, or why it may not. */
export type Push = { readonly contentType: string } | { readonly objection: string };

/**
 * Looks whether a document may be pushed as it is. The type of a page is ASSUMED from public code: as
 * application/x-com-polycom-spipx, which URLs go by, the phone would run what is in it as an action.
 */
export function pushOf(document: string): Push {
  if (new TextEncoder().encode(document).length > MAX_BYTES)
    return { objection: `it has more than ${MAX_BYTES} bytes` };
  if (/<!DOCTYPE/i.test(document)) return { objection: 'it has a DOCTYPE' };
  const root = rootOf(document);
  if (typeof root === 'string') return { objection: root };
  if (ACTION.test(document))
    return { objection: 'it holds an action, as Key:, for which there is a command of its own' };
  return { contentType: 'URL' in root ? 'application/x-com-polycom-spipx' : 'application/xhtml+xml' };
}

function rootOf(document: string): object | string {
  try {
    const valid = XMLValidator.validate(document);
    if (valid !== true) return `it is not well-formed: ${valid.err.msg}`;
    const parsed: unknown = parser.parse(document);
    const root: unknown = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'PolycomIPPhone') : null;
    if (typeof root === 'object' && root !== null && ('Data' in root || 'URL' in root)) return root;
    return 'it must be a PolycomIPPhone with Data or URL';
  } catch (error) {
    return `it is not well-formed: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** A page with a heading and a text; at once, whatever the phone is doing. */
export function page(title: string, text: string): string {
  return `<PolycomIPPhone><Data priority="Critical"><h1>${escaped(title)}</h1><p>${escaped(text)}</p></Data></PolycomIPPhone>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
