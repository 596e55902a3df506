import { ACCEPTED, type DriverContext, type HttpRequest, type Outcome } from '@hookswitch/core';
import { readReply } from './wire/reply.ts';

/** Gives one command. */
export async function tell({ http }: DriverContext, request: HttpRequest): Promise<Outcome> {
  const reply = readReply(await http.send(request));
  return 'refusal' in reply ? reply.refusal : ACCEPTED;
}
