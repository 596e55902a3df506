import { actionUrlSettings } from '../action-urls/settings.table.ts';
import { firmwareVersion, snomMac } from '../action-urls/user-agent.ts';
import type { SnomModel } from '../models.ts';
import { factoryForwards } from './forward-settings.ts';

/** The settings that a phone has in common with every other after a reset. */
const COMMON: Readonly<Record<string, string>> = {
  http_user: '',
  http_pass: '',
  http_scheme: 'off',
  webserver_type: 'http_https',
  webserver_admin_name: '',
  webserver_admin_password: '',
  use_hidden_tags: 'on',
  // A dump of 8.7.3.17 has it on; it is off here so that a phone out of the box can be commanded.
  restrict_uri_queries: 'off',
  admin_mode: 'on',
  admin_mode_password: '0000',
  csta_control: 'on',
  csta_legacy_control: '2',
  call_join_xfer: 'off',
  offhook_accept_calls: 'on',
  disconnect_on_onhook: 'on',
  short_cancel_denies_call: 'on',
  disconnected_url_on_reject: 'off',
  remote_blacklist_action_timer: '3',
  mb_trusted_hosts: '',
  filter_registrar: 'on',
  setting_server: '',
  network_id_port: '',
  xml_notify: 'off',
  allow_sip_settings: 'off',
  challenge_response: 'on',
  challenge_checksync: 'on',
  challenge_reboot: 'on',
  checksync_action: '',
  answer_after_policy: 'off',
  language: 'English',
};

/** What a phone has after a factory reset: no identities, no login, every programmable key a line key. */
export const factorySettings = (model: SnomModel, firmware: string, mac: string): Readonly<Record<string, string>> => ({
  ...COMMON,
  ...factoryForwards(firmware),
  mac: snomMac(mac),
  phone_type: `snom${model.name}`,
  firmware_version: firmwareVersion(model, firmware),
  ...Object.fromEntries(actionUrlSettings.map(({ setting }) => [setting, ''])),
  ...Object.fromEntries(Array.from({ length: model.functionKeys }, (_, index) => [`fkey${index}`, 'line'])),
});

/** Settings whose values a phone keeps to itself: in action URLs they become empty. */
export const isPrivateSetting = (name: string): boolean => /pass|pwd|pin$|secret|_hash/i.test(name);
