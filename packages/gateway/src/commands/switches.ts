import type { CommandName, FeatureReading, PhoneEvent, PhoneFeature, ToggledSwitch } from '@hookswitch/core';
import type { Command, Instant, LoggedEvent } from '../model.ts';
import type { ResolvedCommand } from './resolve-command.ts';

/** What a command wishes a switch of the phone to be. */
interface Wish {
  readonly name: SwitchName;
  /** In one spelling: the same wish, the same text. */
  readonly text: string;
  readonly enabled: boolean;
}

type SwitchName = ToggledSwitch | 'FORWARD_ALWAYS' | 'FORWARD_BUSY' | 'FORWARD_NO_ANSWER';

interface Standing {
  /** The last wish that was proven; null: overtaken by an event. */
  proven: { readonly wish: Wish; readonly at: Instant } | null;
  /** The last wish that the phone was told and nothing proved; `accepted`: it took it. */
  doubt: { readonly wish: Wish; readonly accepted: boolean } | null;
  /** Fulfilled when the last command about it is settled. */
  last: Promise<void>;
}

/** The same report may come twice, and after the phone was asked. */
const ECHO_MS = 10_000;

/** Commands that may turn any switch. */
const STIRRING: ReadonlySet<CommandName> = new Set([
  'pressKeys',
  'touch',
  'pushXml',
  'writeSettings',
  'provision',
  'factoryReset',
  'upgradeFirmware',
]);

/**
 * What the gateway knows of the phones' switches from its own commands: which wish stands, and of which nobody knows
 * whether it came true. Commands about one switch of one phone take turns: each sees what the one before came to.
 */
export class Switches {
  readonly #byPhone = new Map<string, Map<SwitchName, Standing>>();
  /** Phones that have started, with the switches that they have reported since. */
  readonly #reportedSinceStart = new Map<string, Set<PhoneFeature>>();
  readonly #release = new Map<string, () => void>();
  readonly #now: () => Instant;

  constructor(now: () => Instant) {
    this.#now = now;
  }

