import type { DriverContext, FeatureReading, Outcome, PhoneFeature } from '@hookswitch/core';
import { phoneInfo } from './device.ts';
import type { DocumentWay, KeyWay } from './way.ts';

/** How a switch stands; null: not known. Or why the phone must not be asked anything more now. */
export type SwitchNow = { readonly reading: FeatureReading | null } | { readonly refusal: Outcome<never> };

/**
 * A switch as the phone's events told it last; where these leave something open (they tell no target), as
 * `phonecfg=get` tells it, over HTTP.
 */
export async function switchNow(
  feature: PhoneFeature,
  { traits, canAsk }: KeyWay | DocumentWay,
  context: DriverContext,
): Promise<SwitchNow> {
  const reported = context.features.find((one) => one.feature === feature);
  const tellsAll = feature === 'DO_NOT_DISTURB' || reported?.enabled === false || reported?.target != null;
  if (reported !== undefined && tellsAll) return { reading: reported };
  if (!canAsk) return { reading: null };
  const read = await phoneInfo(traits, context);
  if (read.status === 'ACCEPTED') {
    return { reading: read.value.features.find((one) => one.feature === feature) ?? null };
  }
  // Refused credentials and locks hold for the order too, and another try would make it worse. What merely cannot be
  // read is set: these orders are no toggles.
  const isFinal = read.status === 'FAILED' && read.failure.code !== 'PHONE_REJECTED';
  return isFinal ? { refusal: read } : { reading: null };
}
