import {
  CALL_DIRECTIONS,
  CALL_END_REASONS,
  CALL_EVENT_KINDS,
  CALL_STATES,
  CAPABILITIES,
  type Capability,
  DEVICE_EVENT_KINDS,
  EVENT_PATH_HOPS,
  EVIDENCE,
  FINDING_SEVERITIES,
  type Outcome,
  PHONE_FEATURES,
  parsePhoneKey,
  REGISTRATION_STATES,
  TRANSPORTS,
  USER_EVENT_KINDS,
} from '@hookswitch/core';
import { z } from 'zod';

// What a driver in a worker answers has come out of another program: it is looked at before anything relies on it.

const text = z.string().max(1_000_000);
const name = z.string().min(1).max(200);
const list = <Item extends z.ZodType>(item: Item) => z.array(item).max(10_000);
const nullableText = text.nullable();
const count = z.int().min(0);
const party = z.object({ number: nullableText, uri: nullableText, displayName: nullableText });
const vendorIds = z.record(z.string().max(200), text);

const failureBase = { message: text, retryable: z.boolean() };
const failureOf = <Code extends string, Shape extends z.ZodRawShape>(code: Code, shape: Shape) =>
  z.object({ code: z.literal(code), ...failureBase, ...shape });
const failure = z.discriminatedUnion('code', [
  failureOf('CAPABILITY_UNSUPPORTED', { capability: z.enum(CAPABILITIES), alternatives: list(z.enum(CAPABILITIES)) }),
  failureOf('PHONE_UNREACHABLE', {}),
  failureOf('PHONE_UNAUTHORIZED', {}),
  failureOf('APPROVAL_PENDING', {}),
  failureOf('PHONE_REJECTED', { phoneStatus: z.int().nullable(), phoneCode: nullableText }),
  failureOf('INVALID_CALL_STATE', { actual: z.enum(CALL_STATES).nullable() }),
  failureOf('STATE_UNKNOWN', {}),
  failureOf('POLICY_DENIED', { rule: text }),
  failureOf('RATE_LIMITED', { retryAfterMs: z.number().min(0) }),
  failureOf('INVALID_ARGUMENT', { argument: text }),
  failureOf('COMMAND_EXPIRED', {}),
  failureOf('IDEMPOTENCY_CONFLICT', { originalCommandId: text }),
  failureOf('SETTINGS_DIFFER', {
    differences: list(z.object({ name: text, expected: nullableText, actual: nullableText })),
  }),
  failureOf('EVENT_PATH_BROKEN', { hop: z.enum(EVENT_PATH_HOPS) }),
  failureOf('DRIVER_FAILED', {}),
]);

const withoutValue = [
  z.object({ status: z.literal('FAILED'), failure }),
  z.object({ status: z.literal('UNKNOWN'), reason: text }),
  z.object({ status: z.literal('NOT_HERE'), reason: text }),
] as const;
const outcomeOf = (value: z.ZodType) =>
  z.discriminatedUnion('status', [
    z.object({ status: z.literal('ACCEPTED'), value }),
    z.object({ status: z.literal('CONFIRMED'), value, changed: z.boolean() }),
    ...withoutValue,
  ]);

/** Whether it is what a transport's error may carry. */
export function isOutcome(value: unknown): value is Outcome<never> {
  return z.discriminatedUnion('status', withoutValue).safeParse(value).success;
}

const feature = z.object({ feature: z.enum(PHONE_FEATURES), enabled: z.boolean(), target: nullableText });
const account = z.object({
  account: count,
  user: nullableText,
  host: nullableText,
  displayName: nullableText,
  label: nullableText,
  enabled: z.boolean().nullable(),
  registered: z.boolean().nullable(),
});

/** Outcomes of functions that tell something, by the function. */
const OUTCOMES: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  [
    'phoneInfo',
    outcomeOf(
      z.object({
        mac: nullableText,
        model: nullableText,
        firmware: nullableText,
        accounts: list(account),
        features: list(feature),
      }),
    ),
  ],
  ['settings', outcomeOf(list(z.object({ name: text, value: nullableText, writable: z.boolean().nullable() })))],
  ['screen', outcomeOf(z.object({ mediaType: name, bytes: z.instanceof(Uint8Array) }))],
  [
    'refreshCalls',
    outcomeOf(
      z.object({
        calls: list(
          z.object({
            vendorIds,
            state: z.enum(CALL_STATES),
            direction: z.enum(CALL_DIRECTIONS).nullable(),
            remote: party,
            local: party,
          }),
        ),
      }),
    ),
  ],
  ['configureActionUrls', outcomeOf(z.object({ unreadable: list(text) }))],
]);
const plainOutcome = outcomeOf(z.unknown().transform(() => undefined));

