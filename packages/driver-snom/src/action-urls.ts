import {
  type ActionUrlReport,
  type ActionUrlSetting,
  type ActionUrls,
  type CallEndReason,
  type CallFacts,
  type EventVariable,
  type ParsedReport,
  type PhoneEvent,
  type PhoneProfile,
  parseParty,
  splitRawQuery,
  UNKNOWN_PARTY,
} from '@hookswitch/core';
import {
  ACTION_URL_ROWS,
  type ActionUrlMeaning,
  type ActionUrlPresence,
  type ActionUrlRow,
} from './action-urls.table.ts';
import { isAtLeast, parseFirmware } from './firmware.ts';
import { phoneKeyOf } from './keys.ts';
import { modelName } from './models.ts';
import type { SnomOptions } from './options.ts';
import { type SnomPhone, snomPhone } from './phone.ts';
import { isSecretSetting } from './settings.ts';
import { formatMac } from './wire/info-htm.ts';

/** Snom's action URLs. How long one may be is documented nowhere. */
export const actionUrls: ActionUrls<SnomOptions> = { maxUrlLength: null, settingsFor, parse };

function settingsFor(profile: PhoneProfile<SnomOptions>): readonly ActionUrlSetting[] {
  const phone = snomPhone(profile);
  return ACTION_URL_ROWS.filter(({ presence }) => isPresent(presence, phone)).map(
    ({ setting, path, variables, presence }) => ({
      setting,
      path,
      query: variables.map((name) => `${name}=$${name}`).join('&'),
      ...(presence === 'FIRE_TEST' ? { testOnly: true } : {}),
    }),
  );
}

function isPresent(presence: ActionUrlPresence, { model, firmware, options, connectionIds }: SnomPhone): boolean {
  const { family } = model;
  switch (presence) {
    case 'ALL':
      return true;
    case 'NOT_190':
      return model.model !== '190';
    case 'NOT_LEGACY':
      return family !== 'LEGACY';
    case 'FROM_8_9':
      return firmware === null ? family.startsWith('D') : isAtLeast(firmware, '8.9');
    case 'SCREENING':
      return options.blacklistScreening && (firmware === null || isAtLeast(firmware, '8.9.3.70'));
    case 'VISION':
      return family === '7XX';
    case 'FIRE_TEST':
      return connectionIds !== null && (firmware === null || isAtLeast(firmware, '8.7.3'));
  }
}

function parse(report: ActionUrlReport): ParsedReport | null {
  const row = ACTION_URL_ROWS.find(({ path }) => path === report.path);
  if (row === undefined) return null;
  const sent = splitRawQuery(report.rawQuery, row.variables);
  const variables = sent.filter(({ name }) => !isSecretSetting(name));
  const value = valuesOf(variables);
  const type = value('phone_type');
  return {
    event: eventOf(row.meaning, value),
    vendorEvent: row.setting,
    variables,
    device: {
      mac: formatMac(value('mac') ?? ''),
      model: type === null ? null : modelName(type),
      firmware: parseFirmware(value('firmware_version'))?.join('.') ?? null,
    },
    ongoingCalls: countOf(value('nr_ongoing_calls')),
    ...screeningOf(row),
  };
}

/** "200 ⇒ call silently rejected, error ⇒ rings". */
function screeningOf({ presence }: ActionUrlRow): Pick<ParsedReport, 'screening'> {
  return presence === 'SCREENING' ? { screening: { allowStatus: 404, rejectStatus: 200 } } : {};
}

/** A variable's value; null where it is missing, empty, or a placeholder that the phone left as it was. */
type ValueOf = (name: string) => string | null;

/** The first of each name counts: a caller's display name, which comes last, cannot bring another. */
function valuesOf(variables: readonly EventVariable[]): ValueOf {
  return (name) => {
    const value = variables.find((variable) => variable.name === name)?.value.trim() ?? '';
    return value === '' || value === `$${name}` ? null : value;
  };
}

function eventOf(meaning: ActionUrlMeaning, value: ValueOf): PhoneEvent {
  switch (meaning.type) {
    case 'CALL':
      return {
        type: 'CALL',
        callEventKind: meaning.kind,
        callState: meaning.state,
        call: { ...callFacts(value, meaning.direction), ...whyEnded(value('cancel_reason')) },
      };
    case 'FEATURE':
      return { type: 'FEATURE', feature: meaning.feature, enabled: meaning.enabled, target: null };
    case 'REGISTRATION':
      return {
        type: 'REGISTRATION',
        registrationState: meaning.state,
        accountUri: accountUri(value('context_url') ?? value('active_url')),
      };
    case 'USER':
      return { type: 'USER', userEventKind: meaning.kind, key: phoneKeyOf(value('longpress_key') ?? '') };
    case 'DEVICE':
      return { type: 'DEVICE', deviceEventKind: meaning.kind };
    case 'OTHER':
      return { type: 'OTHER' };
  }
}

/** The ids that tell calls apart: `$csta_id`, which CSTA takes, and `$call-id`, the SIP Call-ID. */
function callFacts(value: ValueOf, direction: CallFacts['direction']): CallFacts {
  const ids = ['csta_id', 'call-id'].flatMap((name) => {
    const id = value(name);
    return id === null ? [] : [[name, id] as const];
  });
  return {
    vendorIds: Object.fromEntries(ids),
    direction,
    remote: partyOf(value('remote'), value('display_remote')),
    local: partyOf(value('local') ?? value('active_url'), value('display_local')),
    target: null,
  };
}

function countOf(text: string | null): number | null {
  return text !== null && /^\d{1,3}$/.test(text) ? Number(text) : null;
}

/** Answered elsewhere, given up, busy, declined: the causes of SIP and Q.850 that tell who did not want the call. */
const REASONS: Readonly<Record<string, CallEndReason>> = {
  'sip;cause=200': 'MISSED',
  'sip;cause=487': 'MISSED',
  'sip;cause=486': 'REMOTE_BUSY',
  'sip;cause=600': 'REMOTE_BUSY',
  'sip;cause=603': 'REMOTE_BUSY',
  'q.850;cause=17': 'REMOTE_BUSY',
  'q.850;cause=21': 'REMOTE_BUSY',
};

/** `$cancel_reason` is the content of the Reason header (RFC 3326). */
function whyEnded(reason: string | null): Pick<CallFacts, 'endReason'> {
  const [protocol = '', ...parameters] = (reason ?? '').toLowerCase().replace(/\s/g, '').split(';');
  const cause = parameters.find((parameter) => parameter.startsWith('cause='));
  const endReason = REASONS[`${protocol};${cause}`];
  return endReason === undefined ? {} : { endReason };
}

function partyOf(address: string | null, name: string | null): CallFacts['remote'] {
  return address === null && name === null ? UNKNOWN_PARTY : parseParty(address ?? undefined, name ?? undefined);
}

function accountUri(address: string | null): string | null {
  return parseParty(address ?? undefined).uri?.replace(/^sips?:/, '') ?? address;
}
