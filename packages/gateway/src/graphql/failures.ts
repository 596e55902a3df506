import type { SettingDifference } from '@hookswitch/core';
import type { DriverView } from '../application.ts';
import { builder } from './builder.ts';
import { CallStateRef, CapabilityRef, EventPathHopRef } from './enums.ts';
import { found } from './ids.ts';
import { CommandRef, DriverRef, FAILURE_REFS, FailureRef, PhoneRef } from './refs.ts';

FailureRef.implement({
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable, to be matched on: `PHONE_UNREACHABLE`, …' }),
    message: t.exposeString('message', { description: 'What happened and what to do next, for people.' }),
    retryable: t.exposeBoolean('retryable', {
      description: 'Whether the same command may succeed if it is given again, unchanged.',
    }),
  }),
  resolveType: ({ code }) => FAILURE_REFS[code].name,
});

const interfaces = [FailureRef];

FAILURE_REFS.CAPABILITY_UNSUPPORTED.implement({
  interfaces,
  fields: (t) => ({
    capability: t.expose('capability', { type: CapabilityRef }),
    alternatives: t.expose('alternatives', { type: [CapabilityRef] }),
  }),
});
FAILURE_REFS.PHONE_UNREACHABLE.implement({ interfaces });
FAILURE_REFS.PHONE_UNAUTHORIZED.implement({ interfaces });
FAILURE_REFS.APPROVAL_PENDING.implement({
  interfaces,
  description: 'Somebody must allow remote control on the phone itself.',
});
FAILURE_REFS.PHONE_REJECTED.implement({
  interfaces,
  fields: (t) => ({
    phoneStatus: t.exposeInt('phoneStatus', { nullable: true }),
    phoneCode: t.exposeString('phoneCode', { nullable: true }),
  }),
});
FAILURE_REFS.INVALID_CALL_STATE.implement({
  interfaces,
  fields: (t) => ({ actual: t.expose('actual', { type: CallStateRef, nullable: true }) }),
});
FAILURE_REFS.STATE_UNKNOWN.implement({
  interfaces,
  description:
    'Nobody knows how the phone stands, and a guess might do harm: it only has a key that turns it over, or without its call the command might dial or hit another one. Nothing was sent.',
});
FAILURE_REFS.POLICY_DENIED.implement({ interfaces, fields: (t) => ({ rule: t.exposeString('rule') }) });
FAILURE_REFS.RATE_LIMITED.implement({
  interfaces,
  description: "The caller asks too much, or the phone's lane is full.",
  fields: (t) => ({ retryAfterMs: t.exposeInt('retryAfterMs') }),
});
FAILURE_REFS.INVALID_ARGUMENT.implement({
  interfaces,
  description: '`argument`: its path, e.g. `keys.0.key`.',
  fields: (t) => ({ argument: t.exposeString('argument') }),
});
FAILURE_REFS.COMMAND_EXPIRED.implement({
  interfaces,
  description: 'Its time ran out while it was queued: nothing was sent.',
});
FAILURE_REFS.IDEMPOTENCY_CONFLICT.implement({
  interfaces,
  description: 'The idempotency key was used for another command, which `original` is.',
  fields: (t) => ({
    original: t.field({
      type: CommandRef,
      resolve: async ({ originalCommandId }, _args, { application }) =>
        found(await application.commands.get(originalCommandId), 'Command', originalCommandId),
    }),
  }),
});

const SettingDifferenceRef = builder.objectRef<SettingDifference>('SettingDifference').implement({
  fields: (t) => ({
    name: t.exposeString('name'),
    expected: t.exposeString('expected', { nullable: true }),
    actual: t.exposeString('actual', { nullable: true }),
  }),
});
FAILURE_REFS.SETTINGS_DIFFER.implement({
  interfaces,
  description: 'Read back after writing, the phone holds something else.',
  fields: (t) => ({
    differences: t.expose('differences', { type: [SettingDifferenceRef] }),
  }),
});
FAILURE_REFS.EVENT_PATH_BROKEN.implement({
  interfaces,
  description: '`hop`: the first one that is broken.',
  fields: (t) => ({ hop: t.expose('hop', { type: EventPathHopRef }) }),
});
FAILURE_REFS.DRIVER_FAILED.implement({
  interfaces,
  description:
    "The phone's driver threw, gave no answer or could not be loaded, and the phone did nothing. See `Driver.health`.",
});
FAILURE_REFS.PHONE_CONFLICT.implement({
  interfaces,
  description: 'Another phone has that MAC address or address.',
  fields: (t) => ({
    existing: t.field({
      type: PhoneRef,
      resolve: ({ existingPhoneId }, _args, { application }) =>
        found(application.phones.get(existingPhoneId), 'Phone', existingPhoneId),
    }),
  }),
});
FAILURE_REFS.VENDOR_UNIDENTIFIED.implement({
  interfaces,
  description: 'No driver knows the device, or several claim it: name the vendor.',
  fields: (t) => ({
    candidates: t.field({
      type: [DriverRef],
      resolve: ({ candidateVendors }, _args, { application }) =>
        candidateVendors
          .map((vendor) => application.drivers.get(vendor))
          .filter((driver): driver is DriverView => driver !== null),
    }),
  }),
});