/** What a function of a rung, or a monitor, must give. */
export function outcomeSchema(method: string): z.ZodType {
  return OUTCOMES.get(method) ?? plainOutcome;
}

const event = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('CALL'),
    callEventKind: z.enum(CALL_EVENT_KINDS),
    callState: z.enum(CALL_STATES).nullable(),
    call: z.object({
      vendorIds,
      direction: z.enum(CALL_DIRECTIONS).nullable(),
      remote: party,
      local: party,
      target: party.nullable(),
      endReason: z.enum(CALL_END_REASONS).nullish(),
      conferencedWith: list(z.object({ vendorIds, remote: party })).optional(),
    }),
  }),
  z.object({ type: z.literal('FEATURE'), ...feature.shape }),
  z.object({
    type: z.literal('REGISTRATION'),
    registrationState: z.enum(REGISTRATION_STATES),
    accountUri: nullableText,
  }),
  z.object({
    type: z.literal('USER'),
    userEventKind: z.enum(USER_EVENT_KINDS),
    key: text.refine((key) => parsePhoneKey(key) !== null).nullable(),
  }),
  z.object({ type: z.literal('DEVICE'), deviceEventKind: z.enum(DEVICE_EVENT_KINDS) }),
  z.object({ type: z.literal('OTHER') }),
]);
const httpStatus = z.int().min(200).max(599);

/** `ParsedReport`. */
export const parsedReport = z.object({
  event,
  vendorEvent: text,
  variables: list(z.object({ name: text, value: text })),
  device: z.object({ mac: nullableText, model: nullableText, firmware: nullableText }),
  ongoingCalls: count.nullish(),
  tellsState: z.boolean().optional(),
  screening: z.object({ allowStatus: httpStatus, rejectStatus: httpStatus }).optional(),
});

/** `Identification`. */
export const identification = z.object({
  score: z.number().min(0).max(100),
  reasons: list(text),
  model: nullableText,
  firmware: nullableText,
  mac: nullableText,
});

/** `Finding`s. */
export const findings = list(
  z.object({ code: name, severity: z.enum(FINDING_SEVERITIES), message: text, fix: nullableText }),
);

/** `ProvisioningText`. */
export const provisioningText = z.object({ mediaType: name, text: z.string().max(10_000_000) }).nullable();

/** What a Standard Schema gives, paths as texts. */
export const standardResult = z.union([
  z.object({ issues: list(z.object({ message: text, path: list(text) })) }),
  z.object({ value: z.unknown() }),
]);

const rung = z.object({
  transport: z.enum(TRANSPORTS),
  evidence: z.enum(EVIDENCE),
  source: nullableText,
  methods: list(name),
  together: z.boolean(),
});
const ladders = z.partialRecord(z.enum(CAPABILITIES), z.array(rung).min(1).max(100));

/** What a driver says of a phone, functions named only. */
export const describedAbilities = z.object({
  ladders,
  actionUrlSettings: list(
    z.object({
      setting: name,
      path: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
      query: text,
      isPosted: z.boolean().exactOptional(),
      testOnly: z.boolean().default(false),
    }),
  ),
  monitor: z.object({ transport: z.enum(TRANSPORTS), evidence: z.enum(EVIDENCE), source: text }).nullable(),
  keys: list(z.string().refine((key) => parsePhoneKey(key) !== null)).nullable(),
});

/** A way to serve a capability, as a worker describes it. */
export type DescribedRung = z.infer<typeof rung>;
/** Ways by capability. */
export type DescribedLadders = { readonly [Name in Capability]?: readonly DescribedRung[] | undefined };

/** What is known of a driver once it is loaded. */
export const loadedDriver = z.object({
  vendor: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  name,
  version: name,
  contractVersion: name,
  models: list(z.object({ model: name, functionKeys: count.nullable() })),
  descriptions: z.record(name, text),
  credentials: z.record(name, z.object({ username: name, password: name })),
  probes: list(
    z.object({
      method: z.enum(['GET', 'POST', 'PUT', 'DELETE']),
      target: z.string().startsWith('/').max(2_000),
      headers: z.record(name, text).optional(),
      body: text.optional(),
      credentials: name.optional(),
      credentialsInTarget: z.boolean().optional(),
      connection: z.enum(['keep-alive', 'close']).optional(),
      readOnly: z.boolean().optional(),
      timeoutMs: z.number().positive().optional(),
      rehearsal: z.object({ status: z.int(), body: text.optional() }).optional(),
    }),
  ),
  maxUrlLength: count.nullable(),
  modelLadders: list(ladders),
});
/** What is known of a driver once it is loaded. */
export type LoadedDriver = z.infer<typeof loadedDriver>;
