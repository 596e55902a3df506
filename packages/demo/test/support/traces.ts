import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ActionUrlReport, ActionUrlSetting, Driver, PhoneProfile } from '@hookswitch/core';
import { z } from 'zod';

const party = z.strictObject({
  number: z.string().nullable().optional(),
  uri: z.string().nullable().optional(),
  displayName: z.string().nullable().optional(),
});

const transfer = z.strictObject({
  kind: z.enum(['BLIND', 'ATTENDED']).nullable().optional(),
  state: z.enum(['STARTED', 'FINISHED', 'FAILED']),
  target: party.optional(),
});

const call = z.strictObject({
  direction: z.enum(['INCOMING', 'OUTGOING']).nullable().optional(),
  state: z.enum(['RINGING', 'DIALING', 'CONNECTED', 'HELD', 'ENDED']).optional(),
  endReason: z
    .enum(['COMPLETED', 'MISSED', 'REJECTED', 'CANCELED', 'REMOTE_BUSY', 'FORWARDED', 'TRANSFERRED'])
    .nullable()
    .optional(),
  answered: z.boolean().optional(),
  remote: party.optional(),
  local: party.optional(),
  held: z.boolean().optional(),
  heldByRemote: z.boolean().nullable().optional(),
  muted: z.boolean().nullable().optional(),
  transfer: transfer.optional(),
  consultationFor: z.int().nonnegative().optional(),
  conferenced: z.boolean().optional(),
  endInferred: z.boolean().optional(),
  needsRule: z.enum(['ring limit', 'idle', 'newer call', 'snapshot']).optional(),
});

const happening = { at: z.int().nonnegative(), setting: z.string().min(1) };

const settingEvent = z.union([
  z.strictObject({ ...happening, variables: z.record(z.string(), z.string()) }),
  z.strictObject({ ...happening, raw: z.string().min(1) }),
]);
const event = z.union([
  settingEvent,
  z.strictObject({ at: z.int().nonnegative(), uaCsta: z.string().min(1) }),
  z.strictObject({ at: z.int().nonnegative(), command: z.literal('conference') }),
]);

const trace = z.strictObject({
  title: z.string().min(1),
  source: z.string().min(1),
  evidence: z.enum(['DOCUMENTED', 'ASSUMED']),
  phone: z.strictObject({
    model: z.string().min(1),
    firmware: z.string().min(1),
    options: z.record(z.string(), z.string()).optional(),
  }),
  note: z.string().min(1).optional(),
  events: z.array(event).min(1),
  calls: z.array(call),
});

/** What a phone reports in one situation, and the calls that are true of it: see the README beside the files. */
export type Trace = z.infer<typeof trace>;
/** One report of a trace. */
export type TraceEvent = Trace['events'][number];
/** A report by an action URL. */
export type SettingEvent = z.infer<typeof settingEvent>;
/** What is expected of one call. A field that is left out is not expected to be anything. */
export type ExpectedCall = Trace['calls'][number];

const folder = fileURLToPath(new URL('../traces/', import.meta.url));

/** The vendors that have traces. */
export function tracedVendors(): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

/**
 * A vendor's traces by name, in the order of their names.
 * @throws Error that names the file whose form is wrong
 */
export function loadTraces(vendor: string): ReadonlyMap<string, Trace> {
  const files = readdirSync(`${folder}${vendor}`).toSorted();
  return new Map(files.map((file) => [file.replace(/\.json$/, ''), read(`${folder}${vendor}/${file}`)]));
}

function read(path: string): Trace {
  const parsed = trace.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new Error(`${path}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** The variables that a setting's URL asks for, by the vendor's names without `$`. */
export function variablesOf({ query }: ActionUrlSetting): readonly string[] {
  return placeholders(query).map(({ variable }) => variable);
}

/** The request that the phone makes for an event: its variables filled into the setting's URL, percent-encoded. */
export function reportOf(event: SettingEvent, { path, query }: ActionUrlSetting): ActionUrlReport {
  if ('raw' in event) return { path, rawQuery: event.raw };
  const pairs = placeholders(query).map(
    ({ name, variable }) => `${name}=${encodeURIComponent(event.variables[variable] ?? '')}`,
  );
  return { path, rawQuery: pairs.join('&') };
}

function placeholders(query: string): readonly { readonly name: string; readonly variable: string }[] {
  return query.split('&').map((pair) => {
    const [name = '', placeholder = ''] = pair.split('=');
    return { name, variable: placeholder.replace(/^\$/, '') };
  });
}

/** The phone of a trace as its driver sees it. */
export function profileOf(driver: Driver, { model, firmware, options = {} }: Trace['phone']): PhoneProfile {
  const checked = driver.options.schema['~standard'].validate(options);
  if (checked instanceof Promise || checked.issues !== undefined) throw new Error('the options are not right');
  return { model, firmware, mac: null, options: checked.value, reachableBy: { http: true, sip: true } };
}
