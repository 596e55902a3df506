import { type CapabilityMap, type DriverContext, failed, notHere, type Outcome, phoneRejected } from '@hookswitch/core';
import { fkeyIndexOf } from '../keys.ts';
import type { SnomPhone } from '../phone.ts';
import { fixLineInfoLayerRequest } from '../wire/command-htm.ts';
import { xmlPush } from '../wire/csta-requests.ts';
import { hasControlCharacters } from '../wire/encode.ts';
import { minibrowserLed } from '../wire/led.ts';
import { DOCUMENT_MEDIA_TYPE, ledDocument, messageDocument, openDocumentRequest } from '../wire/minibrowser.ts';
import { unreadable } from '../wire/page-reply.ts';
import { screenRequest } from '../wire/pages.ts';
import { xmlNotify } from '../wire/snom-xml-notify.ts';
import { parseXml, withoutIllegalXml } from '../wire/xml.ts';
import { refuse } from './arguments.ts';
import { sendCsta, sendPage, sendSip } from './send.ts';
import { isDone } from './steps.ts';

/** Brings a document to the display. */
type Show = (document: string, context: DriverContext) => Promise<Outcome>;

const openByPage: Show = async (document, context) => {
  const { url } = await context.documents.publish({ mediaType: DOCUMENT_MEDIA_TYPE, body: document });
  return sendPage(context, openDocumentRequest(url));
};

function display(show: Show): CapabilityMap['DISPLAY'] {
  return {
    async pushXml({ document }, context) {
      if (withoutIllegalXml(document) !== document) return refuse('document', 'It holds what XML does not allow.');
      if (parseXml(document) !== null) return show(document, context);
      return refuse('document', 'It must be one well-formed XML document without a DOCTYPE.');
    },
    async showMessage({ title, text, timeoutSeconds, beep }, context) {
      if (beep === true) return refuse('beep', "Snom's text page cannot beep: leave it out, or play a ring tone.");
      if (timeoutSeconds !== undefined && (!Number.isFinite(timeoutSeconds) || timeoutSeconds <= 0)) {
        return refuse('timeoutSeconds', 'More than 0; left out, the message stays until somebody presses a key.');
      }
      // Line breaks have an element of their own; in a title there is none.
      if (hasControlCharacters(title)) return refuse('title', 'No line breaks or other control characters.');
      if (hasControlCharacters(text.replace(/[\r\n\t]/g, ''))) return refuse('text', 'No control characters.');
      return show(messageDocument({ title, text, timeoutSeconds }), context);
    },
  };
}

/** Documents carried in the command itself: CSTA XmlPush. */
export function displayByCsta(phone: SnomPhone): CapabilityMap['DISPLAY'] {
  return display((document, context) => sendCsta(phone, context, xmlPush(document, phone.options.xmlPushForm)));
}

/** Documents that the phone fetches from the gateway when its minibrowser is opened. */
export function displayByPage(): CapabilityMap['DISPLAY'] {
  return display(openByPage);
}

/** Documents carried in a NOTIFY. */
export function displayByNotify(): CapabilityMap['DISPLAY'] {
  return display((document, context) => sendSip(context, xmlNotify(document)));
}

/** Lights by `<Led>` in a document that closes at once. Nothing but the light: no label, no action. */
export function ledByPage(phone: SnomPhone): CapabilityMap['LED'] {
  return {
    async setLed({ key, light, color, label, onPress }, context) {
      const { ledOffset } = phone.model;
      if (ledOffset === null) return notHere('The numbers of the LEDs are not known: set the option ledOffset.');
      const fkey = fkeyIndexOf(key, phone);
      if (key !== 'MESSAGE' && 'refused' in fkey) return refuse('key', fkey.refused);
      if (label !== undefined || onPress !== undefined) {
        return notHere('The minibrowser sets a light only; configureKey sets a label and what a press does.');
      }
      const led = minibrowserLed('refused' in fkey ? 0 : fkey.index + ledOffset, light, color);
      if (led === null) return refuse('color', 'The LEDs are red, green and orange.');
      return openByPage(ledDocument(led), context);
    },
  };
}

/** The display as a picture; on 820 and 821 the line info layer is fixed first. */
export function screenByPage(phone: SnomPhone): CapabilityMap['SCREEN'] {
  return {
    async screen(context) {
      if (phone.model.lineInfoLayer === true) {
        const fixed = await sendPage(context, fixLineInfoLayerRequest());
        if (!isDone(fixed)) return fixed;
      }
      const reply = await context.http.send(screenRequest());
      const refusal = unreadable(reply);
      if (refusal !== null) return refusal;
      const mediaType = mediaTypeOf(reply.bytes);
      if (mediaType === null) {
        return failed(
          phoneRejected('The phone answered with something that is no picture.', { phoneStatus: reply.status }),
        );
      }
      return { status: 'ACCEPTED', value: { mediaType, bytes: reply.bytes } };
    },
  };
}

const pictures: readonly (readonly [mediaType: string, start: readonly number[]])[] = [
  ['image/bmp', [0x42, 0x4d]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
];

function mediaTypeOf(bytes: Uint8Array): string | null {
  return pictures.find(([, start]) => start.every((byte, place) => bytes[place] === byte))?.[0] ?? null;
}
