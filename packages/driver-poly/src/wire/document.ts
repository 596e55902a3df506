import { escapeXml, isRecord } from '@hookswitch/core';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { elementsIn } from './xml.ts';

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
  const valid = XMLValidator.validate(document);
  if (valid !== true) return { objection: `it is not well-formed: ${valid.err.msg}` };
  const root = elementsIn(document, parser)['PolycomIPPhone'];
  if (!isRecord(root) || !('Data' in root || 'URL' in root))
    return { objection: 'it must be a PolycomIPPhone with Data or URL' };
  if (ACTION.test(document))
    return { objection: 'it holds an action, as Key:, for which there is a command of its own' };
  return { contentType: 'URL' in root ? 'application/x-com-polycom-spipx' : 'application/xhtml+xml' };
}

/** A page with a heading and a text; at once, whatever the phone is doing. */
export function page(title: string, text: string): string {
  const [heading, words] = [title, text].map(escapeXml);
  return `<PolycomIPPhone><Data priority="Critical"><h1>${heading}</h1><p>${words}</p></Data></PolycomIPPhone>`;
}
