import { type DriverContext, type Finding, type HttpReply, type HttpRequest, TransportError } from '@hookswitch/core';
import { accountsIn } from './capabilities/device.ts';
import { askCsta } from './capabilities/send.ts';
import { readByCsta } from './capabilities/settings.ts';
import { isDone } from './capabilities/steps.ts';
import { accessFindings, SWITCH_NAMES, switchFindings } from './diagnose-findings.ts';
import { sipFindings } from './diagnose-sip.ts';
import { isAtLeast, parseFirmware } from './firmware.ts';
import type { SnomOptions } from './options.ts';
import { type SnomPhone, snomPhone, takesCsta } from './phone.ts';
import { devicesIn } from './wire/csta-replies.ts';
import { getSwitchingFunctionDevices, requestSystemStatus } from './wire/csta-requests.ts';
import { deviceIn } from './wire/info-htm.ts';
import { titleOf } from './wire/page-reply.ts';
import { infoRequest, settingsPageRequest } from './wire/pages.ts';
import { readSettingsPage } from './wire/settings-page.ts';
import { find } from './wire/xml.ts';

/** Looks for what silently blocks control, with reading requests only. */
export async function diagnose(context: DriverContext<SnomOptions>): Promise<readonly Finding[]> {
  const phone = snomPhone(context.phone);
  if (!context.phone.reachableBy.http) {
    const severity = phone.sip ? 'NOTICE' : 'PROBLEM';
    return [
      finding('NO_HTTP_ADDRESS', severity, 'The phone has no HTTP address.', 'Give it one with updatePhone.'),
      ...(await sipFindings(phone, context, '')),
    ];
  }
  const info = await ask(context, infoRequest());
  if ('code' in info) return [info, ...(await sipFindings(phone, context, ''))];
  const blocked = blockedBy(info);
  if (blocked !== null) return [blocked, ...(await sipFindings(phone, context, ''))];
  const series = seriesFinding(phone, info);
  const page = await ask(context, settingsPageRequest());
  const text = 'code' in page || page.status !== 200 ? '' : page.text;
  const switches = readSettingsPage(text, SWITCH_NAMES);
  return [
    ...(series === null ? [] : [series]),
    ...differences(context, info),
    ...accessFindings(info, switches),
    ...(phone.pages ? switchFindings(switches, phone.options) : []),
    ...(await cstaFindings(phone, context)),
    ...(await sipFindings(phone, context, text)),
  ];
}

/** The reply, or the finding that there is none. */
async function ask(context: DriverContext<SnomOptions>, request: HttpRequest): Promise<HttpReply | Finding> {
  try {
    return await context.http.send(request);
  } catch (error) {
    if (!TransportError.is(error)) throw error;
    const { outcome } = error;
    const code = outcome.status === 'FAILED' ? outcome.failure.code : 'PHONE_UNREACHABLE';
    return finding(code, 'PROBLEM', error.message, 'Correct the address or the credentials with updatePhone.');
  }
}

function blockedBy({ status, headers }: HttpReply): Finding | null {
  if (status >= 300 && status < 400) {
    const https = /^https:/i.test(headers['location'] ?? '');
    return https
      ? finding(
          'HTTPS_ONLY',
          'PROBLEM',
          `The phone takes HTTPS only (${status}).`,
          'Give it an address with https://, or set webserver_type to http_https.',
        )
      : finding(
          'REDIRECTED',
          'PROBLEM',
          `The phone sends requests elsewhere (${status}).`,
          'Give it the address that it redirects to.',
        );
  }
  if (status !== 401 && status !== 403) return null;
  return finding(
    'PHONE_UNAUTHORIZED',
    'PROBLEM',
    `The phone refuses (${status}), as it does with wrong credentials and for a while after several wrong ones.`,
    'Correct user name and password with updatePhone, and wait some minutes.',
  );
}

function seriesFinding({ pages, model, keysByNotify }: SnomPhone, { text, status }: HttpReply): Finding | null {
  const phoneManager = /^phone manager$/i.test(titleOf(text));
  if (pages && !phoneManager && status !== 404) return null;
  const who = model.model === '' ? 'This phone' : `The ${model.model}`;
  return finding(
    'NO_REMOTE_CONTROL',
    keysByNotify ? 'NOTICE' : 'PROBLEM',
    `${who} has no remote control over HTTP: Snom's page excludes the D8xx series. ${keysByNotify ? 'It is controlled by SIP.' : 'Its action URLs are offered all the same.'}`,
    keysByNotify
      ? 'If it does obey command.htm, set the option remoteControl to on.'
      : 'Give it a SIP URI where it is a D8xx; if it does obey command.htm, set the option remoteControl to on.',
  );
}

