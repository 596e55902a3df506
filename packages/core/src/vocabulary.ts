/**
 * The words that the whole house shares: the same spelling in the drivers, in the store and in GraphQL.
 * Each list is the source of its type, so that a program can walk through it.
 */

/** What a phone can be asked to do or to tell. The names are those of GraphQL's `Capability`. */
export const CAPABILITIES = [
  'PRESS_KEYS',
  'TOUCH',
  'DIAL',
  'ANSWER',
  'HANG_UP',
  'HANG_UP_ALL',
  'REJECT',
  'DEFLECT',
  'HOLD',
  'MUTE',
  'DTMF',
  'TRANSFER_BLIND',
  'TRANSFER_ATTENDED',
  'CONFERENCE',
  'DO_NOT_DISTURB',
  'FORWARDING',
  'LED',
  'CONFIGURE_KEYS',
  'DISPLAY',
  'SCREEN',
  'RINGTONE',
  'PHONE_INFO',
  'READ_SETTINGS',
  'WRITE_SETTINGS',
  'ACTION_URLS',
  'VERIFY_EVENTS',
  'CALL_SNAPSHOT',
  'REBOOT',
  'FACTORY_RESET',
  'PROVISION',
  'UPGRADE_FIRMWARE',
  'LOG_OFF',
  'REREGISTER',
  'CLEAR_CALL_LISTS',
] as const;
/** One of {@link CAPABILITIES}. */
export type Capability = (typeof CAPABILITIES)[number];

/** Ways on which a phone can be reached. */
export const TRANSPORTS = ['HTTP', 'CSTA', 'XML_PUSH', 'SIP_NOTIFY', 'SIP_MESSAGE', 'SIP_INVITE', 'UACSTA'] as const;
/** One of {@link TRANSPORTS}. */
export type Transport = (typeof TRANSPORTS)[number];

/**
 * How a claim is known. VERIFIED: a recorded exchange with a real phone, its firmware named. DOCUMENTED: a page of
 * the vendor's. ASSUMED: neither; it follows from a standard or from other people's code.
 */
export const EVIDENCE = ['VERIFIED', 'DOCUMENTED', 'ASSUMED'] as const;
/** One of {@link EVIDENCE}. */
export type Evidence = (typeof EVIDENCE)[number];

/** Where a call stands. */
export const CALL_STATES = ['RINGING', 'DIALING', 'CONNECTED', 'HELD', 'ENDED'] as const;
/** One of {@link CALL_STATES}. */
export type CallState = (typeof CALL_STATES)[number];

/** Who called whom, seen from the phone. */
export const CALL_DIRECTIONS = ['INCOMING', 'OUTGOING'] as const;
/** One of {@link CALL_DIRECTIONS}. */
export type CallDirection = (typeof CALL_DIRECTIONS)[number];

/**
 * Why a call ended. MISSED: not answered here. REJECTED: a call to this phone, declined at it. CANCELED: own call, given up.
 * REMOTE_BUSY: own call, declined or busy.
 */
export const CALL_END_REASONS = [
  'COMPLETED',
  'MISSED',
  'REJECTED',
  'CANCELED',
  'REMOTE_BUSY',
  'FORWARDED',
  'TRANSFERRED',
] as const;
/** One of {@link CALL_END_REASONS}. */
export type CallEndReason = (typeof CALL_END_REASONS)[number];

/** Steps in a call's life, as phones report them. */
export const CALL_EVENT_KINDS = [
  'INCOMING',
  'OUTGOING',
  'CONNECTED',
  'ENDED',
  'MISSED',
  'REJECTED',
  'CANCELED',
  'REMOTE_CANCELED',
  'REMOTE_BUSY',
  'FORWARDED',
  'ANSWERED_WAITING',
  'HELD',
  'RESUMED',
  'REMOTE_HELD',
  'REMOTE_RESUMED',
  'MUTED',
  'UNMUTED',
  'TRANSFER_STARTED',
  'TRANSFER_BLIND',
  'TRANSFER_ATTENDED',
  'TRANSFER_RECEIVED',
  'TRANSFER_FINISHED',
  'TRANSFER_FAILED',
  'CONFERENCED',
  'SCREENING_REQUESTED',
] as const;
/** One of {@link CALL_EVENT_KINDS}. */
export type CallEventKind = (typeof CALL_EVENT_KINDS)[number];

