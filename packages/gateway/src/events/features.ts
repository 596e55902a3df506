import type { PhoneEvent } from '@hookswitch/core';
import type { FeatureState, Instant } from '../model.ts';

/** What a feature event says of a phone's switches; null where the event is about something else. */
export function featureOf(event: PhoneEvent, receivedAt: Instant): FeatureState | null {
  if (event.type !== 'FEATURE') return null;
  const { feature, enabled, target } = event;
  return { feature, enabled, target, since: receivedAt };
}
