import type { PhoneKey } from './keys.ts';
import type { Party } from './party.ts';
import type {
  CallDirection,
  CallList,
  CallState,
  Capability,
  ForwardingKind,
  KeyFunction,
  LedActionKind,
  LedColor,
  LedLight,
  TouchAction,
  TransferKind,
} from './vocabulary.ts';

/** A call of the phone, as the gateway knows it when a command is run. */
export interface KnownCall {
  readonly id: string;
  readonly state: CallState;
  readonly direction: CallDirection | null;
  readonly remote: Party;
  readonly local: Party;
  readonly muted: boolean | null;
  /** The vendor's identifiers by the name of the variable that brought them, e.g. `csta_id` → `-18`. */
  readonly vendorIds: Readonly<Record<string, string>>;
}

/** A command on one call. Left out: the call that the phone itself has in focus. */
interface OnCall {
  readonly call?: KnownCall | undefined;
}

/** One key press. Times in milliseconds. */
export interface KeyPress {
  readonly key: PhoneKey;
  /** How long it is held down. */
  readonly holdMs?: number | undefined;
  /** How long to wait after it. */
  readonly pauseMs?: number | undefined;
}

/** One touch of the display, from its upper left corner. */
export interface Touch {
  readonly xPx: number;
  readonly yPx: number;
  readonly action: TouchAction;
}

/** What a press on a lit key does. */
export interface LedAction {
  readonly kind: LedActionKind;
  readonly target: string;
}

/** A setting by the vendor's name. */
export interface SettingValue {
  readonly name: string;
  readonly value: string;
}

/** A setting of the phone and the URL that it must hold, the vendor's placeholders in place. */
export interface ActionUrl {
  readonly setting: string;
  readonly url: string;
}

/**
 * Every command by the name of its mutation, with what a driver is handed. It mirrors GraphQL's `CommandInput`; ids of
 * calls have been resolved, defaults filled in, scalars checked. Accounts, keys and ringtones count from 1.
 */
export interface Commands {
  readonly pressKeys: { readonly keys: readonly KeyPress[] };
  readonly touch: { readonly touches: readonly Touch[] };
  /** `to`, here and below: a number or a SIP URI. `from`: the account to dial from, as `user@host`. */
  readonly dial: { readonly to: string; readonly from?: string | undefined };
  readonly answer: OnCall;
  readonly hangUp: OnCall;
  /** `calls`: which ones; left out: all that the phone has. */
  readonly hangUpAll: { readonly calls?: readonly KnownCall[] | undefined };
  readonly reject: OnCall;
  readonly deflect: OnCall & { readonly to: string };
  readonly setHold: OnCall & { readonly held: boolean };
  readonly setMuted: { readonly muted: boolean };
  readonly sendDtmf: OnCall & { readonly digits: string };
  readonly transfer: OnCall & { readonly to: string; readonly kind: TransferKind };
  readonly completeTransfer: {
    readonly heldCall?: KnownCall | undefined;
    readonly consultationCall?: KnownCall | undefined;
  };
  readonly cancelTransfer: { readonly consultationCall?: KnownCall | undefined };
  readonly conference: { readonly calls?: readonly KnownCall[] | undefined };
  readonly refreshCalls: Readonly<Record<never, never>>;
  readonly setDoNotDisturb: { readonly enabled: boolean };
  readonly setForwarding: {
    readonly kind: ForwardingKind;
    readonly enabled: boolean;
    readonly target?: string | undefined;
    readonly afterSeconds?: number | undefined;
  };
  readonly setLed: {
    readonly key: PhoneKey;
    readonly light: LedLight;
    readonly color?: LedColor | undefined;
    readonly label?: string | undefined;
    readonly onPress?: LedAction | undefined;
  };
  readonly configureKey: {
    readonly key: PhoneKey;
    readonly function: KeyFunction;
    readonly value?: string | undefined;
    readonly label?: string | undefined;
    readonly account?: number | undefined;
  };
  /**
   * `document`: XML in the vendor's dialect; a gateway has looked that it is well-formed. What a phone shows of it only the phone may know:
   * a driver may refuse it beforehand, INVALID_ARGUMENT, or pass it on, and the phone's refusal is PHONE_REJECTED.
   */
  readonly pushXml: { readonly document: string };
  readonly showMessage: {
    readonly title: string;
    readonly text: string;
    readonly timeoutSeconds?: number | undefined;
    readonly beep?: boolean | undefined;
  };
  readonly writeSettings: { readonly settings: readonly SettingValue[] };
  readonly playRingtone: { readonly ringtone: number };
  readonly reboot: { readonly evenInCall: boolean };
  readonly factoryReset: Readonly<Record<never, never>>;
  readonly provision: { readonly allowReboot: boolean };
  readonly upgradeFirmware: { readonly url: string };
  /** `account` left out: all accounts. */
  readonly logOff: { readonly account?: number | undefined };
  readonly reregister: { readonly account?: number | undefined };
  readonly clearCallLists: { readonly lists: readonly CallList[] };
  readonly configureActionUrls: { readonly urls: readonly ActionUrl[] };
  /** `urls`: what the phone's action URLs should be, those for tests included. */
  readonly verifyEventPath: { readonly urls: readonly ActionUrl[] };
}

/** A mutation that touches a phone. */
export type CommandName = keyof Commands;

/** Which capability a command needs. `transfer` needs one by its kind: see {@link capabilityOf}. */
export const COMMAND_CAPABILITIES = {
  pressKeys: 'PRESS_KEYS',
  touch: 'TOUCH',
  dial: 'DIAL',
  answer: 'ANSWER',
  hangUp: 'HANG_UP',
  hangUpAll: 'HANG_UP_ALL',
  reject: 'REJECT',
  deflect: 'DEFLECT',
  setHold: 'HOLD',
  setMuted: 'MUTE',
  sendDtmf: 'DTMF',
  transfer: 'TRANSFER_BLIND',
  completeTransfer: 'TRANSFER_ATTENDED',
  cancelTransfer: 'TRANSFER_ATTENDED',
  conference: 'CONFERENCE',
  refreshCalls: 'CALL_SNAPSHOT',
  setDoNotDisturb: 'DO_NOT_DISTURB',
  setForwarding: 'FORWARDING',
  setLed: 'LED',
  configureKey: 'CONFIGURE_KEYS',
  pushXml: 'DISPLAY',
  showMessage: 'DISPLAY',
  writeSettings: 'WRITE_SETTINGS',
  playRingtone: 'RINGTONE',
  reboot: 'REBOOT',
  factoryReset: 'FACTORY_RESET',
  provision: 'PROVISION',
  upgradeFirmware: 'UPGRADE_FIRMWARE',
  logOff: 'LOG_OFF',
  reregister: 'REREGISTER',
  clearCallLists: 'CLEAR_CALL_LISTS',
  configureActionUrls: 'ACTION_URLS',
  verifyEventPath: 'VERIFY_EVENTS',
} as const satisfies Record<CommandName, Capability>;

/** All commands by name. */
export const COMMAND_NAMES = Object.keys(COMMAND_CAPABILITIES) as readonly CommandName[];

/** The capability that this command with these arguments needs. */
export function capabilityOf<Name extends CommandName>(name: Name, command: Commands[Name]): Capability {
  if (name === 'transfer' && 'kind' in command && command.kind === 'ATTENDED') return 'TRANSFER_ATTENDED';
  return COMMAND_CAPABILITIES[name];
}
