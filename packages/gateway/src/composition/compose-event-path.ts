import type { CallBook } from '../calls/call-book.ts';
import type { CommandService } from '../commands/command-service.ts';
import { createDriftWatch } from '../event-path/drift-watch.ts';
import { createEventPath, type EventPath } from '../event-path/event-path.ts';
import { createJudgePath } from '../event-path/judge-path.ts';
import type { PathWatch } from '../event-path/path-watch.ts';
import { createReadActionUrls, type ReadActionUrlsOptions } from '../event-path/read-action-urls.ts';
import type { EventIntake } from '../events/event-intake.ts';
import type { PhoneLinks } from '../phones/phone-links.ts';
import type { PhoneRegistry } from '../phones/phone-registry.ts';
import type { Monitors } from '../sip/monitors.ts';
import type { CommandStore } from '../store/ports.ts';
import type { Container } from './container.ts';
import { CONFIG, LOG, METRICS, NOW, OWNERSHIP, resolve, TICKS } from './tokens.ts';

/** What the event path is joined with. */
export interface EventPathParts extends Pick<ReadActionUrlsOptions, 'linkOf' | 'readSettings'> {
  readonly watch: PathWatch;
  readonly registry: PhoneRegistry;
  readonly links: PhoneLinks;
  readonly book: CallBook;
  readonly intake: () => EventIntake;
  readonly commandStore: Pick<CommandStore, 'list'>;
  /** Asked when silence is judged: they are made later. */
  readonly monitors: () => Monitors;
  /** Asked when URLs are repaired: commands are made later. */
  readonly commands: () => CommandService;
  readonly onError: (error: unknown) => void;
}

/** Joins what watches the way from the phones to the gateway. */
export function composeEventPath(container: Container, parts: EventPathParts): EventPath {
  const { watch, registry, links, book, intake, commands, commandStore, linkOf, readSettings, onError } = parts;
  const { actionUrlDrift, actionUrlCheckMs } = resolve(container, CONFIG).eventPath;
  const [log, metrics, now] = [resolve(container, LOG), resolve(container, METRICS), resolve(container, NOW)];
  const ownership = resolve(container, OWNERSHIP);
  const readActionUrls = createReadActionUrls({ registry, linkOf, readSettings, commands: commandStore });
  const drift = createDriftWatch({
    registry,
    readActionUrls,
    isFree: (phoneId) => {
      const { waiting, reachability } = links.of(phoneId);
      const isHere = reachability !== 'UNREACHABLE' && links.refusal(phoneId) === null;
      return ownership.owns(phoneId) && isHere && waiting === 0 && book.active(phoneId).length === 0;
    },
    intake,
    commands: commandStore,
    run: (phoneId, request, by) => commands().run(phoneId, request, by),
    everyMs: actionUrlCheckMs,
    policy: actionUrlDrift,
    now,
    ticks: resolve(container, TICKS),
    onDrift: ({ phone }, what) => {
      metrics.actionUrlDrifts.inc({ vendor: phone.vendor });
      log.warn({ phone: phone.name, what }, 'the action URLs of a phone are not as they should be');
    },
    onError,
  });
  const judge = createJudgePath({ watch, readActionUrls });
  const lastEventAt = (phoneId: string) => links.of(phoneId).lastEventAt;
  const reachability = (phoneId: string) => links.of(phoneId).reachability;
  return createEventPath({ registry, watch, drift, judge, lastEventAt, reachability, monitors: parts.monitors });
}
