import { graphql, type VariablesOf } from '../graphql/graphql.ts';
import { CommandParts } from '../live/documents.ts';

/** What can be said of a call's transfer. */
export type TransferKind = VariablesOf<typeof TransferMutation>['command']['kind'];

/** Rings at the phone's account first. */
export const DialMutation = graphql(
  `
    mutation Dial($phoneId: ID!, $command: DialCommand!, $idempotencyKey: String) {
      command: dial(phoneId: $phoneId, command: $command, idempotencyKey: $idempotencyKey) { ...CommandParts }
    }
  `,
  [CommandParts],
);

/** @see DialMutation */
export const AnswerMutation = graphql(
  `
    mutation Answer($phoneId: ID!, $command: AnswerCommand, $idempotencyKey: String) {
      command: answer(phoneId: $phoneId, command: $command, idempotencyKey: $idempotencyKey) { ...CommandParts }
    }
  `,
  [CommandParts],
);

/** @see DialMutation */
export const RejectMutation = graphql(
  `
    mutation Reject($phoneId: ID!, $command: RejectCommand, $idempotencyKey: String) {
      command: reject(phoneId: $phoneId, command: $command, idempotencyKey: $idempotencyKey) { ...CommandParts }
    }
  `,
  [CommandParts],
);

/** @see DialMutation */
export const HangUpMutation = graphql(
  `
    mutation HangUp($phoneId: ID!, $command: HangUpCommand, $idempotencyKey: String) {
      command: hangUp(phoneId: $phoneId, command: $command, idempotencyKey: $idempotencyKey) { ...CommandParts }
    }
  `,
  [CommandParts],
);

/** @see DialMutation */
export const HoldMutation = graphql(
  `
    mutation SetHold($phoneId: ID!, $command: SetHoldCommand!, $idempotencyKey: String) {
      command: setHold(phoneId: $phoneId, command: $command, idempotencyKey: $idempotencyKey) { ...CommandParts }
    }
  `,
  [CommandParts],
);

/** @see DialMutation */
export const MuteMutation = graphql(
  `
    mutation SetMuted($phoneId: ID!, $command: SetMutedCommand!, $idempotencyKey: String) {
      command: setMuted(phoneId: $phoneId, command: $command, idempotencyKey: $idempotencyKey) { ...CommandParts }
    }
  `,
  [CommandParts],
);

/** @see DialMutation */
export const TransferMutation = graphql(
  `
    mutation Transfer($phoneId: ID!, $command: TransferCommand!, $idempotencyKey: String) {
      command: transfer(phoneId: $phoneId, command: $command, idempotencyKey: $idempotencyKey) { ...CommandParts }
    }
  `,
  [CommandParts],
);

/** @see DialMutation */
export const CompleteTransferMutation = graphql(
  `
    mutation CompleteTransfer($phoneId: ID!, $command: CompleteTransferCommand, $idempotencyKey: String) {
      command: completeTransfer(phoneId: $phoneId, command: $command, idempotencyKey: $idempotencyKey) {
        ...CommandParts
      }
    }
  `,
  [CommandParts],
);

/** @see DialMutation */
export const CancelTransferMutation = graphql(
  `
    mutation CancelTransfer($phoneId: ID!, $command: CancelTransferCommand, $idempotencyKey: String) {
      command: cancelTransfer(phoneId: $phoneId, command: $command, idempotencyKey: $idempotencyKey) {
        ...CommandParts
      }
    }
  `,
  [CommandParts],
);

/** @see DialMutation */
export const DtmfMutation = graphql(
  `
    mutation SendDtmf($phoneId: ID!, $command: SendDtmfCommand!, $idempotencyKey: String) {
      command: sendDtmf(phoneId: $phoneId, command: $command, idempotencyKey: $idempotencyKey) { ...CommandParts }
    }
  `,
  [CommandParts],
);

/** @see DialMutation */
export const PressMutation = graphql(
  `
    mutation PressKeys($phoneId: ID!, $command: PressKeysCommand!, $idempotencyKey: String) {
      command: pressKeys(phoneId: $phoneId, command: $command, idempotencyKey: $idempotencyKey) { ...CommandParts }
    }
  `,
  [CommandParts],
);

