/**
 * Settings that CSTA GetSettings and SetSettings reach ("Remote phone control": "only the following settings can be
 * read or changed"). `user_nameN`, `user_realnameN` and `user_hostN` are there for each identity N.
 */
export const CSTA_SETTINGS: readonly string[] = [
  'mac',
  'phone_type',
  'firmware_version',
  'action_incoming_url',
  'action_outgoing_url',
  'action_connected_url',
  'action_disconnected_url',
  'action_hold',
  'action_unhold',
  'action_transfer',
  'action_blind_transfer',
  'action_attended_transfer',
  'action_offhook_url',
  'action_onhook_url',
  'action_missed_url',
];

/** Those of them that can only be read. */
export const READ_ONLY_SETTINGS: readonly string[] = ['mac', 'phone_type', 'firmware_version'];

/**
 * Parameters of `dummy.htm` and its siblings that are commands, not settings: as a setting's name they would get round
 * the policy of the command that they are.
 */
export const COMMAND_PARAMETERS: readonly string[] = [
  'settings',
  'store_settings',
  'swload',
  'reregister',
  'reboot',
  'reset',
  'key',
  'key_dtmf',
  'number',
  'outgoing_uri',
  'touch',
  'release_all_calls',
  'logoffall',
  'logoffline',
  'fix_lil',
  'dialledel',
  'dialeddel',
  'misseddel',
  'receiveddel',
  'service_mode_login',
  'service_mode_password',
];
