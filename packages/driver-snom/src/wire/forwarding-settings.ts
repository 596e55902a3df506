import type { ForwardingKind, SettingValue } from '@hookswitch/core';
import type { ForwardingWish } from './csta-requests.ts';

/**
 * How a firmware keeps call forwarding in its settings:
 *
 * - `EVENT`, before 8.7: one setting says when the phone forwards, so only one kind is on at a time (Snom,
 *   "redirect_event").
 * - `SWITCHES`, 8.7 to before 8.7.4: a switch for each kind (settings of a snom720 with 8.7.3.17).
 * - `IDENTITIES`, from 8.7.4: switches for each identity (Snom, "fwd_all_enabled", "fwd_busy_enabled",
 *   "fwd_time_enabled").
 */
export type ForwardingGeneration = 'EVENT' | 'SWITCHES' | 'IDENTITIES';

interface Names {
  /** The value of `redirect_event`. */
  readonly event: string;
  readonly toggle: string;
  readonly target: string;
  /** The middle of `fwd_…_enabled`. */
  readonly perIdentity: string;
}

const names: Readonly<Record<ForwardingKind, Names>> = {
  ALWAYS: { event: 'all', toggle: 'redirect_allways', target: 'redirect_number', perIdentity: 'all' },
  BUSY: { event: 'busy', toggle: 'redirect_on_busy', target: 'redirect_busy_number', perIdentity: 'busy' },
  NO_ANSWER: { event: 'time', toggle: 'redirect_on_timeout', target: 'redirect_time_number', perIdentity: 'time' },
};

/** The setting of `EVENT` that says when the phone forwards. */
export const FORWARDING_EVENT = 'redirect_event';

/** What {@link FORWARDING_EVENT} holds while that kind is on. */
export function forwardingEvent(kind: ForwardingKind): string {
  return names[kind].event;
}

/** The settings that bring a forwarding about; the switch comes last, when its target is there. */
export function forwardingSettings(
  { kind, enabled, target, afterSeconds }: ForwardingWish,
  generation: ForwardingGeneration,
  identity: number,
): readonly SettingValue[] {
  const { event, toggle, target: number, perIdentity } = names[kind];
  const onOff = enabled ? 'on' : 'off';
  const given = (name: string, value: string | number | undefined): readonly SettingValue[] =>
    value === undefined ? [] : [{ name, value: String(value) }];
  switch (generation) {
    case 'EVENT':
      return [
        ...given(number, target),
        ...given('redirect_time', afterSeconds),
        { name: FORWARDING_EVENT, value: enabled ? event : 'none' },
      ];
    case 'SWITCHES':
      return [...given(number, target), ...given('redirect_time', afterSeconds), { name: toggle, value: onOff }];
    case 'IDENTITIES':
      return [
        ...given(`fwd_${perIdentity}_target${identity}`, target),
        ...given(`fwd_time_secs${identity}`, afterSeconds),
        { name: `fwd_${perIdentity}_enabled${identity}`, value: onOff },
      ];
  }
}
