// What tests and the demo use of the virtual Grandstream phone.
export { VirtualGrandstreamPhone, type VirtualGrandstreamPhoneOptions } from './grandstream-phone.ts';
export { defaultQuirks, type GrandstreamQuirks } from './quirks.ts';
