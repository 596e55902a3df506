import { useSyncExternalStore } from 'react';
import { useSession } from '../session/session.ts';
import type { CommandsSnapshot } from './command-store.ts';
import type { FloorSnapshot } from './floor-store.ts';

/** All phones as they are. */
export function useFloor(): FloorSnapshot {
  const { floor } = useSession();
  return useSyncExternalStore(floor.subscribe, floor.snapshot);
}

/** What this page gave to phones. */
export function useCommands(): CommandsSnapshot {
  const { commands } = useSession();
  return useSyncExternalStore(commands.subscribe, commands.snapshot);
}
