// Generated from the schema and operations/ by `npm run generate`. Do not edit.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AddPhoneInput = {
  readonly address?: string | null | undefined;
  /** SHA-256 fingerprint to pin, `AB:CD:…`. Left out: that of the first connection is pinned. */
  readonly certificate?: string | null | undefined;
  /** Left out: `PINNED`. */
  readonly certificateCheck?: CertificateCheck | null | undefined;
  readonly firmware?: string | null | undefined;
  readonly mac?: string | null | undefined;
  readonly model?: string | null | undefined;
  readonly name: string;
  /** The driver's own options, validated by it. */
  readonly options?: ReadonlyArray<OptionInput> | null | undefined;
  readonly password?: string | null | undefined;
  readonly sipUri?: string | null | undefined;
  readonly tags?: ReadonlyArray<string> | null | undefined;
  readonly username?: string | null | undefined;
  /** As in `Driver.vendor`. Left out: the gateway asks the device and the drivers say whose it is. */
  readonly vendor?: string | null | undefined;
};

/** `callId`, here and below: that call or none. Left out: the call that the phone itself has in focus. */
export type AnswerCommand = {
  readonly callId?: string | null | undefined;
};

export type CallDirection =
  | 'INCOMING'
  | 'OUTGOING';

/**
 * MISSED: not answered here, the caller's giving up included. CANCELED: own call, given up.
 * REMOTE_BUSY: own call, found busy or declined.
 */
export type CallEndReason =
  | 'CANCELED'
  | 'COMPLETED'
  | 'FORWARDED'
  | 'MISSED'
  | 'REJECTED'
  | 'REMOTE_BUSY'
  | 'TRANSFERRED';

export type CallEventKind =
  | 'ANSWERED_WAITING'
  | 'CANCELED'
  | 'CONFERENCED'
  | 'CONNECTED'
  | 'ENDED'
  | 'FORWARDED'
  | 'HELD'
  | 'INCOMING'
  | 'MISSED'
  | 'MUTED'
  | 'OUTGOING'
  | 'REJECTED'
  | 'REMOTE_BUSY'
  | 'REMOTE_CANCELED'
  | 'REMOTE_HELD'
  | 'REMOTE_RESUMED'
  | 'RESUMED'
  /** The phone asks whether to let a call ring; the HTTP answer decides. */
  | 'SCREENING_REQUESTED'
  | 'TRANSFER_ATTENDED'
  | 'TRANSFER_BLIND'
  | 'TRANSFER_FAILED'
  | 'TRANSFER_FINISHED'
  | 'TRANSFER_RECEIVED'
  | 'TRANSFER_STARTED'
  | 'UNMUTED';

/** `since` and `until` are about `startedAt`. */
export type CallFilter = {
  readonly directions?: ReadonlyArray<CallDirection> | null | undefined;
  readonly phoneIds?: ReadonlyArray<string> | null | undefined;
  readonly since?: string | null | undefined;
  readonly states?: ReadonlyArray<CallState> | null | undefined;
  readonly until?: string | null | undefined;
};

export type CallList =
  | 'DIALED'
  | 'MISSED'
  | 'RECEIVED';

export type CallState =
  | 'CONNECTED'
  | 'DIALING'
  | 'ENDED'
  | 'HELD'
  | 'RINGING';

export type CallTransferState =
  | 'FAILED'
  | 'FINISHED'
  | 'STARTED';

/** Ends the consultation and takes the held call back. */
export type CancelTransferCommand = {
  readonly consultationCallId?: string | null | undefined;
};

export type Capability =
  | 'ACTION_URLS'
  | 'ANSWER'
  | 'CALL_SNAPSHOT'
  | 'CLEAR_CALL_LISTS'
  | 'CONFERENCE'
  | 'CONFIGURE_KEYS'
  | 'DEFLECT'
  | 'DIAL'
  | 'DISPLAY'
  | 'DO_NOT_DISTURB'
  | 'DTMF'
  | 'FACTORY_RESET'
  | 'FORWARDING'
  | 'HANG_UP'
  | 'HANG_UP_ALL'
  | 'HOLD'
  | 'LED'
  | 'LOG_OFF'
  | 'MUTE'
  | 'PHONE_INFO'
  | 'PRESS_KEYS'
  | 'PROVISION'
  | 'READ_SETTINGS'
  | 'REBOOT'
  | 'REJECT'
  | 'REREGISTER'
  | 'RINGTONE'
  | 'SCREEN'
  | 'TOUCH'
  | 'TRANSFER_ATTENDED'
  | 'TRANSFER_BLIND'
  | 'UPGRADE_FIRMWARE'
  | 'VERIFY_EVENTS'
  | 'WRITE_SETTINGS';

export type CertificateCheck =
  /** An authority must vouch for it, and it must name the host or the MAC address of the phone. */
  | 'AUTHORITY'
  /** It must be the one that the phone had at the first connection, or that was given. */
  | 'PINNED'
  /** Any will do: somebody between could read and change what is sent. */
  | 'UNCHECKED';

export type ClearCallListsCommand = {
  readonly lists: ReadonlyArray<CallList>;
};

/** One command, whichever it is: for `explainCommand` and `runOnPhones`. One that needs no arguments is given as `{}`. */
export type CommandInput =
  {   readonly answer: AnswerCommand; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never;   readonly cancelTransfer: CancelTransferCommand; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never;   readonly clearCallLists: ClearCallListsCommand; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never;   readonly completeTransfer: CompleteTransferCommand; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never;   readonly conference: ConferenceCommand; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never;   readonly configureActionUrls: ConfigureActionUrlsCommand; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never;   readonly configureKey: ConfigureKeyCommand; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never;   readonly deflect: DeflectCommand; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never;   readonly dial: DialCommand; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never;   readonly factoryReset: FactoryResetCommand; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never;   readonly hangUp: HangUpCommand; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never;   readonly hangUpAll: HangUpAllCommand; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never;   readonly logOff: LogOffCommand; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never;   readonly playRingtone: PlayRingtoneCommand; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never;   readonly pressKeys: PressKeysCommand; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never;   readonly provision: ProvisionCommand; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never;   readonly pushXml: PushXmlCommand; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never;   readonly reboot: RebootCommand; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never;   readonly refreshCalls: RefreshCallsCommand; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never;   readonly reject: RejectCommand; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never;   readonly reregister: ReregisterCommand; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never;   readonly sendDtmf: SendDtmfCommand; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never;   readonly setDoNotDisturb: SetDoNotDisturbCommand; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never;   readonly setForwarding: SetForwardingCommand; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never;   readonly setHold: SetHoldCommand; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never;   readonly setLed: SetLedCommand; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never;   readonly setMuted: SetMutedCommand; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never;   readonly showMessage: ShowMessageCommand; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never;   readonly touch: TouchCommand; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never;   readonly transfer: TransferCommand; readonly upgradeFirmware?: never; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never;   readonly upgradeFirmware: UpgradeFirmwareCommand; readonly verifyEventPath?: never; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never;   readonly verifyEventPath: VerifyEventPathCommand; readonly writeSettings?: never; }
  |  { readonly answer?: never; readonly cancelTransfer?: never; readonly clearCallLists?: never; readonly completeTransfer?: never; readonly conference?: never; readonly configureActionUrls?: never; readonly configureKey?: never; readonly deflect?: never; readonly dial?: never; readonly factoryReset?: never; readonly hangUp?: never; readonly hangUpAll?: never; readonly logOff?: never; readonly playRingtone?: never; readonly pressKeys?: never; readonly provision?: never; readonly pushXml?: never; readonly reboot?: never; readonly refreshCalls?: never; readonly reject?: never; readonly reregister?: never; readonly sendDtmf?: never; readonly setDoNotDisturb?: never; readonly setForwarding?: never; readonly setHold?: never; readonly setLed?: never; readonly setMuted?: never; readonly showMessage?: never; readonly touch?: never; readonly transfer?: never; readonly upgradeFirmware?: never; readonly verifyEventPath?: never;   readonly writeSettings: WriteSettingsCommand; };

