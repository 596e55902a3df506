import {
  type Commands,
  confirmed,
  type DriverContext,
  type ForwardingKind,
  failed,
  invalidArgument,
  type Outcome,
} from '@hookswitch/core';
import { forwarded } from '../wire/action-uri.ts';
import type { ConfigurationItem } from '../wire/xml-objects.ts';
import { refuse, type Taken, takeDestination } from './arguments.ts';
import { act } from './press.ts';
import { pushConfiguration } from './push.ts';
import { switchNow } from './switch-now.ts';
import type { DocumentWay, KeyWay } from './way.ts';

/** `DNDOn`, `DNDOff`: absolute, no toggle. Nothing is sent where the phone is as wished already. */
export async function setDoNotDisturb(
  way: KeyWay,
  command: Commands['setDoNotDisturb'],
  context: DriverContext,
): Promise<Outcome> {
  const now = await switchNow('DO_NOT_DISTURB', way, context);
  if ('refusal' in now) return now.refusal;
  if (now.reading?.enabled === command.enabled) return confirmed(false);
  return act(way, command.enabled ? 'DNDOn' : 'DNDOff', context);
}

const VERBS: Readonly<Record<ForwardingKind, 'AlwaysFwd' | 'BusyFwd' | 'NoAnswFwd'>> = {
  ALWAYS: 'AlwaysFwd',
  BUSY: 'BusyFwd',
  NO_ANSWER: 'NoAnswFwd',
};

/** The wait where nobody names one: two rings of 6 seconds, the phones' own default. */
const DEFAULT_SECONDS = 12;
/** The phones count rings of 6 seconds, 0 to 20 of them. */
const MOST_SECONDS = 120;

interface Forwarding {
  /** Null: off. */
  readonly target: string | null;
  readonly seconds: number | undefined;
}

function takeForwarding(command: Commands['setForwarding'], way?: KeyWay): Taken<Forwarding> {
  const { kind, enabled, target, afterSeconds } = command;
  if (afterSeconds !== undefined && (kind !== 'NO_ANSWER' || !enabled)) {
    return refuse('afterSeconds', 'Only forwarding on no answer, switched on, waits.');
  }
  if (!enabled) return { value: { target: null, seconds: undefined } };
  if (target === undefined) return refuse('target', 'Forwarding needs a target to be switched on.');
  const taken = takeDestination(target, 'target', way);
  if ('refusal' in taken) return taken;
  const seconds = kind === 'NO_ANSWER' ? (afterSeconds ?? DEFAULT_SECONDS) : undefined;
  if (seconds !== undefined && (seconds % 6 !== 0 || seconds < 0 || seconds > MOST_SECONDS)) {
    return refuse('afterSeconds', `The phone waits for whole rings: a multiple of 6 from 0 to ${MOST_SECONDS}.`);
  }
  return { value: { target: taken.value, seconds } };
}

/** The answer where the phone is known to forward as wished, or must not be asked more. Null: tell it to. */
async function beforeForwarding(
  { kind, enabled, target, afterSeconds }: Omit<Commands['setForwarding'], 'target'> & Pick<Forwarding, 'target'>,
  way: KeyWay | DocumentWay,
  context: DriverContext,
): Promise<Outcome | null> {
  // No source has the phone tell how long it waits.
  if (afterSeconds !== undefined) return null;
  const now = await switchNow(`FORWARD_${kind}`, way, context);
  if ('refusal' in now) return now.refusal;
  if (now.reading?.enabled !== enabled) return null;
  return !enabled || now.reading.target === target ? confirmed(false) : null;
}

/**
 * `AlwaysFwdOn=xxx`, `NoAnswFwdOn=xxx=24`, `BusyFwdOff` (guides from V81 on). It works where the phone's forward mode
 * is "Phone", and then for all accounts.
 */
export async function setForwarding(
  way: KeyWay,
  command: Commands['setForwarding'],
  context: DriverContext,
): Promise<Outcome> {
  const taken = takeForwarding(command, way);
  if ('refusal' in taken) return taken.refusal;
  const early = await beforeForwarding({ ...command, target: taken.value.target }, way, context);
  return early ?? act(way, forwarded(VERBS[command.kind], taken.value.target, taken.value.seconds), context);
}

const SETTINGS: Readonly<Record<ForwardingKind, string>> = {
  ALWAYS: 'forward.always',
  BUSY: 'forward.busy',
  NO_ANSWER: 'forward.no_answer',
};

/** The same by the phone's settings, pushed as XML: `forward.always.enable = 1`. The wait is counted in rings. */
export async function setForwardingBySettings(
  way: DocumentWay,
  command: Commands['setForwarding'],
  context: DriverContext,
): Promise<Outcome> {
  const taken = takeForwarding(command);
  if ('refusal' in taken) return taken.refusal;
  const { target, seconds } = taken.value;
  const prefix = SETTINGS[command.kind];
  if (target !== null && target.length > 32) {
    return failed(invalidArgument('target', 'The setting holds 32 characters.'));
  }
  const early = await beforeForwarding({ ...command, target }, way, context);
  if (early !== null) return early;
  const items: ConfigurationItem[] = [{ name: `${prefix}.enable`, value: target === null ? '0' : '1' }];
  if (target !== null) items.push({ name: `${prefix}.target`, value: target });
  if (seconds !== undefined) items.push({ name: `${prefix}.timeout`, value: String(seconds / 6) });
  return pushConfiguration(way, items, context);
}
