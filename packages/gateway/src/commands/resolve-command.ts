import {
  type CommandName,
  type Commands,
  type Failure,
  invalidArgument,
  invalidCallState,
  type PhoneKey,
  parsePhoneKey,
} from '@hookswitch/core';
import { XMLValidator } from 'fast-xml-parser';
import { type CommandRequest, RequestError } from '../application.ts';
import type { CallBook } from '../calls/call-book.ts';
import { toKnownCall } from '../calls/known-call.ts';
import { driverFailure } from '../drivers/driver-failure.ts';
import type { Call } from '../model.ts';
import { actionUrlsOf, allActionUrls } from '../phones/action-url-links.ts';
import type { RegisteredPhone } from '../phones/phone-registry.ts';

/** A command with its arguments as a driver takes them. */
export type ResolvedCommand = {
  readonly [Name in CommandName]: {
    readonly name: Name;
    readonly command: Commands[Name];
    readonly callId: string | null;
  };
}[CommandName];

/** What the arguments are resolved against. */
export interface ResolveContext {
  readonly phone: RegisteredPhone;
  readonly book: CallBook;
  /** Where the phone's action URLs lead. */
  readonly link: () => { readonly baseUrl: string; readonly token: string };
}

type Arguments = Readonly<Record<string, unknown>>;
type Resolver = (given: Arguments, context: ResolveContext) => Promise<Resolved>;
type Resolved = { readonly command: unknown; readonly callId?: string | null } | { readonly failure: Failure };

/**
 * Turns what a client gave into what a driver takes: ids of calls into calls, defaults, and all checks that need no
 * knowledge of the vendor.
 * @throws RequestError NOT_FOUND for the id of a call that never was
 */
export async function resolveCommand(
  { name, arguments: given }: CommandRequest,
  context: ResolveContext,
): Promise<ResolvedCommand | { readonly failure: Failure }> {
  const resolved = await (RESOLVERS[name] ?? onCall)(given, context);
  if ('failure' in resolved) return resolved;
  return { name, command: resolved.command, callId: resolved.callId ?? null } as ResolvedCommand;
}

