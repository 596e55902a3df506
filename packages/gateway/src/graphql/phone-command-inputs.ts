import { builder } from './builder.ts';
import { KeyFunctionRef, LedActionKindRef, LedColorRef, LedLightRef } from './enums.ts';

const LedActionInput = builder.inputType('LedActionInput', {
  fields: (t) => ({ kind: t.field({ type: LedActionKindRef, required: true }), target: t.string({ required: true }) }),
});

const SettingInput = builder.inputType('SettingInput', {
  fields: (t) => ({ name: t.string({ required: true }), value: t.string({ required: true }) }),
});

/** Arguments of commands about the phone itself: its lights, display, settings and life, by the command's name. */
export const PHONE_COMMAND_INPUTS = {
  setLed: builder.inputType('SetLedCommand', {
    fields: (t) => ({
      key: t.field({ type: 'PhoneKey', required: true }),
      light: t.field({ type: LedLightRef, required: true }),
      color: t.field({ type: LedColorRef }),
      label: t.string(),
      onPress: t.field({ type: LedActionInput }),
    }),
  }),
  configureKey: builder.inputType('ConfigureKeyCommand', {
    description: '`value`: number, monitored extension, URL or digits, by `function`.',
    fields: (t) => ({
      key: t.field({ type: 'PhoneKey', required: true }),
      function: t.field({ type: KeyFunctionRef, required: true }),
      value: t.string(),
      label: t.string(),
      account: t.int(),
    }),
  }),
  pushXml: builder.inputType('PushXmlCommand', {
    description:
      "A document in the vendor's own XML, sent as it is once it is known to be well-formed and small enough.",
    fields: (t) => ({ document: t.string({ required: true }) }),
  }),
  showMessage: builder.inputType('ShowMessageCommand', {
    description: "A screen in no vendor's dialect: the driver writes the XML.",
    fields: (t) => ({
      title: t.string({ required: true }),
      text: t.string({ required: true }),
      timeoutSeconds: t.int(),
      beep: t.boolean(),
    }),
  }),
  writeSettings: builder.inputType('WriteSettingsCommand', {
    fields: (t) => ({ settings: t.field({ type: [SettingInput], required: true }) }),
  }),
  playRingtone: builder.inputType('PlayRingtoneCommand', { fields: (t) => ({ ringtone: t.int({ required: true }) }) }),
  reboot: builder.inputType('RebootCommand', {
    description: '`evenInCall`: else it fails while the phone has a call.',
    fields: (t) => ({ evenInCall: t.boolean({ required: true, defaultValue: false }) }),
  }),
  factoryReset: builder.inputType('FactoryResetCommand', {
    description: "`confirmMac` must equal the phone's MAC address.",
    fields: (t) => ({ confirmMac: t.field({ type: 'MacAddress', required: true }) }),
  }),
  provision: builder.inputType('ProvisionCommand', {
    description: '`allowReboot`: whether the phone may restart for it.',
    fields: (t) => ({ allowReboot: t.boolean({ required: true, defaultValue: false }) }),
  }),
  upgradeFirmware: builder.inputType('UpgradeFirmwareCommand', {
    fields: (t) => ({ url: t.string({ required: true }) }),
  }),
  logOff: builder.inputType('LogOffCommand', {
    description: '`account` left out: all accounts.',
    fields: (t) => ({ account: t.int() }),
  }),
  reregister: builder.inputType('ReregisterCommand', { fields: (t) => ({ account: t.int() }) }),
  configureActionUrls: builder.inputType('ConfigureActionUrlsCommand', {
    description: "`settings`: the vendor's names; left out: all that the driver knows.",
    fields: (t) => ({ settings: t.stringList() }),
  }),
  verifyEventPath: builder.inputType('VerifyEventPathCommand', { fields: (t) => ({ timeoutSeconds: t.int() }) }),
} as const;
