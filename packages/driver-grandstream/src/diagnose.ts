import type { DriverContext, Finding } from '@hookswitch/core';
import type { GrandstreamOptions } from './options.ts';
import { readReply } from './wire/reply.ts';
import { LINES_REQUEST } from './wire/requests.ts';

const FIX =
  'Enable Action URI Support, put the gateway into the Action URI Allowed IP List, and set Remote Control Pop up Window Support to Disabled; then correct the password.';

/** Looks whether CTI commands get through. Reads only: what the phone asks of its user before it obeys cannot be seen so. */
export async function diagnose({ http }: DriverContext<GrandstreamOptions>): Promise<readonly Finding[]> {
  const reply = readReply(await http.send(LINES_REQUEST));
  if ('body' in reply) return [{ code: 'CTI_ON', severity: 'OK', message: 'The phone takes CTI commands.', fix: null }];
  const { refusal } = reply;
  const message =
    refusal.status === 'FAILED' ? refusal.failure.message : 'The phone does not answer as its guide has it.';
  return [{ code: 'CTI_REFUSED', severity: 'PROBLEM', message, fix: FIX }];
}
