import type { CallBook } from '../calls/call-book.ts';
import type { LaneRouter } from '../cluster/lane-router.ts';
import { createBatchService } from '../commands/batch-service.ts';
import type { CallSight } from '../commands/call-sight.ts';
import { CommandExecution } from '../commands/command-execution.ts';
import type { CommandFeed } from '../commands/command-feed.ts';
import { CommandService } from '../commands/command-service.ts';
import type { Confirmations } from '../commands/confirmations.ts';
import { noteLight } from '../commands/note-light.ts';
import type { Switches } from '../commands/switches.ts';
import type { EventPath } from '../event-path/event-path.ts';
import type { EventIntake } from '../events/event-intake.ts';
import { currentRequestId } from '../observability/request-scope.ts';
import type { PhoneLinks } from '../phones/phone-links.ts';
import type { PhoneRegistry } from '../phones/phone-registry.ts';
import type { PhoneService } from '../phones/phone-service.ts';
import type { CommandStore } from '../store/ports.ts';
import type { SettlingStore } from '../store/settle-later.ts';
import { createPhoneUrlCheck } from '../transport/phone-urls.ts';
import { createFlapGuard } from '../wishes/flap-guard.ts';
import type { WishKeeper } from '../wishes/wish-keeper.ts';
import { composeDialling } from './compose-dialling.ts';
import type { Container } from './container.ts';
import { CONFIG, LOG, METRICS, NOW, OWN_ENDPOINTS, resolve, SECRET_BOX, STORE, TICKS } from './tokens.ts';

/** What the way out is joined with. */
export interface CommandParts {
  readonly registry: PhoneRegistry;
  readonly links: PhoneLinks;
  readonly book: CallBook;
  readonly intake: EventIntake;
  readonly confirmations: Confirmations;
  readonly sight: CallSight;
  readonly switches: Switches;
  readonly feed: CommandFeed;
  readonly linkOf: PhoneService['link'];
  readonly eventPath: EventPath;
  readonly wishes: () => WishKeeper;
  readonly commandStore: SettlingStore;
  /** Who does it where several gateways may. Left out: this one. */
  readonly lanes?: LaneRouter | undefined;
}

/** The way out. */
export interface Outward {
  readonly commands: CommandService;
  readonly commandStore: CommandStore;
  /** Phones of commands that run or wait for their proof. */
  readonly busy: () => readonly string[];
  /** Nobody waits for proofs any more. Resolves when that is written down. */
  readonly stopWaiting: () => Promise<void>;
}

/** The way out. */
export async function composeCommands(
  container: Container,
  { linkOf, eventPath, wishes, lanes, commandStore, ...parts }: CommandParts,
): Promise<Outward> {
  const { policy } = resolve(container, CONFIG);
  const [now, store, log, metrics] = [
    resolve(container, NOW),
    resolve(container, STORE),
    resolve(container, LOG),
    resolve(container, METRICS),
  ];
  const execution = new CommandExecution({
    ...parts,
    store: commandStore,
    judgePath: eventPath.judge,
    flapGuard: createFlapGuard(resolve(container, TICKS)),
    unknownState: policy.unknownState ?? 'refuse',
    timeoutMs: policy.commandTimeoutMs,
    now,
    onError: (error, { id, name }) =>
      log.error({ requestId: currentRequestId(), err: error, command: id, name }, 'a command failed behind its phone'),
    onUnknown: (reason, { id, name }) =>
      log.warn({ requestId: currentRequestId(), command: id, name, reason }, 'nobody knows what became of a command'),
    onChange: (command, resolved) => {
      const { name, status, requestedAt, repliedAt, settledAt, failure } = command;
      // Once a command: one that was ACCEPTED is told again when it is CONFIRMED, or when no proof came.
      if (settledAt !== null) {
        metrics.commands.inc({ name, status });
        if (failure?.code === 'POLICY_DENIED') metrics.policyDenials.inc({ name, rule: failure.rule });
        if (repliedAt !== null) metrics.commandSeconds.observe({ name }, (repliedAt - requestedAt) / 1000);
      }
      eventPath.follow(command);
      if (resolved !== null) wishes().follow(command, resolved);
    },
    beforeTold: (command, resolved) => noteLight({ phones: store.phones, now }, command, resolved),
  });
  const { registry, links, book, confirmations, sight } = parts;
  const commands = new CommandService({
    store: commandStore,
    registry,
    links,
    book,
    confirmations,
    sight,
    execution,
    deny: policy.deny,
    dialling: await composeDialling(container, book, commandStore),
    linkOf,
    lanes,
    now,
    digest: resolve(container, SECRET_BOX).digest,
    checkUrls: createPhoneUrlCheck({
      hosts: resolve(container, CONFIG).allowedUrlHosts,
      own: () => resolve(container, OWN_ENDPOINTS).flatMap((part) => part()),
      phones: () => hostsOf(registry),
    }),
  });
  return {
    commands,
    commandStore,
    busy: () => execution.busy.all,
    async stopWaiting() {
      confirmations.stopAll();
      await execution.idle();
      await commandStore.flush();
    },
  };
}

/** Where the registered phones are. */
function hostsOf(registry: PhoneRegistry): readonly string[] {
  return [...registry.all()].flatMap(({ phone }) =>
    phone.removedAt === null && phone.address !== null ? new URL(phone.address).hostname.replace(/^\[|\]$/g, '') : [],
  );
}

/** The same command to many phones. */
export function composeBatches(
  container: Container,
  parts: Pick<Parameters<typeof createBatchService>[0], 'commands' | 'store' | 'onError'>,
): ReturnType<typeof createBatchService> {
  const { digest } = resolve(container, SECRET_BOX);
  return createBatchService({ ...parts, now: resolve(container, NOW), digest });
}
