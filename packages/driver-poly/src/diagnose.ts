import type { DriverContext, Finding } from '@hookswitch/core';
import { SWITCHES, URL_SETTING } from './notifications.table.ts';
import type { PolyOptions } from './options.ts';
import { settings } from './settings.ts';
import { ask } from './wire/reply.ts';
import { DEVICE_REQUEST } from './wire/requests.ts';

const NAMES: readonly string[] = [URL_SETTING, ...Object.keys(SWITCHES)];
const REST_FIX = 'Set apps.restapi.enabled to 1, and a password that is not the default one.';
const POST_FIX = 'Give configureActionUrls, or set them in the phone’s configuration file.';

const ok = (code: string, message: string): Finding => ({ code, severity: 'OK', message, fix: null });

/** Looks whether the REST API lets the gateway in, and whether the phone posts its notifications. Reads only. */
export async function diagnose(context: DriverContext<PolyOptions>): Promise<readonly Finding[]> {
  const device = await ask(context, DEVICE_REQUEST);
  if (!('value' in device)) {
    const why = device.status === 'FAILED' ? device.failure.message : 'The phone does not answer as its REST API does.';
    return [{ code: 'REST_API_REFUSED', severity: 'PROBLEM', message: why, fix: REST_FIX }];
  }
  const told = await settings(NAMES, context);
  const on = 'value' in told ? told.value.filter(({ value }) => value !== '' && value !== '0') : [];
  const off = NAMES.filter((wanted) => !on.some(({ name }) => name === wanted));
  const rest = ok('REST_API_ON', 'The REST API answers.');
  if (off.length === 0) return [rest, ok('NOTIFICATIONS_ON', 'The phone posts its notifications.')];
  const message = `The phone does not post all of its notifications: ${off.join(', ')}.`;
  return [rest, { code: 'NOTIFICATIONS_OFF', severity: 'NOTICE', message, fix: POST_FIX }];
}
