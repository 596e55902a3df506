import type { DriverContext, Finding } from '@hookswitch/core';
import type { GrandstreamOptions } from './options.ts';
import { ask } from './wire/reply.ts';
import { LINES_REQUEST } from './wire/requests.ts';

const FIX =
  'Enable Action URI Support, put the gateway into the Action URI Allowed IP List, and set Remote Control Pop up Window Support to Disabled; then correct the password.';

/** Looks whether CTI commands get through. Reads only: what the phone asks of its user before it obeys cannot be seen so. */
export async function diagnose(context: DriverContext<GrandstreamOptions>): Promise<readonly Finding[]> {
  const reply = await ask(context, LINES_REQUEST);
  if ('value' in reply)
    return [{ code: 'CTI_ON', severity: 'OK', message: 'The phone takes CTI commands.', fix: null }];
  const message = reply.status === 'FAILED' ? reply.failure.message : 'The phone does not answer as its guide has it.';
  return [{ code: 'CTI_REFUSED', severity: 'PROBLEM', message, fix: FIX }];
}
