import { builder } from './builder.ts';
import {
  CallListRef,
  CallStateRef,
  ForwardingKindRef,
  SwitchKeepRef,
  TouchActionRef,
  TransferKindRef,
} from './enums.ts';

// The arguments of commands about keys, calls and switches. Those about the phone itself: phone-command-inputs.ts.

const KeyPressInput = builder.inputType('KeyPressInput', {
  description: '`holdMs`: how long the key is held down; `pauseMs`: how long to wait after it.',
  fields: (t) => ({ key: t.field({ type: 'PhoneKey', required: true }), holdMs: t.int(), pauseMs: t.int() }),
});

const TouchInput = builder.inputType('TouchInput', {
  fields: (t) => ({
    xPx: t.int({ required: true }),
    yPx: t.int({ required: true }),
    action: t.field({ type: TouchActionRef, required: true, defaultValue: 'TAP' }),
  }),
});

/** Arguments of commands that press, touch, or are about calls, by the command's name. */
export const CALL_COMMAND_INPUTS = {
  pressKeys: builder.inputType('PressKeysCommand', {
    fields: (t) => ({ keys: t.field({ type: [KeyPressInput], required: true }) }),
  }),
  touch: builder.inputType('TouchCommand', {
    fields: (t) => ({ touches: t.field({ type: [TouchInput], required: true }) }),
  }),
  dial: builder.inputType('DialCommand', {
    description: '`to`, here and below: a number or a SIP URI. `from`: the account to dial from, as `user@host`.',
    fields: (t) => ({ to: t.string({ required: true }), from: t.string() }),
  }),
  answer: builder.inputType('AnswerCommand', {
    description: '`callId`, here and below: that call or none. Left out: the call that the phone itself has in focus.',
    fields: (t) => ({ callId: t.id() }),
  }),
  hangUp: builder.inputType('HangUpCommand', { fields: (t) => ({ callId: t.id() }) }),
  hangUpAll: builder.inputType('HangUpAllCommand', {
    description: '`states`: only calls in these.',
    fields: (t) => ({ states: t.field({ type: [CallStateRef] }) }),
  }),
  reject: builder.inputType('RejectCommand', { fields: (t) => ({ callId: t.id() }) }),
  deflect: builder.inputType('DeflectCommand', {
    fields: (t) => ({ to: t.string({ required: true }), callId: t.id() }),
  }),
  setHold: builder.inputType('SetHoldCommand', {
    fields: (t) => ({ held: t.boolean({ required: true }), callId: t.id() }),
  }),
  setMuted: builder.inputType('SetMutedCommand', { fields: (t) => ({ muted: t.boolean({ required: true }) }) }),
  sendDtmf: builder.inputType('SendDtmfCommand', {
    fields: (t) => ({ digits: t.string({ required: true }), callId: t.id() }),
  }),
  transfer: builder.inputType('TransferCommand', {
    description:
      'ATTENDED holds the call and dials `to`; `completeTransfer`, `cancelTransfer` or `conference` end that.',
    fields: (t) => ({
      to: t.string({ required: true }),
      kind: t.field({ type: TransferKindRef, required: true }),
      callId: t.id(),
    }),
  }),
  completeTransfer: builder.inputType('CompleteTransferCommand', {
    fields: (t) => ({ heldCallId: t.id(), consultationCallId: t.id() }),
  }),
  cancelTransfer: builder.inputType('CancelTransferCommand', {
    description: 'Ends the consultation and takes the held call back.',
    fields: (t) => ({ consultationCallId: t.id() }),
  }),
  conference: builder.inputType('ConferenceCommand', {
    description: 'Left out: all calls of the phone.',
    fields: (t) => ({ callIds: t.idList() }),
  }),
  refreshCalls: builder.inputType('RefreshCallsCommand', { fields: (t) => ({ timeoutSeconds: t.int() }) }),
  setDoNotDisturb: builder.inputType('SetDoNotDisturbCommand', {
    description:
      '`keep`: whether it is set again where the phone loses it. Left out: not, and a declaration before ends.',
    fields: (t) => ({ enabled: t.boolean({ required: true }), keep: t.field({ type: SwitchKeepRef }) }),
  }),
  setForwarding: builder.inputType('SetForwardingCommand', {
    description: '`target`: needed to enable. `afterSeconds`: for NO_ANSWER.',
    fields: (t) => ({
      kind: t.field({ type: ForwardingKindRef, required: true }),
      enabled: t.boolean({ required: true }),
      target: t.string(),
      afterSeconds: t.int(),
      keep: t.field({ type: SwitchKeepRef, description: 'As for `setDoNotDisturb`.' }),
    }),
  }),
  clearCallLists: builder.inputType('ClearCallListsCommand', {
    fields: (t) => ({ lists: t.field({ type: [CallListRef], required: true }) }),
  }),
} as const;
