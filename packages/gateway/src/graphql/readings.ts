import {
  type Failure,
  type PhoneAccount,
  type PhoneInfo,
  type PhoneScreen,
  rateLimited,
  type Setting,
  type Transport,
} from '@hookswitch/core';
import type { Result } from '../application.ts';
import { builder } from './builder.ts';
import { TransportRef } from './enums.ts';
import { FeatureStateRef } from './phone-parts.ts';
import { pictureSize } from './picture-size.ts';
import { FAILURE_REFS } from './refs.ts';

const PhoneAccountRef = builder.objectRef<PhoneAccount>('PhoneAccount').implement({
  fields: (t) => ({
    account: t.exposeInt('account'),
    user: t.exposeString('user', { nullable: true }),
    host: t.exposeString('host', { nullable: true }),
    displayName: t.exposeString('displayName', { nullable: true }),
    label: t.exposeString('label', { nullable: true }),
    enabled: t.exposeBoolean('enabled', { nullable: true }),
    registered: t.exposeBoolean('registered', { nullable: true }),
  }),
});

type Read<Value> = Value & { readonly transport: Transport };

const PhoneInfoRef = builder.objectRef<Read<PhoneInfo>>('PhoneInfo').implement({
  fields: (t) => ({
    mac: t.expose('mac', { type: 'MacAddress', nullable: true }),
    model: t.exposeString('model', { nullable: true }),
    firmware: t.exposeString('firmware', { nullable: true }),
    accounts: t.expose('accounts', { type: [PhoneAccountRef] }),
    features: t.field({
      type: [FeatureStateRef],
      resolve: ({ features }) => features.map((feature) => ({ ...feature, since: null })),
    }),
    transport: t.expose('transport', { type: TransportRef }),
  }),
});

const SettingRef = builder.objectRef<Setting>('Setting').implement({
  description: '`value`: null where it is a secret. `writable`: null where the phone does not tell.',
  fields: (t) => ({
    name: t.exposeString('name'),
    value: t.exposeString('value', { nullable: true }),
    writable: t.exposeBoolean('writable', { nullable: true }),
  }),
});

const PhoneSettingsRef = builder.objectRef<Read<{ readonly settings: readonly Setting[] }>>('PhoneSettings').implement({
  fields: (t) => ({
    settings: t.expose('settings', { type: [SettingRef] }),
    transport: t.expose('transport', { type: TransportRef }),
  }),
});

const PhoneScreenRef = builder.objectRef<PhoneScreen>('PhoneScreen').implement({
  fields: (t) => ({
    mediaType: t.exposeString('mediaType'),
    base64: t.string({ resolve: ({ bytes }) => Buffer.from(bytes).toString('base64') }),
    widthPx: t.int({ nullable: true, resolve: ({ bytes }) => pictureSize(bytes)?.widthPx ?? null }),
    heightPx: t.int({ nullable: true, resolve: ({ bytes }) => pictureSize(bytes)?.heightPx ?? null }),
  }),
});

const READING_FAILURES = [
  'CAPABILITY_UNSUPPORTED',
  'PHONE_UNREACHABLE',
  'PHONE_UNAUTHORIZED',
  'APPROVAL_PENDING',
  'PHONE_REJECTED',
  'INVALID_ARGUMENT',
  'POLICY_DENIED',
  'RATE_LIMITED',
] as const;
type ReadingFailure = Extract<Failure, { readonly code: (typeof READING_FAILURES)[number] }>;

const readingFailures = READING_FAILURES.map((code) => FAILURE_REFS[code]);
const readingCodes: ReadonlySet<string> = new Set(READING_FAILURES);

/**
 * What a reading answers. A reading that waited in the lane until its time ran out found the lane full. Throws where
 * the failure is one that only commands can have.
 */
export function readingResult<Value>(result: Result<Value>): Value | ReadingFailure {
  if (result.ok) return result.value;
  const { failure } = result;
  if (failure.code === 'COMMAND_EXPIRED') return rateLimited(failure.message, 1000);
  if (!isReadingFailure(failure)) throw new Error(`A reading failed with ${failure.code}: ${failure.message}`);
  return failure;
}

function isReadingFailure(failure: Failure): failure is ReadingFailure {
  return readingCodes.has(failure.code);
}

/** `PhoneInfoResult`. */
export const PhoneInfoResultRef = builder.unionType('PhoneInfoResult', {
  types: [PhoneInfoRef, ...readingFailures],
  resolveType: (value) => ('code' in value ? FAILURE_REFS[value.code].name : PhoneInfoRef.name),
});
/** `SettingsResult`. */
export const SettingsResultRef = builder.unionType('SettingsResult', {
  types: [PhoneSettingsRef, ...readingFailures],
  resolveType: (value) => ('code' in value ? FAILURE_REFS[value.code].name : PhoneSettingsRef.name),
});
/** `ScreenResult`. */
export const ScreenResultRef = builder.unionType('ScreenResult', {
  types: [PhoneScreenRef, ...readingFailures],
  resolveType: (value) => ('code' in value ? FAILURE_REFS[value.code].name : PhoneScreenRef.name),
});
