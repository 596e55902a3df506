import type { DriverContext, Finding } from '@hookswitch/core';
import type { AcmeOptions } from './options.ts';
import { SCREEN_REQUEST } from './wire/requests.ts';

/** Looks whether the phone lets the gateway in. Reads only. */
export async function diagnose({ http }: DriverContext<AcmeOptions>): Promise<readonly Finding[]> {
  const { status } = await http.send(SCREEN_REQUEST);
  if (status === 200) return [{ code: 'ANSWERS', severity: 'OK', message: 'The phone answers.', fix: null }];
  const message = `The phone answers ${status}.`;
  return [{ code: 'REFUSES', severity: 'PROBLEM', message, fix: 'Correct user and password of its web interface.' }];
}
