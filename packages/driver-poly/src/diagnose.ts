import type { DriverContext, Finding } from '@hookswitch/core';
import { SWITCHES, URL_SETTING } from './notifications.table.ts';
import type { PolyOptions } from './options.ts';
import { settingsOf } from './settings.ts';
import { readReply } from './wire/reply.ts';
import { DEVICE_REQUEST, readSettingsRequest } from './wire/requests.ts';

const ok = (code: string, message: string): Finding => ({ code, severity: 'OK', message, fix: null });

/** Looks whether the REST API lets the gateway in, and whether the phone posts its notifications. Reads only. */
export async function diagnose({ http }: DriverContext<PolyOptions>): Promise<readonly Finding[]> {
  const device = readReply(await http.send(DEVICE_REQUEST));
  if ('refusal' in device) {
    const { refusal } = device;
    const why =
      refusal.status === 'FAILED' ? refusal.failure.message : 'The phone does not answer as its REST API does.';
    const fix = 'Set apps.restapi.enabled to 1, and a password that is not the default one.';
    return [{ code: 'REST_API_REFUSED', severity: 'PROBLEM', message: why, fix }];
  }
  const names = [URL_SETTING, ...Object.keys(SWITCHES)];
  const reply = readReply(await http.send(readSettingsRequest(names)));
  const told = 'data' in reply ? settingsOf(reply.data, names) : [];
  const off = names.filter((name) =>
    ['', '0', undefined].includes(told.find((one) => one.name === name)?.value ?? undefined),
  );
  const rest = ok('REST_API_ON', 'The REST API answers.');
  if (off.length === 0) return [rest, ok('NOTIFICATIONS_ON', 'The phone posts its notifications.')];
  const message = `The phone does not post all of its notifications: ${off.join(', ')}.`;
  const fix = 'Give configureActionUrls, or set them in the phone’s configuration file.';
  return [rest, { code: 'NOTIFICATIONS_OFF', severity: 'NOTICE', message, fix }];
}
