import { COMMAND_NAMES, type CommandName } from '@hookswitch/core';
import { parse } from 'yaml';
import { z } from 'zod';
import { CERTIFICATE_CHECKS } from '../transport/certificates.ts';
import { isNetwork } from '../transport/networks.ts';
import { isPortRange } from '../transport/ports.ts';
import { apiSection } from './api.ts';
import { authSection } from './auth.ts';
import { busSection } from './bus.ts';
import { callsSection } from './calls.ts';
import { diallingSection } from './dialling.ts';
import { driverChoice } from './drivers.ts';
import { retentionSection } from './retention.ts';
import { sipSection } from './sip.ts';
import { spoolSection } from './spool.ts';
import { storeSection } from './store.ts';

const mac = z.string().regex(/^[0-9a-f]{2}([:-]?)(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}$/i, {
  error: 'it must be a MAC address such as 00:04:13:aa:bb:cc',
});

/** A phone that stands in the configuration file. Its MAC address or its name tells it from others. */
const filePhone = z.strictObject({
  name: z.string().min(1),
  vendor: z.string().min(1),
  address: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  mac: mac.optional(),
  model: z.string().optional(),
  firmware: z.string().optional(),
  sipUri: z.string().optional(),
  tags: z.array(z.string()).optional(),
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  certificateCheck: z.enum(CERTIFICATE_CHECKS).optional(),
  certificate: z.string().optional(),
});

const origin = z.string().refine((text) => URL.parse(text)?.origin === text, {
  error: 'it must be an origin such as https://console.example',
});
const hostName = z.string().regex(/^[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?$/i, {
  error: 'it must be a name such as phones.example, without a port',
});
const network = z.string().refine(isNetwork, { error: 'it must be a network such as 192.0.2.0/24' });
const portRange = z
  .union([z.int(), z.string()])
  .transform(String)
  .refine(isPortRange, { error: 'it must be a port or a range such as 1024-65535' });
const commandName = z.string().refine((name): name is CommandName => COMMAND_NAMES.some((one) => one === name), {
  error: 'it must be the name of a mutation such as dial',
});

/** What the configuration file may hold. */
export const fileSchema = z.strictObject({
  bus: busSection.optional(),
  host: z.string().optional(),
  port: z.int().min(0).max(65_535).optional(),
  dataDir: z.string().optional(),
  publicUrl: z.string().optional(),
  allowedTargets: z.array(network).optional(),
  allowedPorts: z.array(portRange).min(1).optional(),
  allowedUrlHosts: z.array(z.string().min(1)).optional(),
  allowedHosts: z.array(hostName).optional(),
  allowedOrigins: z.array(origin).optional(),
  drivers: z.array(driverChoice).min(1).optional(),
  driverPrecedence: z.array(z.string().min(1)).min(1).optional(),
  phones: z.array(filePhone).optional(),
  policy: z
    .strictObject({
      deny: z.array(commandName).optional(),
      commandTimeoutSeconds: z.number().min(1).max(600).optional(),
      replyTimeoutSeconds: z.number().min(1).max(60).optional(),
      screening: z.enum(['allow', 'reject']).optional(),
      actionUrlDrift: z.enum(['report', 'repair']).optional(),
      actionUrlCheckHours: z.number().min(0).max(720).optional(),
      unknownState: z.enum(['refuse', 'press']).optional(),
    })
    .optional(),
  actionUrls: z
    .strictObject({
      bindAddress: z.boolean().optional(),
      refusedPerMinute: z.int().min(1).max(1_000_000).optional(),
    })
    .optional(),
  calls: callsSection.optional(),
  sip: sipSection.nullish(),
  auth: authSection.optional(),
  api: apiSection.optional(),
  tls: z.strictObject({ ca: z.string().min(1).optional() }).optional(),
  dialling: diallingSection.optional(),
  console: z.enum(['on', 'off']).optional(),
  store: storeSection.optional(),
  retention: retentionSection.optional(),
  spool: spoolSection.optional(),
  log: z
    .strictObject({
      level: z.enum(['trace', 'debug', 'info', 'warn', 'error']).optional(),
      maskNumbers: z.boolean().optional(),
    })
    .optional(),
});

/** A phone of the configuration file. */
export type FilePhone = z.infer<typeof filePhone>;

/**
 * Reads the text of a configuration file.
 * @param faults gets what is wrong with it, in words
 */
export function parseFile(
  { text, name }: { readonly text: string; readonly name: string },
  faults: string[],
): Partial<z.infer<typeof fileSchema>> {
  let document: unknown;
  try {
    document = parse(text);
  } catch (error) {
    faults.push(`${name}: it is no YAML: ${error instanceof Error ? error.message : String(error)}`);
    return {};
  }
  const result = fileSchema.safeParse(document ?? {});
  if (result.success) return result.data;
  faults.push(
    ...result.error.issues.map(
      ({ path, message }) => `${name}: ${path.length === 0 ? 'the file' : path.join('.')}: ${message}`,
    ),
  );
  return {};
}
