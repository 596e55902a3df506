import type { TouchPress } from './http/touch.ts';

/** What a virtual phone did that neither its calls, lights, screen nor settings show. */
export type SnomEffect =
  /** A key took effect, by its wire name. */
  | { readonly type: 'keyPressed'; readonly key: string; readonly heldMs: number }
  /** A key that this phone does not have. */
  | { readonly type: 'unknownKey'; readonly key: string }
  | { readonly type: 'touched'; readonly touch: TouchPress }
  | { readonly type: 'ringerPlayed'; readonly ringer: number }
  | { readonly type: 'reregistered'; readonly identity: number }
  | { readonly type: 'loggedOff'; readonly identity: number }
  | { readonly type: 'firmwareLoaded'; readonly url: string }
  | { readonly type: 'lineInfoLayerFixed' }
  | { readonly type: 'callListCleared'; readonly list: 'dialed' | 'missed' | 'received' }
  | { readonly type: 'recordingToggled' }
  | { readonly type: 'volumeChanged'; readonly by: 1 | -1 }
  | { readonly type: 'digitsSent'; readonly digits: string }
  | { readonly type: 'rebooted' }
  | { readonly type: 'reset' }
  /** XML of a NOTIFY that came from who is not trusted, or to a firmware that does not take it. */
  | { readonly type: 'xmlIgnored'; readonly from: string }
  /** A lamp of a key that is no button, or has another number. */
  | { readonly type: 'buttonIgnored'; readonly key: string }
  /** Settings of a MESSAGE while `allow_sip_settings` is off, or to a firmware that does not take them. */
  | { readonly type: 'settingsIgnored' }
  /** It fetched its settings from the provisioning server, as it was told by check-sync. */
  | { readonly type: 'provisionedAgain' }
  /** It took a call by itself, as its INVITE asked for. */
  | { readonly type: 'autoAnswered' }
  /** The final status of a REGISTER; 408 where none came. */
  | { readonly type: 'sipRegistered'; readonly identity: number; readonly status: number }
  /** A command page was asked, but `restrict_uri_queries`, hidden tags or `admin_mode` kept it from acting. */
  | { readonly type: 'commandBlocked'; readonly target: string };
