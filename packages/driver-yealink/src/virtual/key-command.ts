import type { ForwardKind } from '@hookswitch/driver-kit/virtual';
import {
  ADDRESSED_KEYS,
  FORWARD_KEYS,
  type KeyFunction,
  NAMED_KEYS,
  NEWER_KEYS,
  UNVERIFIED_KEYS,
} from './keys.table.ts';
import type { YealinkModel } from './models.ts';
import type { YealinkQuirks } from './quirks.ts';
import { SOFT_KEY_NUMBERS, type SoftKeyNumber } from './soft-keys.table.ts';

/** What one `key=` value asks for. */
export type KeyCommand =
  | { readonly kind: 'press'; readonly key: KeyFunction; readonly name: string }
  | { readonly kind: 'digit'; readonly digit: string }
  | { readonly kind: 'line'; readonly number: number }
  | { readonly kind: 'memory'; readonly number: number }
  | { readonly kind: 'soft'; readonly number: SoftKeyNumber }
  | { readonly kind: 'dial'; readonly number: string; readonly from: string }
  | { readonly kind: 'transfer'; readonly mode: 'attended' | 'blind'; readonly to: string }
  | {
      readonly kind: 'forward';
      readonly forward: ForwardKind;
      readonly on: boolean;
      readonly target: string;
      readonly seconds: number | undefined;
    }
  | { readonly kind: 'addressed'; readonly what: 'answer' | 'cancel' | 'hold' | 'resume'; readonly callId: string }
  | { readonly kind: 'unknown'; readonly name: string };

/** What the meaning of a key depends on. */
export interface KeyDialect {
  readonly model: Pick<YealinkModel, 'lineKeys' | 'memoryKeys' | 'missingKeys'>;
  readonly quirks: Pick<YealinkQuirks, 'caseInsensitiveKeys' | 'newerKeys' | 'unverifiedKeys' | 'callAddressedKeys'>;
}

/** A `key=` value, decoded: `OK`, or `BTrans` with its argument. */
export interface KeyText {
  readonly name: string;
  /** What stands after the first `=`, or `undefined`. */
  readonly argument: string | undefined;
}

/** Reads one value of `key=`: `OK`, `L3`, `BTrans=1002`, `ASW:33093`. Pure. */
export const parseKeyCommand = (text: KeyText, dialect: KeyDialect): KeyCommand => {
  const { name, argument } = text;
  const unknown: KeyCommand = { kind: 'unknown', name };
  if (argument !== undefined) return withArgument(name, argument, dialect) ?? unknown;
  if (/^[0-9*]$/.test(name)) return { kind: 'digit', digit: name };
  if (name === 'POUND') return { kind: 'digit', digit: '#' };
  const line = Number(/^L([1-9]\d?)$/.exec(name)?.[1] ?? 0);
  if (line > 0) return line <= dialect.model.lineKeys ? { kind: 'line', number: line } : unknown;
  const memory = Number(/^D([1-9]\d?)$/.exec(name)?.[1] ?? 0);
  if (memory > 0) return memory <= dialect.model.memoryKeys ? { kind: 'memory', number: memory } : unknown;
  const soft = SOFT_KEY_NUMBERS.find((number) => name === `F${number}`);
  if (soft !== undefined) return { kind: 'soft', number: soft };
  return forwardOff(name, dialect) ?? addressed(name, dialect) ?? named(name, dialect) ?? unknown;
};

const withArgument = (name: string, argument: string, { quirks }: KeyDialect): KeyCommand | undefined => {
  if (argument === '') return undefined;
  if (name === 'number') return { kind: 'dial', number: argument, from: '' };
  if (name === 'ATrans') return { kind: 'transfer', mode: 'attended', to: argument };
  if (name === 'BTrans') return { kind: 'transfer', mode: 'blind', to: argument };
  const forward = forwardKey(name);
  if (forward?.on !== true || !quirks.newerKeys) return undefined;
  if (forward.kind !== 'noAnswer') {
    return { kind: 'forward', forward: forward.kind, on: true, target: argument, seconds: undefined };
  }
  // NoAnswFwdOn=xxx=n: the seconds come in multiples of 6.
  const [target = '', seconds = ''] = argument.split('=');
  if (!/^\d{1,3}$/.test(seconds) || Number(seconds) % 6 !== 0) return undefined;
  return { kind: 'forward', forward: 'noAnswer', on: true, target, seconds: Number(seconds) };
};

const forwardKey = (name: string) =>
  Object.hasOwn(FORWARD_KEYS, name) ? FORWARD_KEYS[name as keyof typeof FORWARD_KEYS] : undefined;

const forwardOff = (value: string, { quirks }: KeyDialect): KeyCommand | undefined => {
  const forward = forwardKey(value);
  if (forward === undefined || forward.on || !quirks.newerKeys) return undefined;
  return { kind: 'forward', forward: forward.kind, on: false, target: '', seconds: undefined };
};

const addressed = (value: string, { quirks }: KeyDialect): KeyCommand | undefined => {
  const [, name = '', callId = ''] = /^([A-Z]+):(.+)$/.exec(value) ?? [];
  if (!Object.hasOwn(ADDRESSED_KEYS, name) || quirks.callAddressedKeys === 'unknown') return undefined;
  return { kind: 'addressed', what: ADDRESSED_KEYS[name as keyof typeof ADDRESSED_KEYS], callId };
};

const named = (value: string, { model, quirks }: KeyDialect): KeyCommand | undefined => {
  if (model.missingKeys.includes(value)) return undefined;
  const table = {
    ...NAMED_KEYS,
    ...(quirks.newerKeys ? NEWER_KEYS : {}),
    ...(quirks.unverifiedKeys ? UNVERIFIED_KEYS : {}),
  };
  const same = (name: string) =>
    quirks.caseInsensitiveKeys ? name.toLowerCase() === value.toLowerCase() : name === value;
  const found = Object.entries(table).find(([name]) => same(name));
  return found && { kind: 'press', key: found[1], name: found[0] };
};