export type CommandStatus =
  /** The phone acknowledged it, which is not yet proof of the effect. */
  | 'ACCEPTED'
  /** An event of the phone proved the effect, or the phone already was as asked. */
  | 'CONFIRMED'
  | 'FAILED'
  | 'QUEUED'
  | 'SENT'
  /** It may or may not have reached the phone; it is never sent again by itself. */
  | 'UNKNOWN';

export type CompleteTransferCommand = {
  readonly consultationCallId?: string | null | undefined;
  readonly heldCallId?: string | null | undefined;
};

/** Left out: all calls of the phone. */
export type ConferenceCommand = {
  readonly callIds?: ReadonlyArray<string> | null | undefined;
};

/** `settings`: the vendor's names; left out: all that the driver knows. */
export type ConfigureActionUrlsCommand = {
  readonly settings?: ReadonlyArray<string> | null | undefined;
};

/** `value`: number, monitored extension, URL or digits, by `function`. */
export type ConfigureKeyCommand = {
  readonly account?: number | null | undefined;
  readonly function: KeyFunction;
  readonly key: string;
  readonly label?: string | null | undefined;
  readonly value?: string | null | undefined;
};

export type DeflectCommand = {
  readonly callId?: string | null | undefined;
  readonly to: string;
};

export type DeviceEventKind =
  /** The gateway found that the action URLs on the phone do not lead where they should. Told once a drift; see `diagnosis`. */
  | 'ACTION_URLS_DRIFTED'
  | 'ADDRESS_CHANGED'
  | 'BUSY'
  | 'EVENT_PATH_TESTED'
  | 'IDLE'
  | 'PERIPHERALS_CHANGED'
  | 'PROVISIONED'
  | 'STARTED'
  | 'SUBSCRIPTION_NOTIFIED';

/** `to`, here and below: a number or a SIP URI. `from`: the account to dial from, as `user@host`. */
export type DialCommand = {
  readonly from?: string | null | undefined;
  readonly to: string;
};

export type EventPathHop =
  | 'EVENT_LOG'
  | 'GATEWAY_TO_PHONE'
  | 'PHONE_SETTINGS'
  | 'PHONE_TO_GATEWAY';

export type Evidence =
  | 'ASSUMED'
  | 'DOCUMENTED'
  | 'VERIFIED';

/** `confirmMac` must equal the phone's MAC address. */
export type FactoryResetCommand = {
  readonly confirmMac: string;
};

export type FindingSeverity =
  | 'NOTICE'
  | 'OK'
  | 'PROBLEM';

/** How a device made itself known: by an onboarding link, or at a registrar. */
export type FirstContact =
  | 'ACTION_URL'
  | 'SIP_REGISTER';

export type ForwardingKind =
  | 'ALWAYS'
  | 'BUSY'
  | 'NO_ANSWER';

/** `states`: only calls in these. */
export type HangUpAllCommand = {
  readonly states?: ReadonlyArray<CallState> | null | undefined;
};

export type HangUpCommand = {
  readonly callId?: string | null | undefined;
};

export type IdentifyDeviceInput = {
  /** Of its web interface: `192.0.2.20`, `https://192.0.2.20`. */
  readonly address: string;
  readonly password?: string | null | undefined;
  readonly username?: string | null | undefined;
};

export type KeyFunction =
  | 'BLF'
  | 'BUTTON'
  | 'DTMF'
  | 'LINE'
  | 'NONE'
  | 'SPEED_DIAL'
  | 'URL';

/** `holdMs`: how long the key is held down; `pauseMs`: how long to wait after it. */
export type KeyPressInput = {
  readonly holdMs?: number | null | undefined;
  readonly key: string;
  readonly pauseMs?: number | null | undefined;
};

export type LedActionInput = {
  readonly kind: LedActionKind;
  readonly target: string;
};

/** DIAL calls the target; MESSAGE sends it a SIP MESSAGE. */
export type LedActionKind =
  | 'DIAL'
  | 'MESSAGE';

export type LedColor =
  | 'BLUE'
  | 'GREEN'
  | 'ORANGE'
  | 'RED';

/** What the light means; the driver knows how its vendor shows it. */
export type LedLight =
  | 'BLINK_FAST'
  | 'BLINK_SLOW'
  | 'ERROR'
  | 'HOLD'
  | 'MESSAGE'
  | 'OFF'
  | 'OFFLINE'
  | 'ON'
  | 'PARK'
  | 'PICKUP'
  | 'RECORD'
  | 'SEIZED';

/** `account` left out: all accounts. */
export type LogOffCommand = {
  readonly account?: number | null | undefined;
};

export type MissedReason =
  | 'CURSOR_EXPIRED'
  | 'SUBSCRIBER_TOO_SLOW';

export type OptionInput = {
  readonly name: string;
  readonly value: string;
};

export type PhoneBy =
  {   readonly id: string; readonly mac?: never; readonly sipUser?: never; }
  |  { readonly id?: never;   readonly mac: string; readonly sipUser?: never; }
  |  { readonly id?: never; readonly mac?: never;   /**
   * As mod_snom of FreeSWITCH names a phone: `101`, `101@pbx.example`, `internal/101@pbx.example`, its IP address,
   * or a SIP URI. Looked for among the SIP URIs of the phones, then at the registrar.
   */
  readonly sipUser: string; };

export type PhoneEventFilter = {
  /** Narrows call events, and only them. */
  readonly callEventKinds?: ReadonlyArray<CallEventKind> | null | undefined;
  readonly phoneIds?: ReadonlyArray<string> | null | undefined;
  readonly tags?: ReadonlyArray<string> | null | undefined;
  readonly types?: ReadonlyArray<PhoneEventType> | null | undefined;
  readonly vendors?: ReadonlyArray<string> | null | undefined;
};

export type PhoneEventType =
  | 'CALL'
  | 'DEVICE'
  | 'FEATURE'
  | 'OTHER'
  | 'REGISTRATION'
  | 'USER';

/** FORWARD: some forwarding; the phone does not tell which. */
export type PhoneFeature =
  | 'CALL_WAITING'
  | 'DO_NOT_DISTURB'
  | 'FORWARD'
  | 'FORWARD_ALWAYS'
  | 'FORWARD_BUSY'
  | 'FORWARD_NO_ANSWER';

export type PhoneFilter = {
  /** Phones that have them all. */
  readonly capabilities?: ReadonlyArray<Capability> | null | undefined;
  readonly ids?: ReadonlyArray<string> | null | undefined;
  readonly reachabilities?: ReadonlyArray<Reachability> | null | undefined;
  /** Matches name, model, MAC address, address and SIP URI. */
  readonly search?: string | null | undefined;
  readonly tags?: ReadonlyArray<string> | null | undefined;
  readonly vendors?: ReadonlyArray<string> | null | undefined;
};

export type PlayRingtoneCommand = {
  readonly ringtone: number;
};

export type PressKeysCommand = {
  readonly keys: ReadonlyArray<KeyPressInput>;
};

/** `allowReboot`: whether the phone may restart for it. */
export type ProvisionCommand = {
  readonly allowReboot?: boolean;
};