  /**
   * Waits until earlier commands about the same switch are settled.
   * @returns whether that was so before `deadlineAt`
   */
  async turn({ id, phoneId }: Command, resolved: ResolvedCommand, deadlineAt: Instant): Promise<boolean> {
    const wish = wishOf(resolved);
    if (wish === null) return true;
    const standing = this.#of(phoneId, wish.name);
    const before = standing.last;
    const { promise, resolve } = Promise.withResolvers<void>();
    standing.last = Promise.all([before, promise]).then(() => undefined);
    this.#release.set(id, resolve);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((done) => {
      timer = setTimeout(() => done(false), Math.max(0, deadlineAt - this.#now()));
    });
    try {
      return await Promise.race([before.then(() => true), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Takes in that a command changed. */
  note(command: Command, resolved: ResolvedCommand | null): void {
    if (command.settledAt === null) return;
    if (resolved !== null) this.#remember(command, resolved);
    this.release(command.id);
  }

  /** Nobody need wait for that command any more. */
  release(id: string): void {
    this.#release.get(id)?.();
    this.#release.delete(id);
  }

  /** Takes in an event of the log. */
  apply({ phoneId, event }: LoggedEvent, hasCalls: boolean): void {
    if (event.type === 'DEVICE' && event.deviceEventKind === 'STARTED')
      this.#reportedSinceStart.set(phoneId, new Set());
    if (event.type === 'FEATURE') this.#reportedSinceStart.get(phoneId)?.add(event.feature);
    const standings = this.#byPhone.get(phoneId);
    if (standings === undefined) return;
    for (const [name, standing] of standings) {
      if (clears(event, name, hasCalls)) standing.doubt = null;
      const { proven } = standing;
      if (proven !== null && overtakes(event, proven.wish) && !this.#isEcho(event, proven)) standing.proven = null;
    }
  }

  /** Toggles that were pressed, and nobody knows whether they moved. */
  doubts(phoneId: string): ReadonlySet<ToggledSwitch> {
    const standings = [...(this.#byPhone.get(phoneId) ?? [])];
    return new Set(standings.flatMap(([name, { doubt }]) => (doubt !== null && isToggled(name) ? [name] : [])));
  }

  /** What a phone told of its switches before it started may have been forgotten by it. */
  stillKnown(phoneId: string, features: readonly FeatureReading[]): readonly FeatureReading[] {
    const reported = this.#reportedSinceStart.get(phoneId);
    return reported === undefined ? features : features.filter(({ feature }) => reported.has(feature));
  }

  /** The phone told all its calls, and what is known of them is so. */
  toldCalls(phoneId: string): void {
    const hold = this.#byPhone.get(phoneId)?.get('HOLD');
    if (hold !== undefined) hold.doubt = null;
  }

  /**
   * Whether the phone is known to be as wished, so that nothing need be sent.
   * @param features as the phone's events told them last
   */
  isSo(
    phoneId: string,
    resolved: ResolvedCommand,
    known: { readonly features: readonly FeatureReading[]; readonly unknownState: 'refuse' | 'press' },
  ): boolean {
    const wish = wishOf(resolved);
    if (wish === null) return false;
    const { proven = null, doubt = null } = this.#byPhone.get(phoneId)?.get(wish.name) ?? {};
    // What the phone took counts where the operator wants toggles pressed without knowing how they stand.
    if (doubt !== null) return known.unknownState === 'press' && doubt.accepted && doubt.wish.text === wish.text;
    const reported = known.features.find(({ feature }) => feature === wish.name);
    if (wish.name === 'DO_NOT_DISTURB') return reported?.enabled === wish.enabled;
    if (isToggled(wish.name)) return false;
    if (!wish.enabled && reported?.enabled === false) return true;
    // Only a phone that reports such switches would have told that somebody turned this one since.
    const reports = known.features.some(({ feature }) => feature.startsWith('FORWARD'));
    return reports && proven?.wish.text === wish.text;
  }

  #remember({ phoneId, status, sentAt, settledAt, changed }: Command, resolved: ResolvedCommand): void {
    if (sentAt !== null && STIRRING.has(resolved.name)) {
      for (const standing of this.#byPhone.get(phoneId)?.values() ?? []) standing.proven = null;
    }
    const wish = wishOf(resolved);
    if (wish === null || status === 'FAILED') return;
    const standing = this.#of(phoneId, wish.name);
    if (status === 'CONFIRMED') {
      // What was so already has been proven before, and has not been looked at again.
      if (changed === false && standing.doubt !== null) return;
      if (wish.name.startsWith('FORWARD_') && changed === true) this.#forgetForwarding(phoneId);
      standing.proven = { wish, at: settledAt ?? this.#now() };
      standing.doubt = null;
    } else if (sentAt !== null) {
      standing.proven = null;
      standing.doubt = { wish, accepted: status === 'ACCEPTED' };
    }
  }

  /** Some phones have one setting for all kinds: another kind may be off by now. */
  #forgetForwarding(phoneId: string): void {
    for (const [name, standing] of this.#byPhone.get(phoneId) ?? []) {
      if (name.startsWith('FORWARD_')) standing.proven = null;
    }
  }

  #isEcho(event: PhoneEvent, { wish, at }: { readonly wish: Wish; readonly at: Instant }): boolean {
    return event.type === 'FEATURE' && event.enabled === wish.enabled && this.#now() - at <= ECHO_MS;
  }

  #of(phoneId: string, name: SwitchName): Standing {
    const standings = this.#byPhone.get(phoneId) ?? new Map<SwitchName, Standing>();
    this.#byPhone.set(phoneId, standings);
    const standing = standings.get(name) ?? { proven: null, doubt: null, last: Promise.resolve() };
    standings.set(name, standing);
    return standing;
  }
}

function wishOf({ name, command }: ResolvedCommand): Wish | null {
  switch (name) {
    case 'setHold':
      return { name: 'HOLD', text: `${command.held} ${command.call?.id ?? ''}`, enabled: command.held };
    case 'setMuted':
      return { name: 'MUTE', text: String(command.muted), enabled: command.muted };
    case 'setDoNotDisturb':
      return { name: 'DO_NOT_DISTURB', text: String(command.enabled), enabled: command.enabled };
    case 'setForwarding': {
      const { kind, enabled, target, afterSeconds } = command;
      const text = enabled ? JSON.stringify([target, afterSeconds ?? null]) : 'off';
      return { name: `FORWARD_${kind}`, text, enabled };
    }
    default:
      return null;
  }
}

function isToggled(name: SwitchName): name is ToggledSwitch {
  return name === 'HOLD' || name === 'MUTE' || name === 'DO_NOT_DISTURB';
}

/** Whether an event tells how a switch stands, so that there is no doubt any more. */
function clears(event: PhoneEvent, name: SwitchName, hasCalls: boolean): boolean {
  if (event.type === 'DEVICE') return event.deviceEventKind === 'STARTED';
  if (event.type === 'FEATURE') return event.feature === name;
  if (event.type !== 'CALL') return false;
  if (name === 'HOLD') return !hasCalls || event.callEventKind === 'HELD' || event.callEventKind === 'RESUMED';
  if (name === 'MUTE') return !hasCalls || event.callEventKind === 'MUTED' || event.callEventKind === 'UNMUTED';
  return false;
}

/** Whether an event says that a wish that was proven may not be so any more. */
function overtakes(event: PhoneEvent, { name }: Wish): boolean {
  if (event.type === 'DEVICE') return event.deviceEventKind === 'STARTED';
  return (
    event.type === 'FEATURE' && (event.feature === name || (event.feature === 'FORWARD' && name.startsWith('FORWARD_')))
  );
}
