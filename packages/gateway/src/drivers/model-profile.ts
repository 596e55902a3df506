import type { Driver, PhoneProfile } from '@hookswitch/core';

/** A phone of a model as it is shown before there is one: with every kind of address, and the options' defaults. */
export function modelProfile(driver: Driver, model: string | null): PhoneProfile {
  const result = driver.options.schema['~standard'].validate({});
  const options = result instanceof Promise || result.issues !== undefined ? {} : result.value;
  return { model, firmware: null, mac: null, options, reachableBy: { http: true, sip: true } };
}
