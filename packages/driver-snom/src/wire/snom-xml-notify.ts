import type { SipRequest } from '@hookswitch/core';
import { encodeValue } from './encode.ts';
import { escapeXml } from './xml.ts';

/**
 * A minibrowser document in a NOTIFY. Snom's minibrowser documentation shows `Event: xml` and this
 * `Subscription-State`; its page "Via SIP NOTIFY" (10.1.82.0 and later) shows the request without `Event`.
 */
export function xmlNotify(document: string): SipRequest {
  return {
    method: 'NOTIFY',
    headers: { Event: 'xml', 'Subscription-State': 'active;expires=30000' },
    contentType: 'application/snomxml',
    body: document,
  };
}

/** What a phone does at once on a fragment, without showing anything. */
export type Fragment = `key=${string}` | `numberdial=${string}`;

/** Presses one key. */
export function keyFragment(key: string): Fragment {
  return `key=${encodeValue(key)}`;
}

/** Dials, or gives the number to a transfer that was begun. */
export function dialFragment(to: string): Fragment {
  return `numberdial=${encodeValue(to, '@:+*')}`;
}

/** The document that carries a fragment, as client code that was tried on a D862 sends it. */
export function silentDocument(fragment: Fragment): string {
  return silentFetch(`snom://mb_nop#${fragment}`);
}

/** The document that makes the phone go to an address without showing anything by itself. */
export function silentFetch(url: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><SnomIPPhoneSilent state="relevant" document_id="phone_control"><fetch mil="10">${escapeXml(url)}</fetch></SnomIPPhoneSilent>`;
}
