import type { FeatureEvent } from '@hookswitch/core';
import type { ResolvedCommand } from '../commands/resolve-command.ts';
import { switchOf } from './switch-wishes.ts';

/** Tells events that commands of the gateway made from those of somebody at the phone. */
export interface OwnEchoes {
  /** A command that sets a switch is on its way: the phone will report it, perhaps before it replies. */
  expect(phoneId: string, resolved: ResolvedCommand): void;
  /** Whether this event is the report of such a command. Each command explains one event. */
  take(phoneId: string, event: FeatureEvent): boolean;
}

/** So long a report may take. */
const ECHO_MS = 10_000;

interface Expected {
  readonly feature: string;
  readonly enabled: boolean;
  readonly until: number;
}

/** @param ticks milliseconds of a clock that only runs forward */
export function createOwnEchoes(ticks: () => number): OwnEchoes {
  const byPhone = new Map<string, readonly Expected[]>();
  const open = (phoneId: string): readonly Expected[] =>
    (byPhone.get(phoneId) ?? []).filter(({ until }) => until > ticks());
  const keep = (phoneId: string, expected: readonly Expected[]): void => {
    if (expected.length === 0) byPhone.delete(phoneId);
    else byPhone.set(phoneId, expected);
  };
  return {
    expect(phoneId, resolved) {
      const feature = switchOf(resolved);
      if (feature === null || !('enabled' in resolved.command)) return;
      const { enabled } = resolved.command;
      keep(phoneId, [...open(phoneId), { feature, enabled, until: ticks() + ECHO_MS }]);
    },
    take(phoneId, { feature, enabled }) {
      const expected = open(phoneId);
      // Some phones do not tell which kind of forwarding it is.
      const isSame = (one: Expected) =>
        one.feature === feature || (feature === 'FORWARD' && one.feature.startsWith('FORWARD_'));
      const index = expected.findIndex((one) => isSame(one) && one.enabled === enabled);
      keep(phoneId, index === -1 ? expected : expected.toSpliced(index, 1));
      return index !== -1;
    },
  };
}