/** What the phone tells of itself and the gateway has otherwise: from it follow keys, spellings and CSTA's dialect. */
function differences({ phone }: DriverContext<SnomOptions>, { text }: HttpReply): readonly Finding[] {
  const told = deviceIn(text);
  const version = parseFirmware(phone.firmware)?.join('.') ?? null;
  if (told.firmware === null || told.firmware === version) return [];
  const known = version === null ? 'the gateway does not know that' : `the gateway has ${version}`;
  return [
    finding(
      'FIRMWARE_DIFFERS',
      'PROBLEM',
      `The phone runs ${told.firmware}, ${known}.`,
      `Set the firmware to ${told.firmware} with updatePhone.`,
    ),
  ];
}

async function cstaFindings(phone: SnomPhone, context: DriverContext<SnomOptions>): Promise<readonly Finding[]> {
  const absent = cstaAbsence(phone);
  if (absent !== null) return [absent];
  if (!takesCsta('RequestSystemStatus')(phone)) return [];
  try {
    const status = await askCsta(phone, context, requestSystemStatus());
    if ('outcome' in status) {
      const why = 'reason' in status.outcome ? status.outcome.reason : 'The phone refused.';
      return [
        finding(
          'CSTA_OFF',
          'PROBLEM',
          `CSTA does not answer. ${why}`,
          'Set csta_control to on. Until then keys are used.',
        ),
      ];
    }
    const word = find(status.response, 'systemStatus')?.text || 'no status';
    const ok = finding('CSTA_READY', 'OK', `CSTA answers: ${word}.`);
    return [ok, ...(await deviceFindings(phone, context))];
  } catch (error) {
    if (!TransportError.is(error)) throw error;
    return [
      finding(
        'CSTA_OFF',
        'PROBLEM',
        `CSTA does not answer. ${error.message}`,
        'Set csta_control to on. Until then keys are used.',
      ),
    ];
  }
}

function cstaAbsence({ connectionIds, firmware, model, pages }: SnomPhone): Finding | null {
  if (connectionIds !== null || !pages) return null;
  if (firmware !== null && isAtLeast(firmware, '8.7') && !isAtLeast(firmware, '8.7.3')) {
    return finding(
      'CSTA_BROKEN',
      'NOTICE',
      'CSTA over HTTP is broken in firmware 8.7.0 to 8.7.2.',
      'Upgrade to 8.7.3 or later. Until then keys are used.',
    );
  }
  if (firmware !== null || model.family === 'LEGACY') return null;
  return finding(
    'FIRMWARE_UNKNOWN',
    'NOTICE',
    "Without the firmware CSTA's dialect is not known, so it is not used.",
    'Set the firmware with updatePhone.',
  );
}

async function deviceFindings(phone: SnomPhone, context: DriverContext<SnomOptions>): Promise<readonly Finding[]> {
  if (phone.options.accounts.length === 0) return [];
  const told = await identities(phone, context);
  const foreign = phone.options.accounts.filter((account) => !told.includes(account));
  if (told.length === 0 || foreign.length === 0) return [];
  return [
    finding(
      'ACCOUNTS_DIFFER',
      'PROBLEM',
      `The phone does not have ${foreign.join(', ')}, but ${told.join(', ')}.`,
      'Correct the option accounts with updatePhone.',
    ),
  ];
}

/** The phone's devices; where it names none, which ECMA-323 leaves to a later message, those of its settings. */
async function identities(phone: SnomPhone, context: DriverContext<SnomOptions>): Promise<readonly string[]> {
  const reply = await askCsta(phone, context, getSwitchingFunctionDevices());
  const devices = 'outcome' in reply ? [] : devicesIn(reply.response);
  if (devices.length > 0) return devices.map((device) => device.replace(/^sips?:/, ''));
  const read = await readByCsta(phone, context);
  return isDone(read) ? accountsIn(read.value).map(({ user, host }) => `${user}@${host}`) : [];
}

function finding(code: string, severity: Finding['severity'], ...[message, fix]: readonly [string, string?]): Finding {
  return { code, severity, message, fix: fix ?? null };
}