/** @see DialMutation */
export const TouchMutation = graphql(
  `
    mutation Touch($phoneId: ID!, $command: TouchCommand!, $idempotencyKey: String) {
      command: touch(phoneId: $phoneId, command: $command, idempotencyKey: $idempotencyKey) { ...CommandParts }
    }
  `,
  [CommandParts],
);

/** @see DialMutation */
export const LedMutation = graphql(
  `
    mutation SetLed($phoneId: ID!, $command: SetLedCommand!, $idempotencyKey: String) {
      command: setLed(phoneId: $phoneId, command: $command, idempotencyKey: $idempotencyKey) { ...CommandParts }
    }
  `,
  [CommandParts],
);

/** What a light is set to. */
export type LedCommand = VariablesOf<typeof LedMutation>['command'];

/** @see DialMutation */
export const MessageMutation = graphql(
  `
    mutation ShowMessage($phoneId: ID!, $command: ShowMessageCommand!, $idempotencyKey: String) {
      command: showMessage(phoneId: $phoneId, command: $command, idempotencyKey: $idempotencyKey) { ...CommandParts }
    }
  `,
  [CommandParts],
);

/** @see DialMutation */
export const DndMutation = graphql(
  `
    mutation SetDoNotDisturb($phoneId: ID!, $command: SetDoNotDisturbCommand!, $idempotencyKey: String) {
      command: setDoNotDisturb(phoneId: $phoneId, command: $command, idempotencyKey: $idempotencyKey) {
        ...CommandParts
      }
    }
  `,
  [CommandParts],
);

/** @see DialMutation */
export const WriteSettingsMutation = graphql(
  `
    mutation WriteSettings($phoneId: ID!, $command: WriteSettingsCommand!, $idempotencyKey: String) {
      command: writeSettings(phoneId: $phoneId, command: $command, idempotencyKey: $idempotencyKey) { ...CommandParts }
    }
  `,
  [CommandParts],
);

/** @see DialMutation */
export const ConfigureActionUrlsMutation = graphql(
  `
    mutation ConfigureActionUrls($phoneId: ID!, $idempotencyKey: String) {
      command: configureActionUrls(phoneId: $phoneId, idempotencyKey: $idempotencyKey) { ...CommandParts }
    }
  `,
  [CommandParts],
);

/** @see DialMutation */
export const VerifyEventPathMutation = graphql(
  `
    mutation VerifyEventPath($phoneId: ID!, $idempotencyKey: String) {
      command: verifyEventPath(phoneId: $phoneId, idempotencyKey: $idempotencyKey) {
        ...CommandParts
      }
    }
  `,
  [CommandParts],
);

/** @see DialMutation */
export const RefreshCallsMutation = graphql(
  `
    mutation RefreshCalls($phoneId: ID!, $idempotencyKey: String) {
      command: refreshCalls(phoneId: $phoneId, idempotencyKey: $idempotencyKey) { ...CommandParts }
    }
  `,
  [CommandParts],
);

/** @see DialMutation */
export const ConferenceMutation = graphql(
  `
    mutation Conference($phoneId: ID!, $command: ConferenceCommand, $idempotencyKey: String) {
      command: conference(phoneId: $phoneId, command: $command, idempotencyKey: $idempotencyKey) { ...CommandParts }
    }
  `,
  [CommandParts],
);

/** @see DialMutation */
export const DeflectMutation = graphql(
  `
    mutation Deflect($phoneId: ID!, $command: DeflectCommand!, $idempotencyKey: String) {
      command: deflect(phoneId: $phoneId, command: $command, idempotencyKey: $idempotencyKey) { ...CommandParts }
    }
  `,
  [CommandParts],
);

/** @see DialMutation */
export const ForwardingMutation = graphql(
  `
    mutation SetForwarding($phoneId: ID!, $command: SetForwardingCommand!, $idempotencyKey: String) {
      command: setForwarding(phoneId: $phoneId, command: $command, idempotencyKey: $idempotencyKey) { ...CommandParts }
    }
  `,
  [CommandParts],
);

/** When calls go elsewhere. */
export type ForwardingKind = VariablesOf<typeof ForwardingMutation>['command']['kind'];
