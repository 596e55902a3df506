import { ACCEPTED, type DriverContext, type HttpReply, type HttpRequest, type Outcome } from '@hookswitch/core';
import type { SnomPhone } from '../phone.ts';
import { type CstaMessage, cstaRequest } from '../wire/csta-envelope.ts';
import { type CstaReply, readCstaReply } from '../wire/csta-replies.ts';
import { readPageReply } from '../wire/page-reply.ts';

/** Sends a request to a page of the web interface and says what its reply means. */
export async function sendPage(
  context: DriverContext,
  request: HttpRequest,
  read: (reply: HttpReply) => Outcome = readPageReply,
): Promise<Outcome> {
  return read(await context.http.send(request));
}

/** Asks by CSTA. */
export async function askCsta(phone: SnomPhone, context: DriverContext, message: CstaMessage): Promise<CstaReply> {
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
