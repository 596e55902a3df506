import type { Phone } from '../../src/model.ts';
import type { RegisteredPhone } from '../../src/phones/phone-registry.ts';

/** A phone of which no driver says anything. */
export const registered = (phone: Phone): RegisteredPhone => ({
  phone,
  driver: null,
  ladders: {},
  actionUrlSettings: [],
  monitor: null,
  keys: null,
  fault: null,
  profile: { model: null, firmware: null, mac: null, options: {}, reachableBy: { http: true, sip: false } },
});
