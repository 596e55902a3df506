import type { CapabilityMap, DriverContext } from '@hookswitch/core';
import { hasSilentDocuments } from '../firmware.ts';
import type { SnomPhone } from '../phone.ts';
import { DOCUMENT_MEDIA_TYPE, emptyDocument, emptySilentDocument, openDocumentRequest } from '../wire/minibrowser.ts';
import { silentFetch, xmlNotify } from '../wire/snom-xml-notify.ts';
import { sendPage, sendSip } from './send.ts';

/** Publishes what the phone is made to fetch: the emptiest document that its firmware knows. */
async function publishNothing({ firmware }: SnomPhone, context: DriverContext): Promise<string> {
  const body = hasSilentDocuments(firmware) ? emptySilentDocument() : emptyDocument();
  const { url } = await context.documents.publish({ mediaType: DOCUMENT_MEDIA_TYPE, body, provesEventPath: true });
  return url;
}

/**
 * For phones without CSTA's FireTest: the minibrowser fetches an empty document from the gateway. It proves that the
 * phone reaches the gateway, not what its action URLs hold.
 */
export function verifyByPage(phone: SnomPhone): CapabilityMap['VERIFY_EVENTS'] {
  return {
    verifyEventPath: async (_command, context) =>
      sendPage(context, openDocumentRequest(await publishNothing(phone, context))),
  };
}

/** The same by NOTIFY: a silent document whose `fetch` is the gateway's address. */
export function verifyByNotify(phone: SnomPhone): CapabilityMap['VERIFY_EVENTS'] {
  return {
    verifyEventPath: async (_command, context) =>
      sendSip(context, xmlNotify(silentFetch(await publishNothing(phone, context)))),
  };
}