/** Switches of a phone. FORWARD: some forwarding; the phone does not tell which. */
export const PHONE_FEATURES = [
  'DO_NOT_DISTURB',
  'FORWARD',
  'FORWARD_ALWAYS',
  'FORWARD_BUSY',
  'FORWARD_NO_ANSWER',
  'CALL_WAITING',
] as const;
/** One of {@link PHONE_FEATURES}. */
export type PhoneFeature = (typeof PHONE_FEATURES)[number];

/** What became of an account's registration. */
export const REGISTRATION_STATES = ['REGISTERED', 'UNREGISTERED', 'FAILED'] as const;
/** One of {@link REGISTRATION_STATES}. */
export type RegistrationState = (typeof REGISTRATION_STATES)[number];

/** What somebody did at the phone. */
export const USER_EVENT_KINDS = ['OFF_HOOK', 'ON_HOOK', 'KEY_PRESSED', 'KEY_LONG_PRESSED'] as const;
/** One of {@link USER_EVENT_KINDS}. */
export type UserEventKind = (typeof USER_EVENT_KINDS)[number];

/**
 * What happened to the device itself. ACTION_URLS_DRIFTED: the gateway found that the phone's action URLs do not lead
 * where they should; no phone reports it.
 */
export const DEVICE_EVENT_KINDS = [
  'STARTED',
  'PROVISIONED',
  'ADDRESS_CHANGED',
  'BUSY',
  'IDLE',
  'PERIPHERALS_CHANGED',
  'SUBSCRIPTION_NOTIFIED',
  'EVENT_PATH_TESTED',
  'ACTION_URLS_DRIFTED',
] as const;
/** One of {@link DEVICE_EVENT_KINDS}. */
export type DeviceEventKind = (typeof DEVICE_EVENT_KINDS)[number];

/** What a light means; each driver knows how its vendor shows it. */
export const LED_LIGHTS = [
  'OFF',
  'ON',
  'HOLD',
  'PICKUP',
  'PARK',
  'MESSAGE',
  'OFFLINE',
  'SEIZED',
  'RECORD',
  'ERROR',
  'BLINK_SLOW',
  'BLINK_FAST',
] as const;
/** One of {@link LED_LIGHTS}. */
export type LedLight = (typeof LED_LIGHTS)[number];

/** Colours of a light. */
export const LED_COLORS = ['RED', 'GREEN', 'ORANGE', 'BLUE'] as const;
/** One of {@link LED_COLORS}. */
export type LedColor = (typeof LED_COLORS)[number];

/** What a press on a lit key does: dial the target, or send it a SIP MESSAGE. */
export const LED_ACTION_KINDS = ['DIAL', 'MESSAGE'] as const;
/** One of {@link LED_ACTION_KINDS}. */
export type LedActionKind = (typeof LED_ACTION_KINDS)[number];

/** What a programmable key is for. */
export const KEY_FUNCTIONS = ['NONE', 'LINE', 'SPEED_DIAL', 'BLF', 'BUTTON', 'URL', 'DTMF'] as const;
/** One of {@link KEY_FUNCTIONS}. */
export type KeyFunction = (typeof KEY_FUNCTIONS)[number];

/** When a phone forwards. */
export const FORWARDING_KINDS = ['ALWAYS', 'BUSY', 'NO_ANSWER'] as const;
/** One of {@link FORWARDING_KINDS}. */
export type ForwardingKind = (typeof FORWARDING_KINDS)[number];

/** How a call is handed on. */
export const TRANSFER_KINDS = ['BLIND', 'ATTENDED'] as const;
/** One of {@link TRANSFER_KINDS}. */
export type TransferKind = (typeof TRANSFER_KINDS)[number];

/** Lists of past calls that a phone keeps. */
export const CALL_LISTS = ['DIALED', 'MISSED', 'RECEIVED'] as const;
/** One of {@link CALL_LISTS}. */
export type CallList = (typeof CALL_LISTS)[number];

/** What a finger does on a touch display. */
export const TOUCH_ACTIONS = ['PRESS', 'RELEASE', 'TAP'] as const;
/** One of {@link TOUCH_ACTIONS}. */
export type TouchAction = (typeof TOUCH_ACTIONS)[number];

/** How bad a finding of a diagnosis is. */
export const FINDING_SEVERITIES = ['OK', 'NOTICE', 'PROBLEM'] as const;
/** One of {@link FINDING_SEVERITIES}. */
export type FindingSeverity = (typeof FINDING_SEVERITIES)[number];
