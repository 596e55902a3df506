import type { HttpRequest } from '@hookswitch/core';
import { encodeValue } from './encode.ts';
import { escapeXml, withoutIllegalXml } from './xml.ts';

/** The media type under which phones fetch a document. */
export const DOCUMENT_MEDIA_TYPE = 'text/xml; charset=utf-8';

/**
 * Makes the phone fetch a document and show it. On this page alone a kept connection stalls the reply for 8 seconds,
 * while elsewhere the phone gives an empty reply without one (client code for D3xx and D7xx).
 */
export function openDocumentRequest(url: string): HttpRequest {
  return { method: 'GET', target: `/minibrowser.htm?url=${encodeValue(url)}`, connection: 'close' };
}

/** What a message on the display says. */
export interface ScreenMessage {
  readonly title: string;
  readonly text: string;
  /** After how long it goes away by itself; left out: it stays until somebody presses a key. */
  readonly timeoutSeconds?: number | undefined;
}

/** A message as SnomIPPhoneText; line breaks become `<br/>`. */
export function messageDocument({ title, text, timeoutSeconds }: ScreenMessage): string {
  const lines = text.split(/\r\n|\r|\n/).map(clean);
  const leave = timeoutSeconds === undefined ? '' : leaveAfter(timeoutSeconds * 1_000);
  return `<?xml version="1.0" encoding="UTF-8"?><SnomIPPhoneText><Title>${clean(title)}</Title><Text>${lines.join('<br/>')}</Text>${leave}</SnomIPPhoneText>`;
}

/** A light in the minibrowser's words. */
export interface MinibrowserLed {
  /** 0: the message light. */
  readonly number: number;
  readonly color: string;
  readonly value: string;
}

/** A document that sets a light and closes at once. */
export function ledDocument({ number, color, value }: MinibrowserLed): string {
  return `<?xml version="1.0" encoding="UTF-8"?><SnomIPPhoneText><Title></Title><Text></Text><Led number="${number}" color="${color}">${value}</Led>${leaveAfter(1)}</SnomIPPhoneText>`;
}

/** Takes nothing off the display and puts nothing on it: firmware 10.1.82 and later (Snom, "Via SIP NOTIFY"). */
export function emptySilentDocument(): string {
  return '<?xml version="1.0" encoding="UTF-8"?><SnomIPPhoneSilent document_id="event_path"></SnomIPPhoneSilent>';
}

/** The nearest to nothing that older firmware has: an empty page that is left at once. */
export function emptyDocument(): string {
  return `<?xml version="1.0" encoding="UTF-8"?><SnomIPPhoneText><Title></Title><Text></Text>${leaveAfter(1)}</SnomIPPhoneText>`;
}

function leaveAfter(milliseconds: number): string {
  return `<fetch mil="${milliseconds}">snom://mb_exit</fetch>`;
}

function clean(text: string): string {
  return escapeXml(withoutIllegalXml(text));
}
