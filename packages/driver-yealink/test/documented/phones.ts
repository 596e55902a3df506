import type { DocumentedPhone } from '@hookswitch/driver-kit';

/** A phone with V86, with sequences of keys. */
export const T46U: DocumentedPhone = { model: 'T46U', firmware: '108.86.0.45' };
/** One with V80, whose guide has ANSWER. */
export const T23G: DocumentedPhone = { model: 'T23G', firmware: '44.80.0.130' };
/** One with V71, before all guides. */
export const T28P: DocumentedPhone = { model: 'T28P', firmware: '2.71.14.4' };
/** One with keys that name their call. */
export const T46S: DocumentedPhone = {
  model: 'T46S',
  firmware: '66.81.0.25',
  options: { callAddressedKeys: 'true' },
};
