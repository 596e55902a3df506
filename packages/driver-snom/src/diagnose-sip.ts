import { type DriverContext, type Finding, type SipReply, TransportError } from '@hookswitch/core';
import { MAX_FKEY_INDEX } from './models.ts';
import type { SnomOptions } from './options.ts';
import { canBeMonitored, type SnomPhone } from './phone.ts';
import { readSettingsPage } from './wire/settings-page.ts';

/**
 * Looks for what silently blocks control by SIP, with an OPTIONS request and what `settings.htm` told.
 * @param page the text of that page; empty where it could not be read
 */
export async function sipFindings(
  phone: SnomPhone,
  context: DriverContext<SnomOptions>,
  page: string,
): Promise<readonly Finding[]> {
  if (!phone.sip) return phone.options.uacstaEvents ? [NO_MONITOR] : [];
  const events = phone.options.uacstaEvents && !canBeMonitored(phone) ? [NO_MONITOR] : [];
  return [await reachability(phone, context), ...events, ...switchesIn(page, phone), ...ledFindings(page, phone)];
}

const NO_MONITOR: Finding = {
  code: 'UACSTA_EVENTS_MISSING',
  severity: 'PROBLEM',
  message: 'The option uacstaEvents is on, but the phone has no uaCSTA (firmware 8.7.1 and later), or no SIP URI.',
  fix: 'Give it a SIP URI with updatePhone, or set the option to false and let its action URLs report.',
};

async function reachability(phone: SnomPhone, context: DriverContext<SnomOptions>): Promise<Finding> {
  try {
    const reply = await context.sip.send({ method: 'OPTIONS', readOnly: true });
    return answered(reply, phone);
  } catch (error) {
    if (!TransportError.is(error)) throw error;
    return {
      code: 'SIP_UNREACHABLE',
      severity: 'PROBLEM',
      message: `The phone does not answer by SIP. ${error.message}`,
      fix: 'Correct its SIP URI with updatePhone. With filter_registrar on it answers its registrar only: send through that one.',
    };
  }
}

function answered({ status, reason, headers }: SipReply, { options }: SnomPhone): Finding {
  const events = headers['allow-events'] ?? '';
  if (status < 200 || status >= 300) {
    return {
      code: 'SIP_REFUSED',
      severity: 'PROBLEM',
      message: `The phone refuses SIP from the gateway (${status} ${reason}).`,
      fix: 'Send through its registrar, or set filter_registrar to off and name the gateway in mb_trusted_hosts.',
    };
  }
  const names = events.split(',').map((name) => name.trim().toLowerCase());
  if (options.talkAndHold === 'on' && !(names.includes('talk') && names.includes('hold'))) {
    return {
      code: 'TALK_AND_HOLD_MISSING',
      severity: 'NOTICE',
      message: `The phone's Allow-Events does not name talk and hold, but "${events}".`,
      fix: 'Set the option talkAndHold to auto.',
    };
  }
  const told = events === '' ? '' : ` Its events: ${events}.`;
  return { code: 'SIP_READY', severity: 'OK', message: `The phone answers by SIP.${told}`, fix: null };
}

interface SipSwitch {
  readonly setting: string;
  /** The value that stands in the way. */
  readonly at: RegExp;
  readonly concerns: (phone: SnomPhone) => boolean;
  readonly finding: Omit<Finding, 'severity'>;
}

const off = /^(?:off|false|0)$/i;
const onlySip = ({ pages }: SnomPhone) => !pages;

const SWITCHES: readonly SipSwitch[] = [
  {
    setting: 'filter_registrar',
    at: /^(?:on|true|1)$/i,
    concerns: () => true,
    finding: {
      code: 'FILTER_REGISTRAR_ON',
      message: 'The phone drops SIP requests that do not come from its registrar.',
      fix: 'Send through the registrar, or set filter_registrar to off.',
    },
  },
  {
    setting: 'user_sipusername_as_line1',
    at: off,
    concerns: () => true,
    finding: {
      code: 'SIP_USERNAME_NOT_LINE',
      message:
        'The first identity is not found by its user name alone: lights from a sender that is not the registrar may have no effect.',
      fix: 'Set user_sipusername_as_line to on. Where documents by NOTIFY are not shown then, set it back: the sources disagree.',
    },
  },
  {
    setting: 'xml_notify',
    at: off,
    concerns: onlySip,
    finding: {
      code: 'XML_NOTIFY_OFF',
      message: 'Documents by NOTIFY are switched off.',
      fix: 'Set xml_notify to on.',
    },
  },
  {
    setting: 'allow_sip_settings',
    at: off,
    concerns: onlySip,
    finding: {
      code: 'SIP_SETTINGS_OFF',
      message: 'Settings by MESSAGE are answered with 200 and ignored.',
      fix: 'Set allow_sip_settings to on.',
    },
  },
];

function switchesIn(page: string, phone: SnomPhone): readonly Finding[] {
  const read = readSettingsPage(
    page,
    SWITCHES.map(({ setting }) => setting),
  );
  return SWITCHES.flatMap(({ setting, at, concerns, finding }): readonly Finding[] => {
    const value = read.get(setting);
    return concerns(phone) && value !== undefined && at.test(value) ? [{ ...finding, severity: 'NOTICE' }] : [];
  });
}

/** A light by SIP needs a key of the type BUTTON: which keys are, as far as the phone tells. */
function ledFindings(page: string, { model, pages }: SnomPhone): readonly Finding[] {
  if (model.family === 'LEGACY') return [];
  const names = Array.from({ length: model.functionKeys ?? MAX_FKEY_INDEX + 1 }, (_, index) => `fkey${index}`);
  const read = readSettingsPage(page, names);
  const ready = names.flatMap((name, index) =>
    read.get(name) === `button ${index + 1}` ? [`FUNCTION_${index + 1}`] : [],
  );
  if (ready.length > 0) {
    return [
      { code: 'LED_KEYS', severity: 'OK', message: `Keys that take lights by SIP: ${ready.join(', ')}.`, fix: null },
    ];
  }
  return [
    {
      code: 'LED_NEEDS_BUTTON',
      severity: 'NOTICE',
      message: `A light by SIP needs a key of the type button with its own number. ${read.size === 0 ? 'Whether there is one the phone does not tell.' : 'The phone has none.'}`,
      fix: pages
        ? 'Give configureKey with BUTTON for each key that is to have a light, or provision it so.'
        : 'Provision each key that is to have a light so, as in <fkey idx="1" …>button 2</fkey>: this phone takes no configureKey.',
    },
  ];
}
