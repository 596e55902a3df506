import { COMMAND_NAMES, type CommandName } from '@hookswitch/core';
import { type Application, type CommandRequest, RequestError } from '../../application.ts';
import { CALL_ARGUMENTS } from '../../call-arguments.ts';
import type { CommandBatch } from '../../model.ts';
import { COMMAND_SCOPES } from '../scopes.table.ts';
import type { Reach } from './reach.ts';

/** As many commands of a batch are looked at together. */
const BATCH_PAGE = 500;

/** Giving a command needs the scope of that command; reading commands needs it too, or `phones:read`. */
export function authoriseCommands(
  { commands, calls }: Pick<Application, 'commands' | 'calls'>,
  reach: Reach,
): Application['commands'] {
  const { withinTags } = reach;
  /** Which names of commands the caller may read; throws where none. */
  const readable = (wanted: readonly string[] | undefined): readonly string[] | undefined => {
    if (reach.holds('phones:read')) return wanted;
    const allowed: readonly CommandName[] = COMMAND_NAMES.filter((name) => reach.holds(COMMAND_SCOPES[name]));
    if (allowed.length === 0) reach.need('phones:read');
    return allowed.filter((name) => wanted?.includes(name) ?? true);
  };
  /** A batch with one command that the caller may not see does not exist: its total would tell of that phone. */
  const visible = async (batch: CommandBatch | null): Promise<CommandBatch | null> => {
    readable(undefined);
    if (batch === null) return null;
    for (let after: string | undefined, more = true; more; ) {
      const page = await commands.inBatch(batch.id, { first: BATCH_PAGE, after });
      if (!page.items.every(({ node }) => reach.seesCommand(node))) return null;
      after = page.items.at(-1)?.cursor;
      more = page.hasNextPage;
    }
    return batch;
  };
  const needBatch = async (id: string): Promise<void> => {
    if ((await visible(await commands.batch(id))) === null) {
      throw new RequestError('NOT_FOUND', 'There is no batch with this id.');
    }
  };
  /** Ids of calls of foreign phones become ids of no call: both are answered alike. */
  const known = async (request: CommandRequest): Promise<CommandRequest> => {
    if (withinTags === undefined) return request;
    const shown = async (id: unknown): Promise<unknown> => {
      const call = typeof id === 'string' ? await calls.get(id) : null;
      return call === null || reach.sees(call.phoneId) ? id : NO_CALL;
    };
    const given = Object.entries(request.arguments).map(async ([name, value]) => {
      if (!CALL_ARGUMENTS.has(name)) return [name, value] as const;
      return [name, Array.isArray(value) ? await Promise.all(value.map(shown)) : await shown(value)] as const;
    });
    return { ...request, arguments: Object.fromEntries(await Promise.all(given)) };
  };
  return {
    async get(id) {
      readable(undefined);
      const command = await commands.get(id);
      return command !== null && reach.seesCommand(command) ? command : null;
    },
    async list(filter, page) {
      return await commands.list({ ...filter, names: readable(filter.names), withinTags }, page);
    },
    async run(phoneId, request, by) {
      reach.need(COMMAND_SCOPES[request.name]);
      reach.needPhone(phoneId);
      return await commands.run(phoneId, await known(request), by);
    },
    async runOnPhones(filter, request, by) {
      reach.need(COMMAND_SCOPES[request.name]);
      return await commands.runOnPhones({ ...filter, withinTags }, await known(request), by);
    },
    async explain(phoneId, request, caller) {
      reach.need(COMMAND_SCOPES[request.name]);
      reach.needPhone(phoneId);
      return await commands.explain(phoneId, await known(request), caller);
    },
    async *subscribe(id, signal) {
      readable(undefined);
      const command = await commands.get(id);
      if (command === null || !reach.seesCommand(command)) {
        throw new RequestError('NOT_FOUND', 'There is no command with this id.');
      }
      for await (const update of commands.subscribe(id, signal)) if (reach.seesCommand(update)) yield update;
    },
    async *subscribeAll(filter, signal) {
      const updates = commands.subscribeAll({ ...filter, names: readable(filter.names), withinTags }, signal);
      for await (const update of updates) {
        // A command may have waited while its phone changed its tags.
        if (update.kind !== 'command' || reach.seesCommand(update.command)) yield update;
      }
    },
    batch: async (id) => await visible(await commands.batch(id)),
    async pendingInBatch(batchId) {
      await needBatch(batchId);
      return await commands.pendingInBatch(batchId);
    },
    async inBatch(batchId, page) {
      await needBatch(batchId);
      return await commands.inBatch(batchId, page);
    },
  };
}

const NO_CALL = 'none';
