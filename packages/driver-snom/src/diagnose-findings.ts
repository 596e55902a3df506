import type { Finding, HttpReply } from '@hookswitch/core';
import type { SnomOptions } from './options.ts';

/** A setting that stands in the way at some value. */
interface Switch {
  readonly setting: string;
  readonly blocks: (value: string, options: SnomOptions) => boolean;
  readonly finding: Omit<Finding, 'fix'> & { readonly fix: string };
}

const on = (value: string) => /^(?:on|true|1)$/i.test(value);

/** Settings that silently block control or events, from Snom's pages, XML definitions documentation and dumps of phones. */
const SWITCHES: readonly Switch[] = [
  {
    setting: 'use_hidden_tags',
    blocks: on,
    finding: {
      code: 'HIDDEN_TAGS_ON',
      severity: 'PROBLEM',
      message:
        'Hidden tags are on: once user, password and administrator password are changed, commands have no effect.',
      fix: 'Set use_hidden_tags to off.',
    },
  },
  {
    setting: 'restrict_uri_queries',
    blocks: on,
    finding: {
      code: 'URI_QUERIES_RESTRICTED',
      severity: 'PROBLEM',
      message: 'Queries in URLs are restricted: commands have no effect.',
      fix: 'Set restrict_uri_queries to off.',
    },
  },
  {
    setting: 'admin_mode',
    blocks: (value) => !on(value),
    finding: {
      code: 'ADMIN_MODE_OFF',
      severity: 'PROBLEM',
      message: 'The phone is in user mode: settings, action URLs and function keys cannot be written to it.',
      fix: 'Set admin_mode to on.',
    },
  },
  {
    setting: 'csta_control',
    blocks: (value) => !on(value),
    finding: {
      code: 'CSTA_CONTROL_OFF',
      severity: 'PROBLEM',
      message: 'CSTA is switched off: calls cannot be named, keys are used.',
      fix: 'Set csta_control to on.',
    },
  },
  {
    setting: 'csta_legacy_control',
    blocks: (value, { csta_legacy_control: option }) => (value === '0') !== (option === '0'),
    finding: {
      code: 'CSTA_DIALECT_DIFFERS',
      severity: 'PROBLEM',
      message:
        "The phone's csta_legacy_control is not the option's: CSTA names calls in a way that the phone does not take.",
      fix: "Set the option csta_legacy_control to the phone's value, or the phone's to 2.",
    },
  },
  {
    setting: 'call_join_xfer',
    blocks: (value, { callJoinOnTransfer }) => on(value) !== callJoinOnTransfer,
    finding: {
      code: 'CALL_JOIN_DIFFERS',
      severity: 'NOTICE',
      message: '"Call Join on Xfer" is not as the option callJoinOnTransfer says: transfers by keys are not completed.',
      fix: "Set the option callJoinOnTransfer as the phone has it, or the phone's call_join_xfer to off.",
    },
  },
  {
    setting: 'disconnected_url_on_reject',
    blocks: (value) => !on(value),
    finding: {
      code: 'REJECT_FIRES_NO_EVENT',
      severity: 'NOTICE',
      message: 'A call that is rejected at the phone reports no end.',
      fix: 'Set disconnected_url_on_reject to on.',
    },
  },
];

const ACCESS_SETTINGS = ['http_scheme', 'http_user', 'webserver_user_name', 'webserver_admin_name'] as const;

/** Settings that are looked for. */
export const SWITCH_NAMES: readonly string[] = [...SWITCHES.map(({ setting }) => setting), ...ACCESS_SETTINGS];

/** What the switches say. One that could not be read says nothing. */
export function switchFindings(read: ReadonlyMap<string, string>, options: SnomOptions): readonly Finding[] {
  const missing = SWITCHES.filter(({ setting }) => !read.has(setting)).map(({ setting }) => setting);
  const unread: readonly Finding[] =
    missing.length === 0
      ? []
      : [
          {
            code: 'SETTINGS_UNREADABLE',
            severity: 'NOTICE',
            message: `The phone's page settings.htm does not tell ${missing.join(', ')}.`,
            fix: 'Look them up in the web interface, or provision the phone with what Phone.provisioning gives.',
          },
        ];
  const found = SWITCHES.flatMap(({ setting, blocks, finding }) => {
    const value = read.get(setting);
    return value !== undefined && blocks(value, options) ? [finding] : [];
  });
  return [...found, ...unread];
}

/** Who may control the phone: nobody asked for a password, or in which way. */
export function accessFindings(info: HttpReply, read: ReadonlyMap<string, string>): readonly Finding[] {
  if (isOpen(info, read)) {
    return [
      {
        code: 'NO_PASSWORD',
        severity: 'PROBLEM',
        message: 'The phone asks for no password: anybody in the network can control it.',
        fix: 'Set user and password of its web server (http_user, http_pass), then here with updatePhone.',
      },
    ];
  }
  const basic =
    info.authentication === 'basic' || (info.authentication === undefined && read.get('http_scheme') === 'off');
  if (basic) {
    return [
      {
        code: 'BASIC_AUTHENTICATION',
        severity: 'NOTICE',
        message: 'The phone asks for Basic authentication: over plain HTTP the password can be read on the way.',
        fix: 'Set http_scheme to on (Digest), or use https://.',
      },
    ];
  }
  const digest = info.authentication === 'digest' || read.get('http_scheme') === 'on';
  return digest
    ? [
        {
          code: 'DIGEST_AUTHENTICATION',
          severity: 'OK',
          message: 'The phone asks for Digest authentication.',
          fix: null,
        },
      ]
    : [];
}

function isOpen({ authentication, text }: HttpReply, read: ReadonlyMap<string, string>): boolean {
  if (authentication !== undefined) return authentication === 'none';
  if (/PhoneHasNoHttpPassword/.test(text)) return true;
  const users = ['http_user', 'webserver_user_name', 'webserver_admin_name'].flatMap((name) => read.get(name) ?? []);
  return users.length > 0 && users.every((user) => user === '');
}