/** A document in the vendor's own XML, sent as it is once it is known to be well-formed and small enough. */
export type PushXmlCommand = {
  readonly document: string;
};

export type Reachability =
  | 'APPROVAL_PENDING'
  | 'ONLINE'
  | 'SILENT'
  | 'UNAUTHORIZED'
  | 'UNKNOWN'
  | 'UNREACHABLE';

/** `evenInCall`: else it fails while the phone has a call. */
export type RebootCommand = {
  readonly evenInCall?: boolean;
};

export type RefreshCallsCommand = {
  readonly timeoutSeconds?: number | null | undefined;
};

export type RegistrationState =
  | 'FAILED'
  | 'REGISTERED'
  | 'UNREGISTERED';

export type RejectCommand = {
  readonly callId?: string | null | undefined;
};

export type ReregisterCommand = {
  readonly account?: number | null | undefined;
};

/** What a caller may do. */
export type Scope =
  /** `admin`: everything, the registry of phones and API keys too. */
  | 'ADMIN'
  /** `audit:read`: who did what, of the phones that exist for it. */
  | 'AUDIT_READ'
  /** `calls:control`: dial, answer, hang up, hold, transfer, … */
  | 'CALLS_CONTROL'
  /** `device:manage`: reboot, firmware, provisioning, … */
  | 'DEVICE_MANAGE'
  /** `display:write`: lights, messages, XML, ringtones. */
  | 'DISPLAY_WRITE'
  /** `events:read`: events and calls, as they are and as they come. */
  | 'EVENTS_READ'
  /** `keys:press`: `pressKeys` and `touch`: whatever a hand can do. */
  | 'KEYS_PRESS'
  /** `phones:read`: phones, what they can and tell, and commands. */
  | 'PHONES_READ'
  /** `settings:write`: settings, keys, forwarding. */
  | 'SETTINGS_WRITE';

export type SendDtmfCommand = {
  readonly callId?: string | null | undefined;
  readonly digits: string;
};

/** `keep`: whether it is set again where the phone loses it. Left out: not, and a declaration before ends. */
export type SetDoNotDisturbCommand = {
  readonly enabled: boolean;
  readonly keep?: SwitchKeep | null | undefined;
};

/** `target`: needed to enable. `afterSeconds`: for NO_ANSWER. */
export type SetForwardingCommand = {
  readonly afterSeconds?: number | null | undefined;
  readonly enabled: boolean;
  /** As for `setDoNotDisturb`. */
  readonly keep?: SwitchKeep | null | undefined;
  readonly kind: ForwardingKind;
  readonly target?: string | null | undefined;
};

export type SetHoldCommand = {
  readonly callId?: string | null | undefined;
  readonly held: boolean;
};

export type SetLedCommand = {
  readonly color?: LedColor | null | undefined;
  readonly key: string;
  readonly label?: string | null | undefined;
  readonly light: LedLight;
  readonly onPress?: LedActionInput | null | undefined;
};

export type SetMutedCommand = {
  readonly muted: boolean;
};

export type SettingInput = {
  readonly name: string;
  readonly value: string;
};

/** A screen in no vendor's dialect: the driver writes the XML. */
export type ShowMessageCommand = {
  readonly beep?: boolean | null | undefined;
  readonly text: string;
  readonly timeoutSeconds?: number | null | undefined;
  readonly title: string;
};

export type SwitchKeep =
  /** Set again likewise, and after it was changed at the phone. A phone that undoes that within a minute is let be until its next start or registration. */
  | 'ALWAYS'
  /** Set again after the phone has started or registered; whoever changes it at the phone ends that. */
  | 'UNTIL_CHANGED_AT_PHONE';

export type TouchAction =
  | 'PRESS'
  | 'RELEASE'
  | 'TAP';

export type TouchCommand = {
  readonly touches: ReadonlyArray<TouchInput>;
};

export type TouchInput = {
  readonly action?: TouchAction;
  readonly xPx: number;
  readonly yPx: number;
};

/** ATTENDED holds the call and dials `to`; `completeTransfer`, `cancelTransfer` or `conference` end that. */
export type TransferCommand = {
  readonly callId?: string | null | undefined;
  readonly kind: TransferKind;
  readonly to: string;
};

export type TransferKind =
  | 'ATTENDED'
  | 'BLIND';

export type Transport =
  | 'CSTA'
  | 'HTTP'
  | 'SIP_INVITE'
  | 'SIP_MESSAGE'
  | 'SIP_NOTIFY'
  | 'UACSTA'
  | 'XML_PUSH';

export type UnprovenReason =
  /** The gateway stopped while it waited for the proof. */
  | 'GATEWAY_STOPPED'
  /** The phone has never reported anything: `configureActionUrls`, then `verifyEventPath`. */
  | 'NEVER_HEARD'
  /** No event of a phone tells this effect: the phone’s word is all there is. */
  | 'NOT_REPORTABLE'
  /** The phone reports such things and did not within the time: it probably had no effect. Look at the phone. */
  | 'NOT_REPORTED';

/** Left out: stays as it is. `null`: cleared, where the phone can be without it. A list replaces the old one. */
export type UpdatePhoneInput = {
  readonly address?: string | null | undefined;
  /** SHA-256 fingerprint that the phone must have from now on; null pins that of the next connection. */
  readonly certificate?: string | null | undefined;
  readonly certificateCheck?: CertificateCheck | null | undefined;
  readonly firmware?: string | null | undefined;
  readonly mac?: string | null | undefined;
  readonly model?: string | null | undefined;
  readonly name?: string | null | undefined;
  readonly options?: ReadonlyArray<OptionInput> | null | undefined;
  readonly password?: string | null | undefined;
  readonly sipUri?: string | null | undefined;
  readonly tags?: ReadonlyArray<string> | null | undefined;
  readonly username?: string | null | undefined;
};

export type UpgradeFirmwareCommand = {
  readonly url: string;
};

/** A headset or speaker key is KEY_PRESSED with its `key`. */
export type UserEventKind =
  | 'KEY_LONG_PRESSED'
  | 'KEY_PRESSED'
  | 'OFF_HOOK'
  | 'ON_HOOK';

export type VerifyEventPathCommand = {
  readonly timeoutSeconds?: number | null | undefined;
};

export type WriteSettingsCommand = {
  readonly settings: ReadonlyArray<SettingInput>;
};

type FailureFields_4lNbcN6zxIcUgWOjS1JixBs2WpGrgHhUyFje33WbF8_Fragment = (
  { readonly code: string, readonly message: string, readonly retryable: boolean }
  & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
);

