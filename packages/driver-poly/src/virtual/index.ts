// What tests and the demo use of the virtual Poly phone.
export { VirtualPolyPhone, type VirtualPolyPhoneOptions } from './poly-phone.ts';
export { defaultQuirks, type PolyQuirks } from './quirks.ts';
