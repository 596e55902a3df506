import {
  ACCEPTED,
  type DriverContext,
  type HttpReply,
  type HttpRequest,
  type Outcome,
  type SipRequest,
} from '@hookswitch/core';
import type { SnomPhone } from '../phone.ts';
import { type CstaMessage, cstaRequest } from '../wire/csta-envelope.ts';
import { type CstaReply, readCstaReply } from '../wire/csta-replies.ts';
import { readPageReply } from '../wire/page-reply.ts';
import { readSipReply } from '../wire/sip-reply.ts';
import { askUaCsta } from './uacsta.ts';

/** Sends a request to a page of the web interface and says what its reply means. */
export async function sendPage(
  context: DriverContext,
  request: HttpRequest,
  read: (reply: HttpReply) => Outcome = readPageReply,
): Promise<Outcome> {
  return read(await context.http.send(request));
}

/** Sends a NOTIFY or a MESSAGE and says what its response means. */
export async function sendSip(context: DriverContext, request: SipRequest): Promise<Outcome> {
  return readSipReply(await context.sip.send(request));
}

/** Asks by CSTA, over what the phone is asked by: HTTP or SIP. */
export async function askCsta(phone: SnomPhone, context: DriverContext, message: CstaMessage): Promise<CstaReply> {
  if (phone.cstaOver === 'SIP') return askUaCsta(context, message);
  const request = cstaRequest(message, {
    connectionIds: phone.connectionIds ?? 'NESTED',
    edition: phone.options.cstaNamespace,
  });
  return readCstaReply(await context.http.send(request), message);
}

/** Commands by CSTA: a response is the phone's word, no proof. */
export async function sendCsta(phone: SnomPhone, context: DriverContext, message: CstaMessage): Promise<Outcome> {
  const reply = await askCsta(phone, context, message);
  return 'outcome' in reply ? reply.outcome : ACCEPTED;
}
