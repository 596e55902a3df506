import type { CallBook } from '../calls/call-book.ts';
import type { JudgePath } from '../event-path/judge-path.ts';
import type { EventIntake } from '../events/event-intake.ts';
import type { Command, Instant } from '../model.ts';
import type { PhoneLinks } from '../phones/phone-links.ts';
import type { PhoneRegistry } from '../phones/phone-registry.ts';
import type { CommandStore } from '../store/ports.ts';
import type { FlapGuard } from '../wishes/flap-guard.ts';
import type { CallSight } from './call-sight.ts';
import type { CommandFeed } from './command-feed.ts';
import type { Confirmations } from './confirmations.ts';
import type { ResolvedCommand } from './resolve-command.ts';
import type { Switches } from './switches.ts';

/** What commands are run with. */
export interface CommandExecutionOptions {
  readonly store: CommandStore;
  readonly registry: PhoneRegistry;
  readonly links: PhoneLinks;
  readonly book: CallBook;
  readonly intake: EventIntake;
  readonly confirmations: Confirmations;
  readonly sight: CallSight;
  readonly switches: Switches;
  /** What to do where nobody knows how a toggle stands, or what calls there are, and a guess might do harm. */
  readonly unknownState: 'refuse' | 'press';
  readonly feed: CommandFeed;
  /** Refuses commands that turn a switch in a circle. */
  readonly flapGuard: FlapGuard;
  /** Names the broken hop after a test of the event path. */
  readonly judgePath: JudgePath;
  /** From the request to its end, pauses that were asked for not counted. */
  readonly timeoutMs: number;
  readonly now: () => Instant;
  /** A driver that threw, or a store that failed behind somebody's back. */
  readonly onError: (error: unknown, command: Command) => void;
  /** Why nobody knows what became of a command: for the log, since a client is told no more than UNKNOWN. */
  readonly onUnknown: (reason: string, command: Command) => void;
  /** What is written down before a change is told, so that whoever is told finds it. */
  readonly beforeTold: (command: Command, resolved: ResolvedCommand) => Promise<void>;
  /** Every change, for metrics and for what follows from a command. */
  readonly onChange: (command: Command, resolved: ResolvedCommand | null) => void;
}
