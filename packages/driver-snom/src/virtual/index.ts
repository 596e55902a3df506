// What tests, the demo and authors use of the virtual Snom phone.
export { type ActionUrlName, type ActionUrlSetting, actionUrlSettings } from './action-urls/settings.table.ts';
export type { BrowserDocument, BrowserLed, BrowserLink } from './browser/document.ts';
export type { Minibrowser } from './browser/minibrowser.ts';
export type { CallListEntry, CallListName, CallLists } from './calls/call-lists.ts';
export type { SnomEffect } from './effects.ts';
export type { TouchPress } from './http/touch.ts';
export type { Desk } from './keys/desk.ts';
export { type SnomModel, snomModel, snomModels } from './models.ts';
export {
  defaultQuirks,
  type SnomQuirks,
  type VirtualSnomIdentity,
  type VirtualSnomOptions,
  type VirtualSnomSip,
} from './options.ts';
export type { ButtonState, Buttons } from './sip/buttons.ts';
export { createVirtualSnomPhone, VirtualSnomPhone } from './snom-phone.ts';
export type { SnomUser } from './user.ts';