const RESOLVERS: Partial<Record<CommandName, Resolver>> = {
  pressKeys: async (given, { phone }) => {
    const keys = given['keys'] as readonly {
      readonly key: PhoneKey;
      readonly holdMs?: number | null;
      readonly pauseMs?: number | null;
    }[];
    if (keys.length === 0 || keys.length > MAX_KEYS)
      return { failure: invalidArgument('keys', `Name from 1 to ${MAX_KEYS} keys.`) };
    for (const [index, { key, holdMs, pauseMs }] of keys.entries()) {
      const failure = await keyFailure(phone, key, `keys.${index}.key`);
      if (failure !== null) return { failure };
      if ((holdMs ?? 0) < 0 || (holdMs ?? 0) > 60_000)
        return { failure: invalidArgument(`keys.${index}.holdMs`, 'It must be from 0 to 60000 ms.') };
      if ((pauseMs ?? 0) < 0 || (pauseMs ?? 0) > 60_000)
        return { failure: invalidArgument(`keys.${index}.pauseMs`, 'It must be from 0 to 60000 ms.') };
    }
    return { command: given };
  },
  touch: async (given) =>
    (given['touches'] as readonly unknown[]).length === 0
      ? { failure: invalidArgument('touches', 'Name at least one touch.') }
      : { command: given },
  dial: async (given) => blank(given, 'to') ?? { command: given },
  deflect: async (given, context) => blank(given, 'to') ?? onCall(given, context),
  transfer: async (given, context) => blank(given, 'to') ?? onCall(given, context),
  sendDtmf: async (given, context) => {
    if (!/^[0-9A-Da-d*#]{1,64}$/.test(String(given['digits']))) {
      return { failure: invalidArgument('digits', 'From 1 to 64 of 0–9, *, # and A–D.') };
    }
    return onCall(given, context);
  },
  hangUpAll: async ({ states }, { phone, book }) => {
    if (states === undefined || states === null) return { command: {} };
    const wanted = states as readonly string[];
    return {
      command: {
        calls: book
          .active(phone.phone.id)
          .filter(({ state }) => wanted.includes(state))
          .map(toKnownCall),
      },
    };
  },
  completeTransfer: async ({ heldCallId, consultationCallId }, context) => {
    const heldCall = await callOf(heldCallId, 'heldCallId', context);
    if ('failure' in heldCall) return heldCall;
    const consultationCall = await callOf(consultationCallId, 'consultationCallId', context);
    if ('failure' in consultationCall) return consultationCall;
    return {
      command: { heldCall: known(heldCall.call), consultationCall: known(consultationCall.call) },
      callId: heldCall.call?.id ?? null,
    };
  },
  cancelTransfer: async ({ consultationCallId }, context) => {
    const found = await callOf(consultationCallId, 'consultationCallId', context);
    if ('failure' in found) return found;
    return { command: { consultationCall: known(found.call) }, callId: found.call?.id ?? null };
  },
  conference: async ({ callIds }, context) => {
    if (callIds === undefined || callIds === null) return { command: {} };
    const calls: Call[] = [];
    for (const [index, id] of (callIds as readonly string[]).entries()) {
      const found = await callOf(id, `callIds.${index}`, context);
      if ('failure' in found) return found;
      if (found.call !== undefined) calls.push(found.call);
    }
    return { command: { calls: calls.map(toKnownCall) } };
  },
  // For how long a switch is kept is the gateway's affair.
  setDoNotDisturb: async ({ keep: _keep, ...given }) => ({ command: given }),
  setForwarding: async ({ keep: _keep, ...given }) => {
    if (given['enabled'] === true && blank(given, 'target') !== null) {
      return { failure: invalidArgument('target', 'Say where to forward to.') };
    }
    return { command: given };
  },
  setLed: (given, { phone }) => keyed(given, phone),
  configureKey: (given, { phone }) => keyed(given, phone),
  pushXml: async (given) => {
    const fault = xmlFault(String(given['document']));
    return fault === null ? { command: given } : { failure: invalidArgument('document', fault) };
  },
  writeSettings: async (given) => {
    const settings = given['settings'] as readonly { readonly name: string; readonly value: string }[];
    if (settings.length === 0) return { failure: invalidArgument('settings', 'Name at least one setting.') };
    const bad = settings.findIndex(({ name, value }) => name.trim() === '' || /[\r\n\0]/.test(name + value));
    if (bad !== -1)
      return {
        failure: invalidArgument(`settings.${bad}`, 'A setting has a name, and no line break in name or value.'),
      };
    return { command: given };
  },
  reboot: async (given, { phone, book }) => {
    const evenInCall = given['evenInCall'] === true;
    const [call] = book.active(phone.phone.id);
    if (!evenInCall && call !== undefined) {
      return {
        failure: invalidCallState('The phone has a call. Wait for its end, or give evenInCall: true.', call.state),
      };
    }
    return { command: { evenInCall } };
  },
  factoryReset: async ({ confirmMac }, { phone }) => {
    if (phone.phone.mac === null)
      return {
        failure: invalidArgument('confirmMac', 'The phone’s MAC address is not known: set it with updatePhone first.'),
      };
    if (confirmMac !== phone.phone.mac)
      return { failure: invalidArgument('confirmMac', 'It is not the MAC address of this phone.') };
    return { command: {} };
  },
  provision: async (given) => ({ command: { allowReboot: given['allowReboot'] === true } }),
  upgradeFirmware: async (given) => {
    const url = URL.parse(String(given['url']));
    if (url === null || !/^(https?|t?ftp):$/.test(url.protocol))
      return { failure: invalidArgument('url', 'It must be an http, https, ftp or tftp URL.') };
    return { command: given };
  },
  clearCallLists: async (given) =>
    (given['lists'] as readonly unknown[]).length === 0
      ? { failure: invalidArgument('lists', 'Name at least one list.') }
      : { command: given },
  refreshCalls: async (given) => timeout(given) ?? { command: {} },
  configureActionUrls: async ({ settings }, { phone, link }) => {
    const result = actionUrlsOf(phone, link(), (settings ?? undefined) as readonly string[] | undefined);
    return 'failure' in result ? result : { command: { urls: result.urls } };
  },
  verifyEventPath: async (given, { phone, link }) =>
    timeout(given) ?? { command: { urls: allActionUrls(phone, link()) } },
};

/** More would keep the phone busy for minutes. */
const MAX_KEYS = 100;

/** Most commands: their arguments as they are, with `callId` resolved. */
async function onCall({ callId, ...rest }: Arguments, context: ResolveContext): Promise<Resolved> {
  const found = await callOf(callId, 'callId', context);
  if ('failure' in found) return found;
  return {
    command: found.call === undefined ? rest : { ...rest, call: toKnownCall(found.call) },
    callId: found.call?.id ?? null,
  };
}

async function callOf(
  id: unknown,
  argument: string,
  { phone, book }: ResolveContext,
): Promise<{ readonly call?: Call } | { readonly failure: Failure }> {
  if (id === undefined || id === null) return {};
  const call = await book.get(String(id));
  if (call === null) throw new RequestError('NOT_FOUND', `There is no call with this id (${argument}).`);
  if (call.phoneId !== phone.phone.id) return { failure: invalidArgument(argument, 'It is a call of another phone.') };
  if (call.state === 'ENDED') return { failure: invalidCallState('The call is over.', 'ENDED') };
  return { call };
}

function known(call: Call | undefined): ReturnType<typeof toKnownCall> | undefined {
  return call === undefined ? undefined : toKnownCall(call);
}

function blank(given: Arguments, name: string): { readonly failure: Failure } | null {
  const value = given[name];
  if (typeof value === 'string' && value.trim() !== '' && !/[\r\n\0]/.test(value)) return null;
  return { failure: invalidArgument(name, 'Give a number or a SIP URI, without line breaks.') };
}

function timeout({ timeoutSeconds }: Arguments): { readonly failure: Failure } | null {
  if (timeoutSeconds === undefined || timeoutSeconds === null) return null;
  if (Number(timeoutSeconds) >= 1 && Number(timeoutSeconds) <= 600) return null;
  return { failure: invalidArgument('timeoutSeconds', 'It must be from 1 to 600 seconds.') };
}

async function keyed(given: Arguments, phone: RegisteredPhone): Promise<Resolved> {
  const failure = await keyFailure(phone, String(given['key']), 'key');
  return failure === null ? { command: given } : { failure };
}

async function keyFailure(
  { phone, driver }: RegisteredPhone,
  key: PhoneKey,
  argument: string,
): Promise<Failure | null> {
  const parsed = parsePhoneKey(key);
  if (parsed === null) return invalidArgument(argument, `"${key}" is no key.`);
  if (parsed.kind !== 'vendor' || driver === null) return null;
  if (parsed.vendor !== phone.vendor)
    return invalidArgument(argument, `"${key}" is a key of another vendor: this phone is a ${phone.vendor}.`);
  try {
    if (!(await driver.isCommandKey(parsed.name))) return null;
  } catch (error) {
    return driverFailure(error, driver.name);
  }
  return invalidArgument(argument, `"${key}" is no key but does what another command does: use that one.`);
}

function xmlFault(document: string): string | null {
  if (/<!DOCTYPE/i.test(document)) return 'A document with a DOCTYPE is refused.';
  const result = XMLValidator.validate(document);
  return result === true ? null : `It is not well-formed XML: ${result.err.msg} (line ${result.err.line}).`;
}
