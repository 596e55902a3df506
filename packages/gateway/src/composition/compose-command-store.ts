import { fencedCommands } from '../cluster/fenced-commands.ts';
import { failCommand, NOT_RECORDED } from '../commands/command-record.ts';
import type { Store } from '../store/ports.ts';
import { type SettlingStore, settleLater } from '../store/settle-later.ts';
import { isStoreAway } from '../store/store-away.ts';
import type { Container } from './container.ts';
import { LEASES, LOG, NOW, resolve, STORE } from './tokens.ts';

/** Where commands are kept. All who read them do it here: what became of one may be on its way to the disk. */
export function composeCommandStore(container: Container): SettlingStore {
  const [store, log, now] = [resolve(container, STORE), resolve(container, LOG), resolve(container, NOW)];
  const { lanes: leases } = resolve(container, LEASES);
  return settleLater(leases === null ? store.commands : fencedCommands(store.commands, leases), {
    onLater: (error, { id, status }) => {
      const told = { err: error, command: id, status };
      if (isStoreAway(error)) log.warn(told, 'what became of a command is written when the store is back');
      else log.error(told, 'what became of a command could not be written');
    },
    unrecorded: (command) => failCommand(command, NOT_RECORDED, now()),
  });
}

/** What the application reads: nothing of it is older than what was answered of a command. */
export function storeBehind(
  { events, phones, audit }: Store,
  commands: SettlingStore,
): Pick<Store, 'events' | 'phones' | 'commands' | 'audit'> {
  return {
    events,
    phones,
    commands,
    audit: {
      append: (entry) => audit.append(entry),
      async list(query, page) {
        await commands.written();
        return audit.list(query, page);
      },
    },
  };
}
