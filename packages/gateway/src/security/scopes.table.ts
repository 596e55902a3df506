import type { CommandName } from '@hookswitch/core';

/** What a caller may be allowed to do. `admin` holds all the others. */
export const SCOPES = [
  'events:read',
  'phones:read',
  'calls:control',
  'keys:press',
  'display:write',
  'settings:write',
  'device:manage',
  'audit:read',
  'admin',
] as const;
/** One of {@link SCOPES}. */
export type Scope = (typeof SCOPES)[number];

/** The scope that gives a command, each command by exactly one. */
export const COMMAND_SCOPES = {
  dial: 'calls:control',
  answer: 'calls:control',
  hangUp: 'calls:control',
  hangUpAll: 'calls:control',
  reject: 'calls:control',
  deflect: 'calls:control',
  setHold: 'calls:control',
  setMuted: 'calls:control',
  sendDtmf: 'calls:control',
  transfer: 'calls:control',
  completeTransfer: 'calls:control',
  cancelTransfer: 'calls:control',
  conference: 'calls:control',
  refreshCalls: 'calls:control',
  pressKeys: 'keys:press',
  touch: 'keys:press',
  setLed: 'display:write',
  pushXml: 'display:write',
  showMessage: 'display:write',
  playRingtone: 'display:write',
  setDoNotDisturb: 'settings:write',
  setForwarding: 'settings:write',
  configureKey: 'settings:write',
  writeSettings: 'settings:write',
  clearCallLists: 'settings:write',
  reboot: 'device:manage',
  factoryReset: 'device:manage',
  provision: 'device:manage',
  upgradeFirmware: 'device:manage',
  logOff: 'device:manage',
  reregister: 'device:manage',
  configureActionUrls: 'device:manage',
  verifyEventPath: 'device:manage',
} as const satisfies Record<CommandName, Scope>;

/** Whether a text is the name of a scope. */
export function isScope(text: unknown): text is Scope {
  return SCOPES.some((scope) => scope === text);
}
