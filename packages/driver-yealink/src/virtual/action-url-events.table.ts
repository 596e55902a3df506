/**
 * The 45 settings `action_url.<event>` of Yealink phones: 44 of the administrator guide V80 and
 * `peripheral_information`, which templates for V84 and later add.
 */
export const ACTION_URL_EVENTS = [
  'setup_completed',
  'registered',
  'unregistered',
  'register_failed',
  'off_hook',
  'on_hook',
  'incoming_call',
  'outgoing_call',
  'call_established',
  'dnd_on',
  'dnd_off',
  'always_fwd_on',
  'always_fwd_off',
  'busy_fwd_on',
  'busy_fwd_off',
  'no_answer_fwd_on',
  'no_answer_fwd_off',
  'transfer_call',
  'blind_transfer_call',
  'attended_transfer_call',
  'hold',
  'unhold',
  'held',
  'unheld',
  'mute',
  'unmute',
  'missed_call',
  'call_terminated',
  'busy_to_idle',
  'idle_to_busy',
  'ip_change',
  'forward_incoming_call',
  'reject_incoming_call',
  'answer_new_incoming_call',
  'transfer_finished',
  'transfer_failed',
  'setup_autop_finish',
  'call_waiting_on',
  'call_waiting_off',
  'headset',
  'handfree',
  'cancel_callout',
  'remote_busy',
  'call_remote_canceled',
  'peripheral_information',
] as const;

/** What a phone can report by an action URL. */
export type ActionUrlEvent = (typeof ACTION_URL_EVENTS)[number];

/** Names that older firmware has for two of them. */
export const OLD_EVENT_NAMES: Readonly<Partial<Record<ActionUrlEvent, string>>> = {
  registered: 'log_on',
  unregistered: 'log_off',
};

/** Longest template that the phone keeps, in characters: 511, for `peripheral_information` 512. */
export const templateLimit = (setting: string): number => (setting === 'action_url.peripheral_information' ? 512 : 511);
