import type { CommandName } from '@hookswitch/core';
import type { CommandRequest } from '../application.ts';
import { CALL_ARGUMENTS } from '../call-arguments.ts';
import { encodeId, rawIdOf } from './ids.ts';

type Arguments = Readonly<Record<string, unknown>>;

/**
 * The command that a client gave, as the application takes it: ids of calls decoded, and what was given as null left
 * out, which here means the same. Throws NOT_FOUND where an id is none of a call.
 */
export function commandRequest(name: CommandName, given: Arguments | null | undefined): CommandRequest {
  return { name, arguments: mapCallIds(withoutNulls(given ?? {}), (id) => rawIdOf('Call', id)) };
}

/** A command's recorded arguments, ids of calls as clients know them. */
export function argumentsForClients(recorded: Arguments): Arguments {
  return mapCallIds(recorded, (id) => encodeId('Call', id));
}

function mapCallIds(given: Arguments, map: (id: string) => string): Arguments {
  const mapped = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(mapped);
    return typeof value === 'string' ? map(value) : value;
  };
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, CALL_ARGUMENTS.has(name) ? mapped(value) : value]),
  );
}

function withoutNulls(value: Arguments): Arguments;
function withoutNulls(value: unknown): unknown;
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item));
  if (typeof value !== 'object' || value === null) return value;
  const given = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(given.map(([name, member]) => [name, withoutNulls(member)]));
}
