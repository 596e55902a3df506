import type { CallFilter, CommandFilter, EventFilter, PhoneFilter } from '../application.ts';
import { builder } from './builder.ts';
import {
  CallDirectionRef,
  CallEventKindRef,
  CallStateRef,
  CapabilityRef,
  CommandStatusRef,
  PhoneEventTypeRef,
  ReachabilityRef,
} from './enums.ts';
import { rawIdOf } from './ids.ts';

/** `PhoneBy`. */
export const PhoneByRef = builder.inputType('PhoneBy', {
  isOneOf: true,
  fields: (t) => ({
    id: t.id(),
    mac: t.field({ type: 'MacAddress' }),
    sipUser: t.string({
      description:
        'As mod_snom of FreeSWITCH names a phone: `101`, `101@pbx.example`, `internal/101@pbx.example`, its IP address,\nor a SIP URI. Looked for among the SIP URIs of the phones, then at the registrar.',
    }),
  }),
});

/** `PhoneFilter`. */
export const PhoneFilterRef = builder.inputType('PhoneFilter', {
  fields: (t) => ({
    ids: t.idList(),
    vendors: t.stringList(),
    reachabilities: t.field({ type: [ReachabilityRef] }),
    capabilities: t.field({ type: [CapabilityRef], description: 'Phones that have them all.' }),
    tags: t.stringList(),
    search: t.string({ description: 'Matches name, model, MAC address, address and SIP URI.' }),
  }),
});

/** `PhoneEventFilter`. */
export const PhoneEventFilterRef = builder.inputType('PhoneEventFilter', {
  fields: (t) => ({
    phoneIds: t.idList(),
    vendors: t.stringList(),
    tags: t.stringList(),
    types: t.field({ type: [PhoneEventTypeRef] }),
    callEventKinds: t.field({ type: [CallEventKindRef], description: 'Narrows call events, and only them.' }),
  }),
});

/** `CallFilter`. */
export const CallFilterRef = builder.inputType('CallFilter', {
  description: '`since` and `until` are about `startedAt`.',
  fields: (t) => ({
    phoneIds: t.idList(),
    states: t.field({ type: [CallStateRef] }),
    directions: t.field({ type: [CallDirectionRef] }),
    since: t.field({ type: 'DateTime' }),
    until: t.field({ type: 'DateTime' }),
  }),
});

/** `CommandFilter`. */
export const CommandFilterRef = builder.inputType('CommandFilter', {
  fields: (t) => ({
    phoneIds: t.idList(),
    names: t.stringList(),
    statuses: t.field({ type: [CommandStatusRef] }),
  }),
});

type Given<Input> = Input | null | undefined;

/** As the application takes it. Throws NOT_FOUND where an id is none. */
export function phoneFilter(filter: Given<typeof PhoneFilterRef.$inferInput>): PhoneFilter {
  const { ids, ...rest } = withoutNulls(filter ?? {});
  return { ...rest, ids: phoneIds(ids) };
}

/** As the application takes it. Throws NOT_FOUND where an id is none. */
export function eventFilter(filter: Given<typeof PhoneEventFilterRef.$inferInput>): EventFilter {
  const { phoneIds: ids, ...rest } = withoutNulls(filter ?? {});
  return { ...rest, phoneIds: phoneIds(ids) };
}

/** As the application takes it. Throws NOT_FOUND where an id is none. */
export function callFilter(filter: Given<typeof CallFilterRef.$inferInput>): CallFilter {
  const { phoneIds: ids, ...rest } = withoutNulls(filter ?? {});
  return { ...rest, phoneIds: phoneIds(ids) };
}

/** As the application takes it. Throws NOT_FOUND where an id is none. */
export function commandFilter(filter: Given<typeof CommandFilterRef.$inferInput>): CommandFilter {
  const { phoneIds: ids, ...rest } = withoutNulls(filter ?? {});
  return { ...rest, phoneIds: phoneIds(ids) };
}

function phoneIds(ids: readonly string[] | undefined): readonly string[] | undefined {
  return ids?.map((id) => rawIdOf('Phone', id));
}

type WithoutNulls<Input> = { readonly [Key in keyof Input]?: Exclude<Input[Key], null> | undefined };

// In a filter and in a command `null` means what leaving out means.
function withoutNulls<Input extends object>(input: Input): WithoutNulls<Input> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null)) as WithoutNulls<Input>;
}
