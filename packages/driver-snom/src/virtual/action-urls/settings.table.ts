/** A setting that holds an action URL, and since when phones have it. */
export interface ActionUrlSetting {
  readonly setting: ActionUrlName;
  /** When it is fired. */
  readonly event: string;
  /** The first firmware that has it; `undefined`: not known. */
  readonly since?: string;
}

/** Names of {@link actionUrlSettings}. */
export type ActionUrlName = (typeof names)[number][0];

const names = [
  ['action_incoming_url', 'incoming INVITE'],
  ['action_outgoing_url', 'outgoing call'],
  ['action_connected_url', 'call connected'],
  ['action_disconnected_url', 'call ended'],
  ['action_offhook_url', 'handset lifted'],
  ['action_onhook_url', 'handset replaced'],
  ['action_missed_url', 'missed call'],
  ['action_hold', 'held by this phone'],
  ['action_unhold', 'resumed by this phone'],
  ['action_transfer', 'transferred by this phone, in whatever way'],
  ['action_blind_transfer', 'transferred blindly'],
  ['action_attended_transfer', 'transferred after a consultation'],
  ['action_received_attended_transfer', 'INVITE with Replaces received'],
  ['action_dnd_on_url', 'do not disturb on'],
  ['action_dnd_off_url', 'do not disturb off'],
  ['action_redirection_on_url', 'call forwarding on'],
  ['action_redirection_off_url', 'call forwarding off'],
  ['action_setup_url', 'boot finished'],
  ['action_log_on_url', 'identity registered'],
  ['action_log_off_url', 'identity logged off'],
  ['action_reg_failed', 'registration failed'],
  ['action_received_subscr_notify_url', 'NOTIFY for a subscription'],
  ['action_longpress_url', 'line key held for more than 2 s'],
  ['action_blacklist_url', 'incoming call, before it rings', '8.9.3.70'],
  ['action_firewall_test', 'FireTest, by the name in a dump of 8.7.3.17'],
  ['action_fwtest_url', 'FireTest, by the name in "Remote phone control"'],
  ['action_vision_url', 'vision module'],
] as const;

/** The 26 settings of Snom's phones and one alias, as the dump of a 720 with 8.7.3.17 and Symcon's module have them. */
export const actionUrlSettings: readonly ActionUrlSetting[] = names.map(([setting, event, since]) =>
  since === undefined ? { setting, event } : { setting, event, since },
);
