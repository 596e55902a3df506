import {
  type Capability,
  capabilityOf,
  capabilityUnsupported,
  type DriverContext,
  type Failure,
  type Ladder,
  type Outcome,
  TransportError,
  unknown,
} from '@hookswitch/core';
import type { Carriers } from '../phones/phone-links.ts';
import type { RegisteredPhone } from '../phones/phone-registry.ts';
import { aroundSip } from '../sip/around-sip.ts';
import { climbLadder, type LadderResult, notClimbed } from './climb-ladder.ts';
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

const REMOVED: Failure = {
  code: 'PHONE_UNREACHABLE',
  message: 'The phone has been removed, so nothing was sent. Add it again.',
  retryable: false,
};

/** The phone's ways to a capability, or the typed refusal. */
export function ladderFor<Name extends Capability>(
  phone: RegisteredPhone,
  capability: Name,
): { readonly ladder: Ladder<Name> } | { readonly failure: Failure } {
  const { ladders, phone: record, driver, fault } = phone;
  if (record.removedAt !== null) return { failure: REMOVED };
  if (fault !== null) return { failure: fault };
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
      : `${driver.name}: no ${capability} on ${what.filter((part) => part !== null).join(' ')} by the transports that are configured.`;
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
  if ('failure' in found) return notClimbed({ status: 'FAILED', failure: found.failure });
  const { signal } = context;
  return climbLadder({ capability, ladder: found.ladder, signal }, (rung) =>
    invoke(rung, resolved, { ...context, ...rememberingSteps(context) }),
  );
}

/** Where an earlier step of a command was taken by the phone, a later one that fails does not undo it. */
function rememberingSteps({ http, sip }: Carriers): Carriers {
  let acted = false;
  const step = async <Reply>(send: () => Promise<Reply>, harmless: boolean): Promise<Reply> => {
    try {
      const reply = await send();
      acted ||= !harmless && wasTaken(reply);
      return reply;
    } catch (error) {
      if (!acted || !TransportError.is(error) || error.outcome.status !== 'FAILED') throw error;
      throw new TransportError(unknown(`An earlier step was sent and taken, then: ${error.message}`), {
        cause: error,
      });
    }
  };
  return {
    http: { send: (request) => step(() => http.send(request), request.readOnly === true) },
    sip: aroundSip(sip, (send, { harmless }) => step(send, harmless)),
  };
}

/** A reply with a status that is no refusal, or a dialog that came about. */
function wasTaken(reply: unknown): boolean {
  if (typeof reply !== 'object' || reply === null || 'refused' in reply) return false;
  return !('status' in reply) || (typeof reply.status === 'number' && reply.status < 400);
}

function invoke(rung: object, { name, command }: ResolvedCommand, context: DriverContext): Promise<Outcome<unknown>> {
  const method: unknown = Reflect.get(rung, name);
  if (typeof method !== 'function') throw new TypeError(`the driver claims the capability and has no ${name}`);
  return method.call(rung, command, context);
}
