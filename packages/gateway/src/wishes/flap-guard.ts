import { type Failure, rateLimited } from '@hookswitch/core';
import type { ResolvedCommand } from '../commands/resolve-command.ts';
import { switchOf } from './switch-wishes.ts';

/** Why a command that sets a switch is not sent; null: go ahead. It counts the commands that it lets through. */
export type FlapGuard = (phoneId: string, resolved: ResolvedCommand) => Failure | null;

/** More turns of one switch in that time are no person's. */
const MAX_TURNS = 6;
const WINDOW_MS = 10_000;

/**
 * Ends a circle: who mirrors a switch of one phone to another and back turns both for ever once two events have crossed.
 * A command that asks for what the one before asked for is no turn.
 * @param ticks milliseconds of a clock that only runs forward
 */
export function createFlapGuard(ticks: () => number): FlapGuard {
  const turns = new Map<string, readonly { readonly enabled: boolean; readonly at: number }[]>();
  return (phoneId, resolved) => {
    const feature = switchOf(resolved);
    if (feature === null || !('enabled' in resolved.command)) return null;
    const key = `${phoneId} ${feature}`;
    const { enabled } = resolved.command;
    const recent = (turns.get(key) ?? []).filter(({ at }) => ticks() - at < WINDOW_MS);
    if (recent.at(-1)?.enabled === enabled) return null;
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= MAX_TURNS) {
      return rateLimited(
        `This switch was turned ${MAX_TURNS} times within ${WINDOW_MS / 1000} seconds: does something mirror it in a circle? Nothing was sent.`,
        oldest.at + WINDOW_MS - ticks(),
      );
    }
    turns.set(key, [...recent, { enabled, at: ticks() }]);
    return null;
  };
}
