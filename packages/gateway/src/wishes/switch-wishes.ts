import type { Commands, FeatureEvent, FeatureReading } from '@hookswitch/core';
import type { CommandRequest } from '../application.ts';
import type { ResolvedCommand } from '../commands/resolve-command.ts';
import { type Command, type Instant, type Led, SWITCH_KEEPS, type SwitchFeature, type SwitchWish } from '../model.ts';

/** The switch that a command sets; null: none. */
export function switchOf(resolved: ResolvedCommand): SwitchFeature | null {
  if (resolved.name === 'setDoNotDisturb') return 'DO_NOT_DISTURB';
  return resolved.name === 'setForwarding' ? `FORWARD_${resolved.command.kind}` : null;
}

/** What a command declares; null: it sets the switch and leaves it to whoever sets it next. */
export function wishOf({ arguments: given }: Command, resolved: ResolvedCommand, now: Instant): SwitchWish | null {
  const keep = SWITCH_KEEPS.find((one) => one === given['keep']);
  if (keep === undefined) return null;
  if (resolved.name === 'setDoNotDisturb') {
    const { enabled } = resolved.command;
    return { feature: 'DO_NOT_DISTURB', enabled, target: null, afterSeconds: null, keep, declaredAt: now };
  }
  if (resolved.name !== 'setForwarding') return null;
  const { kind, enabled, target, afterSeconds } = resolved.command;
  return {
    feature: `FORWARD_${kind}`,
    enabled,
    target: target ?? null,
    afterSeconds: afterSeconds ?? null,
    keep,
    declaredAt: now,
  };
}

/** The command that brings a wish about. It declares the same again. */
export function switchRequest({ feature, enabled, target, afterSeconds, keep }: SwitchWish): CommandRequest {
  if (feature === 'DO_NOT_DISTURB') return { name: 'setDoNotDisturb', arguments: { enabled, keep } };
  const kind = feature.slice('FORWARD_'.length);
  return {
    name: 'setForwarding',
    arguments: {
      kind,
      enabled,
      ...(target === null ? {} : { target }),
      ...(afterSeconds === null ? {} : { afterSeconds }),
      keep,
    },
  };
}

/** What a driver is told of a light. */
export function ledCommand({ key, light, color, label, onPress }: Led): Commands['setLed'] {
  return {
    key,
    light,
    ...(color === null ? {} : { color }),
    ...(label === null ? {} : { label }),
    ...(onPress === null ? {} : { onPress }),
  };
}

/** The command that brings a light about. */
export function ledRequest(led: Led): CommandRequest {
  return { name: 'setLed', arguments: { ...ledCommand(led) } };
}

/** Whether the phone's own word is that the switch is as wished. */
export function isAsWished(wish: SwitchWish, known: readonly FeatureReading[]): boolean {
  const now = known.find(({ feature }) => feature === wish.feature);
  return now !== undefined && now.enabled === wish.enabled && (!wish.enabled || sameTarget(now.target, wish.target));
}

/** Whether an event says that the switch is not as wished. */
export function contradicts({ feature, enabled, target }: FeatureEvent, wish: SwitchWish): boolean {
  // Some phones do not tell which kind of forwarding was switched off.
  if (feature === 'FORWARD') return wish.feature.startsWith('FORWARD_') && wish.enabled && !enabled;
  if (feature !== wish.feature) return false;
  return enabled !== wish.enabled || (enabled && !sameTarget(target, wish.target));
}

/** A target that is not told is taken for the same. */
function sameTarget(one: string | null, other: string | null): boolean {
  const user = (text: string): string | undefined => text.replace(/^(?:sips?|tel):/i, '').split('@', 1)[0];
  return one === null || other === null || user(one) === user(other);
}
