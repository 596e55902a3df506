// Generated from the schema and operations/ by `npm run generate`. Do not edit.
import type { CommandOptions, CommandOutcome, RunCommand } from '../command.ts';
import * as operations from './operations.ts';
import type {
  AnswerCommand,
  CancelTransferCommand,
  ClearCallListsCommand,
  CompleteTransferCommand,
  ConferenceCommand,
  ConfigureActionUrlsCommand,
  ConfigureKeyCommand,
  DeflectCommand,
  DialCommand,
  FactoryResetCommand,
  HangUpAllCommand,
  HangUpCommand,
  LogOffCommand,
  PlayRingtoneCommand,
  PressKeysCommand,
  ProvisionCommand,
  PushXmlCommand,
  RebootCommand,
  RefreshCallsCommand,
  RejectCommand,
  ReregisterCommand,
  SendDtmfCommand,
  SetDoNotDisturbCommand,
  SetForwardingCommand,
  SetHoldCommand,
  SetLedCommand,
  SetMutedCommand,
  ShowMessageCommand,
  TouchCommand,
  TransferCommand,
  UpgradeFirmwareCommand,
  VerifyEventPathCommand,
  WriteSettingsCommand,
} from './types.ts';

/** One method for each command that the schema has. */
export interface Commands {
  /**
   * `answer`.
   */
  answer(phoneId: string, command?: AnswerCommand | null, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `cancelTransfer`.
   */
  cancelTransfer(phoneId: string, command?: CancelTransferCommand | null, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `clearCallLists`.
   */
  clearCallLists(phoneId: string, command: ClearCallListsCommand, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `completeTransfer`.
   */
  completeTransfer(phoneId: string, command?: CompleteTransferCommand | null, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `conference`.
   */
  conference(phoneId: string, command?: ConferenceCommand | null, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `configureActionUrls`.
   * Writes the phone's action URLs, reads them back, and says what differs.
   */
  configureActionUrls(phoneId: string, command?: ConfigureActionUrlsCommand | null, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `configureKey`.
   * What a function key is for; a light set by `setLed` needs BUTTON on some vendors' phones.
   */
  configureKey(phoneId: string, command: ConfigureKeyCommand, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `deflect`.
   * Sends a ringing call elsewhere, unanswered.
   */
  deflect(phoneId: string, command: DeflectCommand, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `dial`.
   */
  dial(phoneId: string, command: DialCommand, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `factoryReset`.
   */
  factoryReset(phoneId: string, command: FactoryResetCommand, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `hangUp`.
   */
  hangUp(phoneId: string, command?: HangUpCommand | null, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `hangUpAll`.
   */
  hangUpAll(phoneId: string, command?: HangUpAllCommand | null, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `logOff`.
   */
  logOff(phoneId: string, command?: LogOffCommand | null, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `playRingtone`.
   */
  playRingtone(phoneId: string, command: PlayRingtoneCommand, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `pressKeys`.
   */
  pressKeys(phoneId: string, command: PressKeysCommand, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `provision`.
   */
  provision(phoneId: string, command?: ProvisionCommand | null, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `pushXml`.
   */
  pushXml(phoneId: string, command: PushXmlCommand, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `reboot`.
   */
  reboot(phoneId: string, command?: RebootCommand | null, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `refreshCalls`.
   * Asks the phone for its calls and corrects the gateway's picture of them.
   */
  refreshCalls(phoneId: string, command?: RefreshCallsCommand | null, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `reject`.
   */
  reject(phoneId: string, command?: RejectCommand | null, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `reregister`.
   */
  reregister(phoneId: string, command?: ReregisterCommand | null, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `sendDtmf`.
   */
  sendDtmf(phoneId: string, command: SendDtmfCommand, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `setDoNotDisturb`.
   */
  setDoNotDisturb(phoneId: string, command: SetDoNotDisturbCommand, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `setForwarding`.
   */
  setForwarding(phoneId: string, command: SetForwardingCommand, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `setHold`.
   */
  setHold(phoneId: string, command: SetHoldCommand, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `setLed`.
   */
  setLed(phoneId: string, command: SetLedCommand, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `setMuted`.
   */
  setMuted(phoneId: string, command: SetMutedCommand, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `showMessage`.
   */
  showMessage(phoneId: string, command: ShowMessageCommand, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `touch`.
   */
  touch(phoneId: string, command: TouchCommand, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `transfer`.
   */
  transfer(phoneId: string, command: TransferCommand, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `upgradeFirmware`.
   */
  upgradeFirmware(phoneId: string, command: UpgradeFirmwareCommand, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `verifyEventPath`.
   * Provokes a harmless event and waits for it: CONFIRMED, or a failure that names the broken hop.
   */
  verifyEventPath(phoneId: string, command?: VerifyEventPathCommand | null, options?: CommandOptions): Promise<CommandOutcome>;

  /**
   * `writeSettings`.
   */
  writeSettings(phoneId: string, command: WriteSettingsCommand, options?: CommandOptions): Promise<CommandOutcome>;
}

/** All of them, each run in that way. */
export function createCommands(run: RunCommand): Commands {
  return {
    answer: (phoneId, command, options) => run(operations.answer, { phoneId, command }, options),
    cancelTransfer: (phoneId, command, options) => run(operations.cancelTransfer, { phoneId, command }, options),
    clearCallLists: (phoneId, command, options) => run(operations.clearCallLists, { phoneId, command }, options),
    completeTransfer: (phoneId, command, options) => run(operations.completeTransfer, { phoneId, command }, options),
    conference: (phoneId, command, options) => run(operations.conference, { phoneId, command }, options),
    configureActionUrls: (phoneId, command, options) => run(operations.configureActionUrls, { phoneId, command }, options),
    configureKey: (phoneId, command, options) => run(operations.configureKey, { phoneId, command }, options),
    deflect: (phoneId, command, options) => run(operations.deflect, { phoneId, command }, options),
    dial: (phoneId, command, options) => run(operations.dial, { phoneId, command }, options),
    factoryReset: (phoneId, command, options) => run(operations.factoryReset, { phoneId, command }, options),
    hangUp: (phoneId, command, options) => run(operations.hangUp, { phoneId, command }, options),
    hangUpAll: (phoneId, command, options) => run(operations.hangUpAll, { phoneId, command }, options),
    logOff: (phoneId, command, options) => run(operations.logOff, { phoneId, command }, options),
    playRingtone: (phoneId, command, options) => run(operations.playRingtone, { phoneId, command }, options),
    pressKeys: (phoneId, command, options) => run(operations.pressKeys, { phoneId, command }, options),
    provision: (phoneId, command, options) => run(operations.provision, { phoneId, command }, options),
    pushXml: (phoneId, command, options) => run(operations.pushXml, { phoneId, command }, options),
    reboot: (phoneId, command, options) => run(operations.reboot, { phoneId, command }, options),
    refreshCalls: (phoneId, command, options) => run(operations.refreshCalls, { phoneId, command }, options),
    reject: (phoneId, command, options) => run(operations.reject, { phoneId, command }, options),
    reregister: (phoneId, command, options) => run(operations.reregister, { phoneId, command }, options),
    sendDtmf: (phoneId, command, options) => run(operations.sendDtmf, { phoneId, command }, options),
    setDoNotDisturb: (phoneId, command, options) => run(operations.setDoNotDisturb, { phoneId, command }, options),
    setForwarding: (phoneId, command, options) => run(operations.setForwarding, { phoneId, command }, options),
    setHold: (phoneId, command, options) => run(operations.setHold, { phoneId, command }, options),
    setLed: (phoneId, command, options) => run(operations.setLed, { phoneId, command }, options),
    setMuted: (phoneId, command, options) => run(operations.setMuted, { phoneId, command }, options),
    showMessage: (phoneId, command, options) => run(operations.showMessage, { phoneId, command }, options),
    touch: (phoneId, command, options) => run(operations.touch, { phoneId, command }, options),
    transfer: (phoneId, command, options) => run(operations.transfer, { phoneId, command }, options),
    upgradeFirmware: (phoneId, command, options) => run(operations.upgradeFirmware, { phoneId, command }, options),
    verifyEventPath: (phoneId, command, options) => run(operations.verifyEventPath, { phoneId, command }, options),
    writeSettings: (phoneId, command, options) => run(operations.writeSettings, { phoneId, command }, options),
  };
}