type FailureFields_CapabilityUnsupported_Fragment = (
  { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
  & { readonly __typename: 'CapabilityUnsupported' }
);

type FailureFields_EventPathBroken_Fragment = (
  { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
  & { readonly __typename: 'EventPathBroken' }
);

type FailureFields_IdempotencyConflict_Fragment = (
  { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
  & { readonly __typename: 'IdempotencyConflict' }
);

type FailureFields_InvalidArgument_Fragment = (
  { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
  & { readonly __typename: 'InvalidArgument' }
);

type FailureFields_InvalidCallState_Fragment = (
  { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
  & { readonly __typename: 'InvalidCallState' }
);

type FailureFields_PhoneRejected_Fragment = (
  { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
  & { readonly __typename: 'PhoneRejected' }
);

type FailureFields_PolicyDenied_Fragment = (
  { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
  & { readonly __typename: 'PolicyDenied' }
);

type FailureFields_RateLimited_Fragment = (
  { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
  & { readonly __typename: 'RateLimited' }
);

type FailureFields_SettingsDiffer_Fragment = (
  { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
  & { readonly __typename: 'SettingsDiffer' }
);

export type FailureFieldsFragment =
  | FailureFields_4lNbcN6zxIcUgWOjS1JixBs2WpGrgHhUyFje33WbF8_Fragment
  | FailureFields_CapabilityUnsupported_Fragment
  | FailureFields_EventPathBroken_Fragment
  | FailureFields_IdempotencyConflict_Fragment
  | FailureFields_InvalidArgument_Fragment
  | FailureFields_InvalidCallState_Fragment
  | FailureFields_PhoneRejected_Fragment
  | FailureFields_PolicyDenied_Fragment
  | FailureFields_RateLimited_Fragment
  | FailureFields_SettingsDiffer_Fragment
;

export type CommandFieldsFragment = { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
    | (
      { readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
    )
    | (
      { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'CapabilityUnsupported' }
    )
    | (
      { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'EventPathBroken' }
    )
    | (
      { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
      & { readonly __typename: 'IdempotencyConflict' }
    )
    | (
      { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'InvalidArgument' }
    )
    | (
      { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'InvalidCallState' }
    )
    | (
      { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'PhoneRejected' }
    )
    | (
      { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'PolicyDenied' }
    )
    | (
      { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'RateLimited' }
    )
    | (
      { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
      & { readonly __typename: 'SettingsDiffer' }
    )
   | null };

export type PhoneFieldsFragment = { readonly id: string, readonly name: string, readonly vendor: string, readonly model: string | null, readonly firmware: string | null, readonly mac: string | null, readonly address: string | null, readonly sipUri: string | null, readonly tags: ReadonlyArray<string>, readonly reachability: Reachability, readonly lastEventAt: string | null, readonly silentSince: string | null, readonly removedAt: string | null };

export type PartyFieldsFragment = { readonly displayName: string | null, readonly number: string | null, readonly uri: string | null };

export type CallFieldsFragment = { readonly id: string, readonly state: CallState, readonly direction: CallDirection | null, readonly startedAt: string, readonly answeredAt: string | null, readonly endedAt: string | null, readonly endReason: CallEndReason | null, readonly endInferred: boolean, readonly heldByRemote: boolean | null, readonly muted: boolean | null, readonly local: { readonly displayName: string | null, readonly number: string | null, readonly uri: string | null }, readonly remote: { readonly displayName: string | null, readonly number: string | null, readonly uri: string | null }, readonly transfer: { readonly kind: TransferKind | null, readonly state: CallTransferState, readonly target: { readonly displayName: string | null, readonly number: string | null, readonly uri: string | null } | null } | null };

type EventFields_CallEvent_Fragment = { readonly callEventKind: CallEventKind, readonly callState: CallState | null, readonly id: string, readonly cursor: string, readonly phoneId: string, readonly receivedAt: string, readonly vendorEvent: string | null, readonly call: { readonly id: string, readonly state: CallState, readonly direction: CallDirection | null, readonly startedAt: string, readonly answeredAt: string | null, readonly endedAt: string | null, readonly endReason: CallEndReason | null, readonly endInferred: boolean, readonly heldByRemote: boolean | null, readonly muted: boolean | null, readonly local: { readonly displayName: string | null, readonly number: string | null, readonly uri: string | null }, readonly remote: { readonly displayName: string | null, readonly number: string | null, readonly uri: string | null }, readonly transfer: { readonly kind: TransferKind | null, readonly state: CallTransferState, readonly target: { readonly displayName: string | null, readonly number: string | null, readonly uri: string | null } | null } | null } | null, readonly variables: ReadonlyArray<{ readonly name: string, readonly value: string }> };

type EventFields_DeviceEvent_Fragment = { readonly deviceEventKind: DeviceEventKind, readonly id: string, readonly cursor: string, readonly phoneId: string, readonly receivedAt: string, readonly vendorEvent: string | null, readonly variables: ReadonlyArray<{ readonly name: string, readonly value: string }> };

type EventFields_FeatureEvent_Fragment = { readonly feature: PhoneFeature, readonly enabled: boolean, readonly target: string | null, readonly id: string, readonly cursor: string, readonly phoneId: string, readonly receivedAt: string, readonly vendorEvent: string | null, readonly variables: ReadonlyArray<{ readonly name: string, readonly value: string }> };

type EventFields_OtherEvent_Fragment = { readonly id: string, readonly cursor: string, readonly phoneId: string, readonly receivedAt: string, readonly vendorEvent: string | null, readonly variables: ReadonlyArray<{ readonly name: string, readonly value: string }> };

type EventFields_RegistrationEvent_Fragment = { readonly accountUri: string | null, readonly registrationState: RegistrationState, readonly id: string, readonly cursor: string, readonly phoneId: string, readonly receivedAt: string, readonly vendorEvent: string | null, readonly variables: ReadonlyArray<{ readonly name: string, readonly value: string }> };

type EventFields_UserEvent_Fragment = { readonly userEventKind: UserEventKind, readonly key: string | null, readonly id: string, readonly cursor: string, readonly phoneId: string, readonly receivedAt: string, readonly vendorEvent: string | null, readonly variables: ReadonlyArray<{ readonly name: string, readonly value: string }> };

export type EventFieldsFragment =
  | EventFields_CallEvent_Fragment
  | EventFields_DeviceEvent_Fragment
  | EventFields_FeatureEvent_Fragment
  | EventFields_OtherEvent_Fragment
  | EventFields_RegistrationEvent_Fragment
  | EventFields_UserEvent_Fragment
;

export type ApiKeyFieldsFragment = { readonly id: string, readonly name: string, readonly scopes: ReadonlyArray<Scope>, readonly tags: ReadonlyArray<string> | null, readonly masksNumbers: boolean, readonly createdAt: string, readonly expiresAt: string | null, readonly revokedAt: string | null };

export type OnboardingLinkFieldsFragment = { readonly id: string, readonly createdAt: string, readonly createdBy: string, readonly expiresAt: string, readonly revokedAt: string | null };

export type PhoneEventsSubscriptionVariables = Exact<{
  filter?: PhoneEventFilter | null | undefined;
  after?: string | null | undefined;
  withPhone?: boolean;
}>;


export type PhoneEventsSubscription = { readonly phoneEvents:
    | (
      { readonly callEventKind: CallEventKind, readonly callState: CallState | null, readonly id: string, readonly cursor: string, readonly phoneId: string, readonly receivedAt: string, readonly vendorEvent: string | null, readonly phone?: { readonly id: string, readonly name: string }, readonly call: { readonly id: string, readonly state: CallState, readonly direction: CallDirection | null, readonly startedAt: string, readonly answeredAt: string | null, readonly endedAt: string | null, readonly endReason: CallEndReason | null, readonly endInferred: boolean, readonly heldByRemote: boolean | null, readonly muted: boolean | null, readonly local: { readonly displayName: string | null, readonly number: string | null, readonly uri: string | null }, readonly remote: { readonly displayName: string | null, readonly number: string | null, readonly uri: string | null }, readonly transfer: { readonly kind: TransferKind | null, readonly state: CallTransferState, readonly target: { readonly displayName: string | null, readonly number: string | null, readonly uri: string | null } | null } | null } | null, readonly variables: ReadonlyArray<{ readonly name: string, readonly value: string }> }
      & { readonly __typename: 'CallEvent' }
    )
    | (
      { readonly cursor: string }
      & { readonly __typename: 'CaughtUp' }
    )
    | (
      { readonly deviceEventKind: DeviceEventKind, readonly id: string, readonly cursor: string, readonly phoneId: string, readonly receivedAt: string, readonly vendorEvent: string | null, readonly phone?: { readonly id: string, readonly name: string }, readonly variables: ReadonlyArray<{ readonly name: string, readonly value: string }> }
      & { readonly __typename: 'DeviceEvent' }
    )
    | (
      { readonly reason: MissedReason, readonly resumeCursor: string }
      & { readonly __typename: 'EventsMissed' }
    )
    | (
      { readonly feature: PhoneFeature, readonly enabled: boolean, readonly target: string | null, readonly id: string, readonly cursor: string, readonly phoneId: string, readonly receivedAt: string, readonly vendorEvent: string | null, readonly phone?: { readonly id: string, readonly name: string }, readonly variables: ReadonlyArray<{ readonly name: string, readonly value: string }> }
      & { readonly __typename: 'FeatureEvent' }
    )
    | (
      { readonly id: string, readonly cursor: string, readonly phoneId: string, readonly receivedAt: string, readonly vendorEvent: string | null, readonly phone?: { readonly id: string, readonly name: string }, readonly variables: ReadonlyArray<{ readonly name: string, readonly value: string }> }
      & { readonly __typename: 'OtherEvent' }
    )
    | (
      { readonly accountUri: string | null, readonly registrationState: RegistrationState, readonly id: string, readonly cursor: string, readonly phoneId: string, readonly receivedAt: string, readonly vendorEvent: string | null, readonly phone?: { readonly id: string, readonly name: string }, readonly variables: ReadonlyArray<{ readonly name: string, readonly value: string }> }
      & { readonly __typename: 'RegistrationEvent' }
    )
    | (
      { readonly userEventKind: UserEventKind, readonly key: string | null, readonly id: string, readonly cursor: string, readonly phoneId: string, readonly receivedAt: string, readonly vendorEvent: string | null, readonly phone?: { readonly id: string, readonly name: string }, readonly variables: ReadonlyArray<{ readonly name: string, readonly value: string }> }
      & { readonly __typename: 'UserEvent' }
    )
   };

export type CallsSubscriptionVariables = Exact<{
  filter?: CallFilter | null | undefined;
}>;


export type CallsSubscription = { readonly calls:
    | (
      { readonly id: string, readonly state: CallState, readonly direction: CallDirection | null, readonly startedAt: string, readonly answeredAt: string | null, readonly endedAt: string | null, readonly endReason: CallEndReason | null, readonly endInferred: boolean, readonly heldByRemote: boolean | null, readonly muted: boolean | null, readonly phone: { readonly id: string, readonly name: string }, readonly local: { readonly displayName: string | null, readonly number: string | null, readonly uri: string | null }, readonly remote: { readonly displayName: string | null, readonly number: string | null, readonly uri: string | null }, readonly transfer: { readonly kind: TransferKind | null, readonly state: CallTransferState, readonly target: { readonly displayName: string | null, readonly number: string | null, readonly uri: string | null } | null } | null }
      & { readonly __typename: 'Call' }
    )
    | (
      { readonly cursor: string }
      & { readonly __typename: 'CaughtUp' }
    )
   };

export type FollowCommandSubscriptionVariables = Exact<{
  id: string;
}>;


export type FollowCommandSubscription = { readonly command: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { readonly viewer: { readonly name: string, readonly scopes: ReadonlyArray<Scope>, readonly tags: ReadonlyArray<string> | null, readonly masksNumbers: boolean, readonly expiresAt: string | null } };

export type PhonesQueryVariables = Exact<{
  filter?: PhoneFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type PhonesQuery = { readonly phones: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly vendor: string, readonly model: string | null, readonly firmware: string | null, readonly mac: string | null, readonly address: string | null, readonly sipUri: string | null, readonly tags: ReadonlyArray<string>, readonly reachability: Reachability, readonly lastEventAt: string | null, readonly silentSince: string | null, readonly removedAt: string | null }>, readonly pageInfo: { readonly endCursor: string | null, readonly hasNextPage: boolean } } };

export type PhoneQueryVariables = Exact<{
  by: PhoneBy;
}>;


export type PhoneQuery = { readonly phone: { readonly id: string, readonly name: string, readonly vendor: string, readonly model: string | null, readonly firmware: string | null, readonly mac: string | null, readonly address: string | null, readonly sipUri: string | null, readonly tags: ReadonlyArray<string>, readonly reachability: Reachability, readonly lastEventAt: string | null, readonly silentSince: string | null, readonly removedAt: string | null, readonly capabilities: ReadonlyArray<{ readonly capability: Capability, readonly transports: ReadonlyArray<Transport>, readonly evidence: Evidence, readonly source: string | null }> } | null };

export type ActiveCallsQueryVariables = Exact<{
  phoneId: string;
}>;


export type ActiveCallsQuery = { readonly phone: { readonly activeCalls: ReadonlyArray<{ readonly id: string, readonly state: CallState, readonly direction: CallDirection | null, readonly startedAt: string, readonly answeredAt: string | null, readonly endedAt: string | null, readonly endReason: CallEndReason | null, readonly endInferred: boolean, readonly heldByRemote: boolean | null, readonly muted: boolean | null, readonly local: { readonly displayName: string | null, readonly number: string | null, readonly uri: string | null }, readonly remote: { readonly displayName: string | null, readonly number: string | null, readonly uri: string | null }, readonly transfer: { readonly kind: TransferKind | null, readonly state: CallTransferState, readonly target: { readonly displayName: string | null, readonly number: string | null, readonly uri: string | null } | null } | null }> } | null };

export type CallHistoryQueryVariables = Exact<{
  filter?: CallFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CallHistoryQuery = { readonly calls: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly state: CallState, readonly direction: CallDirection | null, readonly startedAt: string, readonly answeredAt: string | null, readonly endedAt: string | null, readonly endReason: CallEndReason | null, readonly endInferred: boolean, readonly heldByRemote: boolean | null, readonly muted: boolean | null, readonly phone: { readonly id: string, readonly name: string }, readonly local: { readonly displayName: string | null, readonly number: string | null, readonly uri: string | null }, readonly remote: { readonly displayName: string | null, readonly number: string | null, readonly uri: string | null }, readonly transfer: { readonly kind: TransferKind | null, readonly state: CallTransferState, readonly target: { readonly displayName: string | null, readonly number: string | null, readonly uri: string | null } | null } | null }>, readonly pageInfo: { readonly endCursor: string | null, readonly hasNextPage: boolean } } };

export type EventHistoryQueryVariables = Exact<{
  filter?: PhoneEventFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type EventHistoryQuery = { readonly events: { readonly nodes: ReadonlyArray<
      | { readonly callEventKind: CallEventKind, readonly callState: CallState | null, readonly id: string, readonly cursor: string, readonly phoneId: string, readonly receivedAt: string, readonly vendorEvent: string | null, readonly call: { readonly id: string, readonly state: CallState, readonly direction: CallDirection | null, readonly startedAt: string, readonly answeredAt: string | null, readonly endedAt: string | null, readonly endReason: CallEndReason | null, readonly endInferred: boolean, readonly heldByRemote: boolean | null, readonly muted: boolean | null, readonly local: { readonly displayName: string | null, readonly number: string | null, readonly uri: string | null }, readonly remote: { readonly displayName: string | null, readonly number: string | null, readonly uri: string | null }, readonly transfer: { readonly kind: TransferKind | null, readonly state: CallTransferState, readonly target: { readonly displayName: string | null, readonly number: string | null, readonly uri: string | null } | null } | null } | null, readonly variables: ReadonlyArray<{ readonly name: string, readonly value: string }> }
      | { readonly deviceEventKind: DeviceEventKind, readonly id: string, readonly cursor: string, readonly phoneId: string, readonly receivedAt: string, readonly vendorEvent: string | null, readonly variables: ReadonlyArray<{ readonly name: string, readonly value: string }> }
      | { readonly feature: PhoneFeature, readonly enabled: boolean, readonly target: string | null, readonly id: string, readonly cursor: string, readonly phoneId: string, readonly receivedAt: string, readonly vendorEvent: string | null, readonly variables: ReadonlyArray<{ readonly name: string, readonly value: string }> }
      | { readonly id: string, readonly cursor: string, readonly phoneId: string, readonly receivedAt: string, readonly vendorEvent: string | null, readonly variables: ReadonlyArray<{ readonly name: string, readonly value: string }> }
      | { readonly accountUri: string | null, readonly registrationState: RegistrationState, readonly id: string, readonly cursor: string, readonly phoneId: string, readonly receivedAt: string, readonly vendorEvent: string | null, readonly variables: ReadonlyArray<{ readonly name: string, readonly value: string }> }
      | { readonly userEventKind: UserEventKind, readonly key: string | null, readonly id: string, readonly cursor: string, readonly phoneId: string, readonly receivedAt: string, readonly vendorEvent: string | null, readonly variables: ReadonlyArray<{ readonly name: string, readonly value: string }> }
    >, readonly pageInfo: { readonly endCursor: string | null, readonly hasNextPage: boolean } } };

export type CommandQueryVariables = Exact<{
  id: string;
}>;


export type CommandQuery = { readonly node: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type ExplainCommandQueryVariables = Exact<{
  phoneId: string;
  command: CommandInput;
}>;


export type ExplainCommandQuery = { readonly explainCommand: { readonly allowed: boolean, readonly transport: Transport | null, readonly evidence: Evidence | null, readonly source: string | null, readonly exchanges: ReadonlyArray<string>, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type PhoneInfoQueryVariables = Exact<{
  phoneId: string;
}>;


export type PhoneInfoQuery = { readonly phoneInfo:
    | (
      { readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'ApprovalPending' | 'PhoneUnauthorized' | 'PhoneUnreachable' }
    )
    | (
      { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'CapabilityUnsupported' }
    )
    | (
      { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'InvalidArgument' }
    )
    | (
      { readonly mac: string | null, readonly model: string | null, readonly firmware: string | null, readonly transport: Transport, readonly accounts: ReadonlyArray<{ readonly account: number, readonly user: string | null, readonly host: string | null, readonly displayName: string | null, readonly label: string | null, readonly enabled: boolean | null, readonly registered: boolean | null }>, readonly features: ReadonlyArray<{ readonly feature: PhoneFeature, readonly enabled: boolean, readonly target: string | null, readonly since: string | null }> }
      & { readonly __typename: 'PhoneInfo' }
    )
    | (
      { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'PhoneRejected' }
    )
    | (
      { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'PolicyDenied' }
    )
    | (
      { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'RateLimited' }
    )
   | null };

export type SettingsQueryVariables = Exact<{
  phoneId: string;
  names?: ReadonlyArray<string> | string | null | undefined;
}>;


export type SettingsQuery = { readonly settings:
    | (
      { readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'ApprovalPending' | 'PhoneUnauthorized' | 'PhoneUnreachable' }
    )
    | (
      { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'CapabilityUnsupported' }
    )
    | (
      { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'InvalidArgument' }
    )
    | (
      { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'PhoneRejected' }
    )
    | (
      { readonly transport: Transport, readonly settings: ReadonlyArray<{ readonly name: string, readonly value: string | null, readonly writable: boolean | null }> }
      & { readonly __typename: 'PhoneSettings' }
    )
    | (
      { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'PolicyDenied' }
    )
    | (
      { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'RateLimited' }
    )
   | null };

export type ScreenQueryVariables = Exact<{
  phoneId: string;
}>;


export type ScreenQuery = { readonly screen:
    | (
      { readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'ApprovalPending' | 'PhoneUnauthorized' | 'PhoneUnreachable' }
    )
    | (
      { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'CapabilityUnsupported' }
    )
    | (
      { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'InvalidArgument' }
    )
    | (
      { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'PhoneRejected' }
    )
    | (
      { readonly base64: string, readonly mediaType: string, readonly widthPx: number | null, readonly heightPx: number | null }
      & { readonly __typename: 'PhoneScreen' }
    )
    | (
      { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'PolicyDenied' }
    )
    | (
      { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'RateLimited' }
    )
   | null };

export type DiagnosisQueryVariables = Exact<{
  phoneId: string;
}>;


export type DiagnosisQuery = { readonly diagnosis: { readonly findings: ReadonlyArray<{ readonly code: string, readonly severity: FindingSeverity, readonly message: string, readonly fix: string | null }> } | null };

export type DriversQueryVariables = Exact<{ [key: string]: never; }>;


export type DriversQuery = { readonly drivers: ReadonlyArray<{ readonly id: string, readonly vendor: string, readonly name: string, readonly version: string, readonly contractVersion: string }> };

export type ApiKeysQueryVariables = Exact<{ [key: string]: never; }>;


export type ApiKeysQuery = { readonly apiKeys: ReadonlyArray<{ readonly id: string, readonly name: string, readonly scopes: ReadonlyArray<Scope>, readonly tags: ReadonlyArray<string> | null, readonly masksNumbers: boolean, readonly createdAt: string, readonly expiresAt: string | null, readonly revokedAt: string | null }> | null };

export type OnboardingLinksQueryVariables = Exact<{ [key: string]: never; }>;


export type OnboardingLinksQuery = { readonly onboardingLinks: ReadonlyArray<{ readonly id: string, readonly createdAt: string, readonly createdBy: string, readonly expiresAt: string, readonly revokedAt: string | null }> | null };

export type UnknownDevicesQueryVariables = Exact<{ [key: string]: never; }>;


export type UnknownDevicesQuery = { readonly unknownDevices: { readonly incomplete: ReadonlyArray<string>, readonly devices: ReadonlyArray<{ readonly id: string, readonly address: string, readonly mac: string | null, readonly model: string | null, readonly firmware: string | null, readonly sipUri: string | null, readonly seenBy: ReadonlyArray<FirstContact>, readonly firstSeenAt: string, readonly lastSeenAt: string, readonly timesSeen: number, readonly candidates: ReadonlyArray<{ readonly vendor: string, readonly score: number, readonly reasons: ReadonlyArray<string>, readonly model: string | null, readonly firmware: string | null, readonly mac: string | null }>, readonly explainMatch: { readonly vendor: string | null, readonly reason: string } }> } | null };

export type DraftDefinitionQueryVariables = Exact<{
  phoneId?: string | null | undefined;
  unknownDeviceId?: string | null | undefined;
}>;


export type DraftDefinitionQuery = { readonly draftDefinition: { readonly file: string, readonly text: string, readonly events: number } | null };

export type IdentifyDeviceMutationVariables = Exact<{
  input: IdentifyDeviceInput;
}>;


export type IdentifyDeviceMutation = { readonly identifyDevice:
    | (
      { readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'ApprovalPending' | 'PhoneUnauthorized' | 'PhoneUnreachable' }
    )
    | (
      { readonly candidates: ReadonlyArray<{ readonly vendor: string, readonly score: number, readonly reasons: ReadonlyArray<string>, readonly model: string | null, readonly firmware: string | null, readonly mac: string | null }>, readonly explainMatch: { readonly vendor: string | null, readonly reason: string } }
      & { readonly __typename: 'DeviceIdentification' }
    )
    | (
      { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'InvalidArgument' }
    )
    | (
      { readonly code: string, readonly message: string, readonly retryable: boolean, readonly existing: { readonly id: string, readonly name: string } }
      & { readonly __typename: 'PhoneConflict' }
    )
    | (
      { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'PolicyDenied' }
    )
    | (
      { readonly code: string, readonly message: string, readonly retryable: boolean, readonly candidates: ReadonlyArray<{ readonly vendor: string, readonly name: string }> }
      & { readonly __typename: 'VendorUnidentified' }
    )
   | null };

export type AddPhoneMutationVariables = Exact<{
  input: AddPhoneInput;
}>;


export type AddPhoneMutation = { readonly addPhone:
    | (
      { readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'ApprovalPending' | 'PhoneUnauthorized' | 'PhoneUnreachable' }
    )
    | (
      { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'InvalidArgument' }
    )
    | (
      { readonly id: string, readonly name: string, readonly vendor: string, readonly model: string | null, readonly firmware: string | null, readonly mac: string | null, readonly address: string | null, readonly sipUri: string | null, readonly tags: ReadonlyArray<string>, readonly reachability: Reachability, readonly lastEventAt: string | null, readonly silentSince: string | null, readonly removedAt: string | null }
      & { readonly __typename: 'Phone' }
    )
    | (
      { readonly code: string, readonly message: string, readonly retryable: boolean, readonly existing: { readonly id: string, readonly name: string } }
      & { readonly __typename: 'PhoneConflict' }
    )
    | (
      { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'PolicyDenied' }
    )
    | (
      { readonly code: string, readonly message: string, readonly retryable: boolean, readonly candidates: ReadonlyArray<{ readonly vendor: string, readonly name: string }> }
      & { readonly __typename: 'VendorUnidentified' }
    )
   | null };

export type UpdatePhoneMutationVariables = Exact<{
  phoneId: string;
  input: UpdatePhoneInput;
}>;


export type UpdatePhoneMutation = { readonly updatePhone:
    | (
      { readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'ApprovalPending' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'VendorUnidentified' }
    )
    | (
      { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'InvalidArgument' }
    )
    | (
      { readonly id: string, readonly name: string, readonly vendor: string, readonly model: string | null, readonly firmware: string | null, readonly mac: string | null, readonly address: string | null, readonly sipUri: string | null, readonly tags: ReadonlyArray<string>, readonly reachability: Reachability, readonly lastEventAt: string | null, readonly silentSince: string | null, readonly removedAt: string | null }
      & { readonly __typename: 'Phone' }
    )
    | (
      { readonly code: string, readonly message: string, readonly retryable: boolean, readonly existing: { readonly id: string, readonly name: string } }
      & { readonly __typename: 'PhoneConflict' }
    )
    | (
      { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'PolicyDenied' }
    )
   | null };

export type RemovePhoneMutationVariables = Exact<{
  phoneId: string;
}>;


export type RemovePhoneMutation = { readonly removePhone:
    | (
      { readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'ApprovalPending' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'VendorUnidentified' }
    )
    | (
      { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'InvalidArgument' }
    )
    | (
      { readonly id: string, readonly name: string, readonly vendor: string, readonly model: string | null, readonly firmware: string | null, readonly mac: string | null, readonly address: string | null, readonly sipUri: string | null, readonly tags: ReadonlyArray<string>, readonly reachability: Reachability, readonly lastEventAt: string | null, readonly silentSince: string | null, readonly removedAt: string | null }
      & { readonly __typename: 'Phone' }
    )
    | (
      { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'PolicyDenied' }
    )
   | null };

export type RotateActionUrlsMutationVariables = Exact<{
  phoneId: string;
  overlapSeconds?: number | null | undefined;
}>;


export type RotateActionUrlsMutation = { readonly rotateActionUrls:
    | (
      { readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'ApprovalPending' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'VendorUnidentified' }
    )
    | (
      { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'InvalidArgument' }
    )
    | (
      { readonly id: string, readonly name: string, readonly vendor: string, readonly model: string | null, readonly firmware: string | null, readonly mac: string | null, readonly address: string | null, readonly sipUri: string | null, readonly tags: ReadonlyArray<string>, readonly reachability: Reachability, readonly lastEventAt: string | null, readonly silentSince: string | null, readonly removedAt: string | null }
      & { readonly __typename: 'Phone' }
    )
    | (
      { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
      & { readonly __typename: 'PolicyDenied' }
    )
   | null };

export type RunOnPhonesMutationVariables = Exact<{
  filter: PhoneFilter;
  command: CommandInput;
  idempotencyKey?: string | null | undefined;
}>;


export type RunOnPhonesMutation = { readonly runOnPhones: { readonly id: string, readonly total: number, readonly pending: number } | null };

export type CreateApiKeyMutationVariables = Exact<{
  name: string;
  scopes: ReadonlyArray<Scope> | Scope;
  tags?: ReadonlyArray<string> | string | null | undefined;
  maskNumbers?: boolean | null | undefined;
  expiresAt?: string | null | undefined;
}>;


export type CreateApiKeyMutation = { readonly createApiKey: { readonly key: string, readonly apiKey: { readonly id: string, readonly name: string, readonly scopes: ReadonlyArray<Scope>, readonly tags: ReadonlyArray<string> | null, readonly masksNumbers: boolean, readonly createdAt: string, readonly expiresAt: string | null, readonly revokedAt: string | null } } | null };

export type RevokeApiKeyMutationVariables = Exact<{
  id: string;
}>;


export type RevokeApiKeyMutation = { readonly revokeApiKey: { readonly id: string, readonly name: string, readonly scopes: ReadonlyArray<Scope>, readonly tags: ReadonlyArray<string> | null, readonly masksNumbers: boolean, readonly createdAt: string, readonly expiresAt: string | null, readonly revokedAt: string | null } | null };

export type CreateOnboardingLinkMutationVariables = Exact<{
  expiresAt?: string | null | undefined;
}>;


export type CreateOnboardingLinkMutation = { readonly createOnboardingLink: { readonly link: { readonly id: string, readonly createdAt: string, readonly createdBy: string, readonly expiresAt: string, readonly revokedAt: string | null }, readonly urls: ReadonlyArray<{ readonly vendor: string, readonly setting: string, readonly url: string }> } | null };

export type RevokeOnboardingLinkMutationVariables = Exact<{
  id: string;
}>;


export type RevokeOnboardingLinkMutation = { readonly revokeOnboardingLink: { readonly id: string, readonly createdAt: string, readonly createdBy: string, readonly expiresAt: string, readonly revokedAt: string | null } | null };

export type AnswerMutationVariables = Exact<{
  phoneId: string;
  command?: AnswerCommand | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type AnswerMutation = { readonly answer: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type CancelTransferMutationVariables = Exact<{
  phoneId: string;
  command?: CancelTransferCommand | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type CancelTransferMutation = { readonly cancelTransfer: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type ClearCallListsMutationVariables = Exact<{
  phoneId: string;
  command: ClearCallListsCommand;
  idempotencyKey?: string | null | undefined;
}>;


export type ClearCallListsMutation = { readonly clearCallLists: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type CompleteTransferMutationVariables = Exact<{
  phoneId: string;
  command?: CompleteTransferCommand | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type CompleteTransferMutation = { readonly completeTransfer: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type ConferenceMutationVariables = Exact<{
  phoneId: string;
  command?: ConferenceCommand | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type ConferenceMutation = { readonly conference: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type ConfigureActionUrlsMutationVariables = Exact<{
  phoneId: string;
  command?: ConfigureActionUrlsCommand | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type ConfigureActionUrlsMutation = { readonly configureActionUrls: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type ConfigureKeyMutationVariables = Exact<{
  phoneId: string;
  command: ConfigureKeyCommand;
  idempotencyKey?: string | null | undefined;
}>;


export type ConfigureKeyMutation = { readonly configureKey: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type DeflectMutationVariables = Exact<{
  phoneId: string;
  command: DeflectCommand;
  idempotencyKey?: string | null | undefined;
}>;


export type DeflectMutation = { readonly deflect: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type DialMutationVariables = Exact<{
  phoneId: string;
  command: DialCommand;
  idempotencyKey?: string | null | undefined;
}>;


export type DialMutation = { readonly dial: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type FactoryResetMutationVariables = Exact<{
  phoneId: string;
  command: FactoryResetCommand;
  idempotencyKey?: string | null | undefined;
}>;


export type FactoryResetMutation = { readonly factoryReset: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type HangUpMutationVariables = Exact<{
  phoneId: string;
  command?: HangUpCommand | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type HangUpMutation = { readonly hangUp: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type HangUpAllMutationVariables = Exact<{
  phoneId: string;
  command?: HangUpAllCommand | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type HangUpAllMutation = { readonly hangUpAll: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type LogOffMutationVariables = Exact<{
  phoneId: string;
  command?: LogOffCommand | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type LogOffMutation = { readonly logOff: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type PlayRingtoneMutationVariables = Exact<{
  phoneId: string;
  command: PlayRingtoneCommand;
  idempotencyKey?: string | null | undefined;
}>;


export type PlayRingtoneMutation = { readonly playRingtone: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type PressKeysMutationVariables = Exact<{
  phoneId: string;
  command: PressKeysCommand;
  idempotencyKey?: string | null | undefined;
}>;


export type PressKeysMutation = { readonly pressKeys: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type ProvisionMutationVariables = Exact<{
  phoneId: string;
  command?: ProvisionCommand | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type ProvisionMutation = { readonly provision: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type PushXmlMutationVariables = Exact<{
  phoneId: string;
  command: PushXmlCommand;
  idempotencyKey?: string | null | undefined;
}>;


export type PushXmlMutation = { readonly pushXml: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type RebootMutationVariables = Exact<{
  phoneId: string;
  command?: RebootCommand | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type RebootMutation = { readonly reboot: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type RefreshCallsMutationVariables = Exact<{
  phoneId: string;
  command?: RefreshCallsCommand | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type RefreshCallsMutation = { readonly refreshCalls: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type RejectMutationVariables = Exact<{
  phoneId: string;
  command?: RejectCommand | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type RejectMutation = { readonly reject: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type ReregisterMutationVariables = Exact<{
  phoneId: string;
  command?: ReregisterCommand | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type ReregisterMutation = { readonly reregister: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type SendDtmfMutationVariables = Exact<{
  phoneId: string;
  command: SendDtmfCommand;
  idempotencyKey?: string | null | undefined;
}>;


export type SendDtmfMutation = { readonly sendDtmf: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type SetDoNotDisturbMutationVariables = Exact<{
  phoneId: string;
  command: SetDoNotDisturbCommand;
  idempotencyKey?: string | null | undefined;
}>;


export type SetDoNotDisturbMutation = { readonly setDoNotDisturb: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type SetForwardingMutationVariables = Exact<{
  phoneId: string;
  command: SetForwardingCommand;
  idempotencyKey?: string | null | undefined;
}>;


export type SetForwardingMutation = { readonly setForwarding: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type SetHoldMutationVariables = Exact<{
  phoneId: string;
  command: SetHoldCommand;
  idempotencyKey?: string | null | undefined;
}>;


export type SetHoldMutation = { readonly setHold: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type SetLedMutationVariables = Exact<{
  phoneId: string;
  command: SetLedCommand;
  idempotencyKey?: string | null | undefined;
}>;


export type SetLedMutation = { readonly setLed: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type SetMutedMutationVariables = Exact<{
  phoneId: string;
  command: SetMutedCommand;
  idempotencyKey?: string | null | undefined;
}>;


export type SetMutedMutation = { readonly setMuted: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type ShowMessageMutationVariables = Exact<{
  phoneId: string;
  command: ShowMessageCommand;
  idempotencyKey?: string | null | undefined;
}>;


export type ShowMessageMutation = { readonly showMessage: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type TouchMutationVariables = Exact<{
  phoneId: string;
  command: TouchCommand;
  idempotencyKey?: string | null | undefined;
}>;


export type TouchMutation = { readonly touch: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type TransferMutationVariables = Exact<{
  phoneId: string;
  command: TransferCommand;
  idempotencyKey?: string | null | undefined;
}>;


export type TransferMutation = { readonly transfer: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type UpgradeFirmwareMutationVariables = Exact<{
  phoneId: string;
  command: UpgradeFirmwareCommand;
  idempotencyKey?: string | null | undefined;
}>;


export type UpgradeFirmwareMutation = { readonly upgradeFirmware: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type VerifyEventPathMutationVariables = Exact<{
  phoneId: string;
  command?: VerifyEventPathCommand | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type VerifyEventPathMutation = { readonly verifyEventPath: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

export type WriteSettingsMutationVariables = Exact<{
  phoneId: string;
  command: WriteSettingsCommand;
  idempotencyKey?: string | null | undefined;
}>;


export type WriteSettingsMutation = { readonly writeSettings: { readonly id: string, readonly name: string, readonly status: CommandStatus, readonly changed: boolean | null, readonly transport: Transport | null, readonly unproven: UnprovenReason | null, readonly unreadableSettings: ReadonlyArray<string> | null, readonly requestedAt: string, readonly requestedBy: string, readonly sentAt: string | null, readonly repliedAt: string | null, readonly settledAt: string | null, readonly skippedTransports: ReadonlyArray<{ readonly transport: Transport, readonly reason: string }>, readonly failure:
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'ApprovalPending' | 'CommandExpired' | 'DriverFailed' | 'PhoneConflict' | 'PhoneUnauthorized' | 'PhoneUnreachable' | 'StateUnknown' | 'VendorUnidentified' }
      )
      | (
        { readonly capability: Capability, readonly alternatives: ReadonlyArray<Capability>, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'CapabilityUnsupported' }
      )
      | (
        { readonly hop: EventPathHop, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'EventPathBroken' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly original: { readonly id: string, readonly name: string } }
        & { readonly __typename: 'IdempotencyConflict' }
      )
      | (
        { readonly argument: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidArgument' }
      )
      | (
        { readonly actual: CallState | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'InvalidCallState' }
      )
      | (
        { readonly phoneStatus: number | null, readonly phoneCode: string | null, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PhoneRejected' }
      )
      | (
        { readonly rule: string, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'PolicyDenied' }
      )
      | (
        { readonly retryAfterMs: number, readonly code: string, readonly message: string, readonly retryable: boolean }
        & { readonly __typename: 'RateLimited' }
      )
      | (
        { readonly code: string, readonly message: string, readonly retryable: boolean, readonly differences: ReadonlyArray<{ readonly name: string, readonly expected: string | null, readonly actual: string | null }> }
        & { readonly __typename: 'SettingsDiffer' }
      )
     | null } | null };

