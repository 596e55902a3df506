import {
  type Capability,
  capabilityOf,
  capabilityUnsupported,
  type DriverContext,
  type Failure,
  type Ladder,
  type Outcome,
} from '@hookswitch/core';
import type { RegisteredPhone } from '../phones/phone-registry.ts';
import { climbLadder, type LadderResult } from './climb-ladder.ts';
import type { ResolvedCommand } from './resolve-command.ts';

/** What people may use instead, where a phone cannot do something. */
const ALTERNATIVES: Partial<Record<Capability, readonly Capability[]>> = {
  ANSWER: ['PRESS_KEYS'],
  HANG_UP: ['HANG_UP_ALL', 'PRESS_KEYS'],
  HANG_UP_ALL: ['HANG_UP'],
  REJECT: ['HANG_UP', 'DEFLECT'],
  DEFLECT: ['REJECT', 'FORWARDING'],
  HOLD: ['PRESS_KEYS'],
  MUTE: ['PRESS_KEYS'],
  DTMF: ['PRESS_KEYS'],
  TRANSFER_BLIND: ['TRANSFER_ATTENDED', 'PRESS_KEYS'],
  TRANSFER_ATTENDED: ['TRANSFER_BLIND', 'PRESS_KEYS'],
  CONFERENCE: ['PRESS_KEYS'],
  DO_NOT_DISTURB: ['PRESS_KEYS'],
  FORWARDING: ['PRESS_KEYS', 'WRITE_SETTINGS'],
  TOUCH: ['PRESS_KEYS'],
  LED: ['DISPLAY'],
  SCREEN: ['PHONE_INFO'],
  READ_SETTINGS: ['PHONE_INFO'],
  WRITE_SETTINGS: ['PROVISION'],
  VERIFY_EVENTS: ['ACTION_URLS'],
  REREGISTER: ['REBOOT'],
  PROVISION: ['REBOOT'],
};

/** The phone's ways to a capability, or the typed refusal. */
export function ladderFor<Name extends Capability>(
  phone: RegisteredPhone,
  capability: Name,
): { readonly ladder: Ladder<Name> } | { readonly failure: Failure } {
  const { ladders, phone: record, driver } = phone;
  const ladder = ladders[capability] as Ladder<Name> | undefined;
  if (ladder !== undefined) return { ladder };
  const alternatives = (ALTERNATIVES[capability] ?? []).filter((other) => ladders[other] !== undefined);
  const what = [
    record.model ?? 'a phone of unknown model',
    record.firmware === null ? null : `with firmware ${record.firmware}`,
  ];
  const why =
    driver === null
      ? `The driver for "${record.vendor}" is not installed.`
      : `${driver.name} cannot do that on ${what.filter((part) => part !== null).join(' ')} by the transports that are configured.`;
  const instead = alternatives.length === 0 ? '' : ` Instead there is: ${alternatives.join(', ')}.`;
  return { failure: capabilityUnsupported(capability, `${why}${instead}`, alternatives) };
}

/** Runs a command on the ways that the phone has for it. */
export async function runOnPhone(
  phone: RegisteredPhone,
  resolved: ResolvedCommand,
  context: DriverContext,
): Promise<LadderResult<unknown>> {
  const capability = capabilityOf(resolved.name, resolved.command);
  const found = ladderFor(phone, capability);
  if ('failure' in found) return { transport: null, outcome: { status: 'FAILED', failure: found.failure } };
  return climbLadder(capability, found.ladder, (rung) => invoke(rung, resolved, context));
}

function invoke(rung: object, { name, command }: ResolvedCommand, context: DriverContext): Promise<Outcome<unknown>> {
  const method: unknown = Reflect.get(rung, name);
  if (typeof method !== 'function') throw new TypeError(`the driver claims the capability and has no ${name}`);
  return method.call(rung, command, context);
}
