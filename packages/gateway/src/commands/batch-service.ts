import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import { type CommandRequest, type GivenBy, type PhoneFilter, RequestError } from '../application.ts';
import type { CommandBatch, Instant } from '../model.ts';
import type { CommandStore } from '../store/ports.ts';
import { claimOf, type Digest, idempotencyConflict } from './command-record.ts';
import type { CommandService } from './command-service.ts';

/** So many phones of a batch are talked to at once. */
const AT_ONCE = 20;

/** What the service is made of. */
export interface BatchServiceOptions {
  readonly store: CommandStore;
  readonly commands: CommandService;
  readonly now: () => Instant;
  readonly onError: (error: unknown) => void;
  readonly digest: Digest;
}

/** Which phones a batch is for: as it was asked, and who they are now. */
export interface BatchTarget {
  readonly filter: PhoneFilter;
  readonly phoneIds: readonly string[];
}

/** Gives the same command to many phones, at a bounded pace. */
export interface BatchService {
  /** Recorded when this is fulfilled; the commands run on. */
  run(target: BatchTarget, request: CommandRequest, by: GivenBy): Promise<CommandBatch>;
}

/** @returns the service */
export function createBatchService({ store, commands, now, onError, digest }: BatchServiceOptions): BatchService {
  return {
    async run({ filter, phoneIds }, request, by) {
      const requestedBy = by.caller.name;
      const batch: CommandBatch = { id: randomUUID(), total: phoneIds.length, requestedBy, requestedAt: now() };
      const drafts = phoneIds.map((phoneId) => commands.draft(phoneId, request, { ...by, batchId: batch.id }));
      const claim = claimOf('*', { ...request, arguments: { ...request.arguments, filter } }, { ...by, digest });
      const holder = await store.insertBatch(batch, drafts, claim);
      if (holder !== null) {
        const first = holder.fingerprint === claim?.fingerprint ? await store.getBatch(holder.id) : null;
        if (first === null) throw new RequestError('BAD_USER_INPUT', idempotencyConflict(holder.id).message);
        return first;
      }
      const limit = pLimit(AT_ONCE);
      for (const draft of drafts) {
        limit(() => commands.resume(draft, request, by.caller)).catch(onError);
      }
      return batch;
    },
  };
}
