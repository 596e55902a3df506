import type { Failure, PhoneEvent } from '@hookswitch/core';
import type { AuditRecord } from '../../audit/audit-entry.ts';
import { CALL_ARGUMENTS } from '../../call-arguments.ts';
import type { Call, Command, FeatureState, Led, LoggedEvent, Phone, SkippedTransport } from '../../model.ts';
import { maskNumber, maskParty, maskText, maskUri } from './mask-numbers.ts';

/** A phone: its SIP URI is a number. Its name is what the admin called it, and stays. */
export function maskPhone(phone: Phone): Phone {
  return { ...phone, sipUri: phone.sipUri === null ? null : maskUri(phone.sipUri) };
}

/** A call: both ends and where it was transferred to. */
export function maskCall(call: Call): Call {
  const { transfer } = call;
  return {
    ...call,
    remote: maskParty(call.remote),
    local: maskParty(call.local),
    vendorIds: {},
    transfer:
      transfer === null ? null : { ...transfer, target: transfer.target === null ? null : maskParty(transfer.target) },
  };
}

/** An event: its facts, and its variables as the phone sent them. */
export function maskEvent(logged: LoggedEvent): LoggedEvent {
  return {
    ...logged,
    variables: logged.variables.map(({ name, value }) => ({ name, value: maskText(value) })),
    event: maskFacts(logged.event),
  };
}

function maskFacts(event: PhoneEvent): PhoneEvent {
  switch (event.type) {
    case 'CALL': {
      const { call } = event;
      const target = call.target === null ? null : maskParty(call.target);
      return {
        ...event,
        call: { ...call, vendorIds: {}, remote: maskParty(call.remote), local: maskParty(call.local), target },
      };
    }
    case 'FEATURE':
      return { ...event, target: event.target === null ? null : maskNumber(event.target) };
    case 'REGISTRATION':
      return { ...event, accountUri: event.accountUri === null ? null : maskUri(event.accountUri) };
    case 'USER':
      // Key after key is a number too.
      return isDialKey(event.key) ? { ...event, key: null } : event;
    default:
      return event;
  }
}

/** A command: what it was given, and what went wrong. */
export function maskCommand(command: Command): Command {
  return {
    ...command,
    arguments: maskArguments(command.arguments),
    failure: command.failure === null ? null : maskFailure(command.failure),
    ...(command.skippedTransports && { skippedTransports: maskSkipped(command.skippedTransports) }),
  };
}

/** Why transports were skipped, in words. */
export function maskSkipped(skipped: readonly SkippedTransport[]): readonly SkippedTransport[] {
  return skipped.map(({ transport, reason }) => ({ transport, reason: maskText(reason) }));
}

/**
 * A row of the audit: the numbers in it. The digest of a command's arguments goes too: of arguments that are one number
 * all numbers can be tried against it.
 */
export function maskAudit(record: AuditRecord): AuditRecord {
  const { argumentsSha256: _digest, ...details } = record.details;
  return { ...record, numbers: record.numbers.map(maskUri), details };
}

/** Whatever a failure says in words, and values of settings. */
export function maskFailure(failure: Failure): Failure {
  const masked = { ...failure, message: maskText(failure.message) };
  if (masked.code !== 'SETTINGS_DIFFER') return masked;
  const differences = masked.differences.map(({ name, expected, actual }) => ({
    name,
    expected: expected === null ? null : maskText(expected),
    actual: actual === null ? null : maskText(actual),
  }));
  return { ...masked, differences };
}

/** A light: what its key is for. */
export function maskLed(led: Led): Led {
  const { label, onPress } = led;
  return {
    ...led,
    label: label === null ? null : maskText(label),
    onPress: onPress === null ? null : { ...onPress, target: maskUri(onPress.target) },
  };
}

/** A switch: where it forwards to. */
export function maskFeature<Feature extends Pick<FeatureState, 'target'>>(feature: Feature): Feature {
  return { ...feature, target: feature.target === null ? null : maskUri(feature.target) };
}

function maskArguments(given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, maskArgument(name, value)]));
}

/** Arguments that are typed digit by digit. */
const TYPED: ReadonlySet<string> = new Set(['digits', 'key']);

function maskArgument(name: string, value: unknown): unknown {
  if (CALL_ARGUMENTS.has(name)) return value;
  if (typeof value === 'string') {
    if (TYPED.has(name)) return isDialKey(value) || name === 'digits' ? '***' : value;
    return /^\+?[\d\s]+$/.test(value) ? maskNumber(value) : maskText(value);
  }
  if (Array.isArray(value)) return value.map((item) => maskArgument(name, item));
  return typeof value === 'object' && value !== null ? maskArguments({ ...value }) : value;
}

function isDialKey(key: string | null): boolean {
  return key !== null && /^[0-9*#]$/.test(key);
}
