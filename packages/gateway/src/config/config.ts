import type { CommandName } from '@hookswitch/core';
import { DEFAULT_DRIVERS, type DriverChoice } from '../drivers/load-drivers.ts';
import { parseSecretKey } from '../security/secret-key.ts';
import type { RetentionLimits } from '../store/retention.ts';
import { PRIVATE_NETWORKS } from '../transport/address-policy.ts';
import { isNetwork } from '../transport/networks.ts';
import { USUAL_PORTS } from '../transport/ports.ts';
import { type ApiConfig, apiConfig } from './api.ts';
import { type AuthConfig, authConfig } from './auth.ts';
import { isBaseUrl } from './base-url.ts';
import { type BusConfig, busConfig } from './bus.ts';
import { type CallsConfig, callsConfig } from './calls.ts';
import { type DiallingConfig, diallingConfig } from './dialling.ts';
import { type FilePhone, fileSchema, parseFile } from './file-schema.ts';
import { retentionConfig } from './retention.ts';
import { SIP_ENVIRONMENT, type SipConfig, sipConfig } from './sip.ts';
import { type SpoolConfig, spoolConfig } from './spool.ts';
import { type StoreConfig, storeConfig } from './store.ts';

/** How the gateway is to run. */
export interface Config {
  readonly host: string;
  /** 0: any. */
  readonly port: number;
  readonly dataDir: string;
  /** Where everything but the spool and the keys is kept. Left out: in the data directory. */
  readonly store?: StoreConfig;
  /** Where events go instead. Left out or null: where the rest is. */
  readonly bus?: BusConfig | null;
  /** How long and how much is kept. Left out: everything, for ever. */
  readonly retention?: RetentionLimits;
  readonly spool: SpoolConfig;
  /** Base of action URLs as phones see it, without a slash at the end; null: made of host and port. */
  readonly publicUrl: string | null;
  /** The first API key; null: one is made at first start. */
  readonly adminKey: string | null;
  /** The key that seals secrets, as text; null: a key file in the data directory. */
  readonly secretKey: string | null;
  readonly allowedTargets: readonly string[];
  /** Ports of phones, over HTTP and SIP: `80`, `1024-65535`. */
  readonly allowedPorts: readonly string[];
  /** Hosts and networks that phones may be told to fetch from; null: all but those that are never allowed. */
  readonly allowedUrlHosts: readonly string[] | null;
  /** Names under which the gateway may be asked, beside its addresses, `localhost` and the public URL's. Left out or null: any. */
  readonly allowedHosts?: readonly string[] | null;
  /** Web origins other than the gateway's own that may open a WebSocket. */
  readonly allowedOrigins: readonly string[];
  readonly drivers: readonly (string | DriverChoice)[];
  /** Vendors: of several drivers that claim a device with the same score the one that stands first gets it. Left out: nobody. */
  readonly driverPrecedence?: readonly string[];
  /** Where drivers are looked for: the folder of the configuration file. */
  readonly configDir: string | null;
  readonly phones: readonly FilePhone[];
  readonly policy: {
    readonly deny: readonly CommandName[];
    readonly commandTimeoutMs: number;
    readonly replyTimeoutMs: number;
    readonly screening: 'allow' | 'reject';
    /** Where nobody knows how a toggle stands, or what calls there are, and a guess might do harm. Left out: refuse. */
    readonly unknownState?: 'refuse' | 'press';
  };
  readonly actionUrls: {
    /** A report counts only if it comes from its phone's address. */
    readonly bindAddress: boolean;
    /** Requests to `/a/` that may be refused for one address before it is told 429. */
    readonly refusedPerMinute: number;
  };
  readonly calls: CallsConfig;
  readonly eventPath: {
    /** What is done about action URLs on a phone that are not as they should be. */
    readonly actionUrlDrift: 'report' | 'repair';
    /** How often each phone is asked for them; 0: never. */
    readonly actionUrlCheckMs: number;
  };
  readonly sip: SipConfig;
  readonly auth: AuthConfig;
  readonly api: ApiConfig;
  /** What may be dialled. Left out or null: everything. */
  readonly dialling?: DiallingConfig | null;
  /** Whether the console is served at `/`. Left out: where its package is installed. */
  readonly console?: 'on' | 'off';
  /** Whether phone numbers stand in the log cut short. */
  readonly maskNumbersInLog: boolean;
  /** A PEM file of authorities for the certificates of phones' web servers; null: those of the runtime. */
  readonly tlsCa: string | null;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error';
}

/** A configuration, or everything that is wrong with it, in words. */
export type ConfigResult = { readonly config: Config } | { readonly faults: readonly string[] };

/** Variables of the environment that are read. Others that begin with `HOOKSWITCH_` are taken for a mistake. */
const ENVIRONMENT = [
  'HOOKSWITCH_HOST',
  'HOOKSWITCH_PORT',
  'HOOKSWITCH_DATA_DIR',
  'HOOKSWITCH_PUBLIC_URL',
  'HOOKSWITCH_ADMIN_KEY',
  'HOOKSWITCH_SECRET_KEY',
  'HOOKSWITCH_CONFIG',
  'HOOKSWITCH_ALLOWED_TARGETS',
  'HOOKSWITCH_LOG_LEVEL',
  ...SIP_ENVIRONMENT,
] as const;

const MIN_ADMIN_KEY = 16;

/**
 * Makes a configuration of the environment and the text of the file. Pure: it reads nothing by itself. What the
 * environment says wins over the file.
 * @param file the file's text and folder; null: there is none
 */
export function parseConfig(
  environment: Readonly<Record<string, string | undefined>>,
  file: { readonly text: string; readonly name: string; readonly folder: string } | null,
): ConfigResult {
  const faults: string[] = [];
  const fromFile = file === null ? {} : parseFile(file, faults);
  const variable = (name: (typeof ENVIRONMENT)[number]): string | undefined => {
    const value = environment[name]?.trim();
    return value === undefined || value === '' ? undefined : value;
  };
  faults.push(...unknownSettings(environment));
  const port = variable('HOOKSWITCH_PORT') ?? String(fromFile.port ?? 4000);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    faults.push(`HOOKSWITCH_PORT: "${port}" is no port from 0 to 65535.`);
  const publicUrl = variable('HOOKSWITCH_PUBLIC_URL') ?? fromFile.publicUrl ?? null;
  if (publicUrl !== null && !isBaseUrl(publicUrl)) {
    faults.push(
      `HOOKSWITCH_PUBLIC_URL: "${publicUrl}" is no base such as http://192.0.2.10:4000, without query and credentials.`,
    );
  }
  const targets =
    variable('HOOKSWITCH_ALLOWED_TARGETS')
      ?.split(/[\s,]+/)
      .filter((part) => part !== '') ??
    fromFile.allowedTargets ??
    PRIVATE_NETWORKS;
  for (const target of targets) {
    if (!isNetwork(target)) faults.push(`HOOKSWITCH_ALLOWED_TARGETS: "${target}" is no network such as 192.0.2.0/24.`);
  }
  const adminKey = variable('HOOKSWITCH_ADMIN_KEY') ?? null;
  if (adminKey !== null && (adminKey.length < MIN_ADMIN_KEY || /\s/.test(adminKey))) {
    faults.push(`HOOKSWITCH_ADMIN_KEY: it must have at least ${MIN_ADMIN_KEY} characters and no space.`);
  }
  const secretKey = variable('HOOKSWITCH_SECRET_KEY') ?? null;
  if (secretKey !== null && !isSecretKey(secretKey)) {
    faults.push('HOOKSWITCH_SECRET_KEY: it must be 32 bytes as 64 hexadecimal digits or as base64.');
  }
  const { level } = fileSchema.shape.log.unwrap().shape;
  const logLevel = level.safeParse(variable('HOOKSWITCH_LOG_LEVEL') ?? fromFile.log?.level);
  if (!logLevel.success) faults.push('HOOKSWITCH_LOG_LEVEL: it must be trace, debug, info, warn or error.');
  // `sip:` with nothing behind it turns SIP on as it is by default.
  const sip = sipConfig(variable, fromFile.sip === null ? {} : fromFile.sip, faults);
  if (fromFile.bus !== undefined && fromFile.store?.postgres === undefined) {
    faults.push('bus: it needs `store: { postgres: … }` for all that are no events.');
  }
  if (faults.length > 0) return { faults };
  const dataDir = variable('HOOKSWITCH_DATA_DIR') ?? fromFile.dataDir ?? './data';
  return {
    config: {
      host: variable('HOOKSWITCH_HOST') ?? fromFile.host ?? '127.0.0.1',
      port: Number(port),
      dataDir,
      store: storeConfig(fromFile.store),
      bus: busConfig(fromFile.bus),
      retention: retentionConfig(fromFile.retention),
      spool: spoolConfig(fromFile.spool, dataDir),
      publicUrl: publicUrl?.replace(/\/+$/, '') ?? null,
      adminKey,
      secretKey,
      allowedTargets: targets,
      allowedPorts: fromFile.allowedPorts ?? USUAL_PORTS,
      allowedUrlHosts: fromFile.allowedUrlHosts ?? null,
      allowedHosts: fromFile.allowedHosts ?? null,
      allowedOrigins: fromFile.allowedOrigins ?? [],
      drivers: fromFile.drivers ?? DEFAULT_DRIVERS,
      driverPrecedence: fromFile.driverPrecedence ?? [],
      configDir: file?.folder ?? null,
      phones: fromFile.phones ?? [],
      policy: {
        deny: (fromFile.policy?.deny ?? []) as readonly CommandName[],
        commandTimeoutMs: Math.round((fromFile.policy?.commandTimeoutSeconds ?? 15) * 1000),
        replyTimeoutMs: Math.round((fromFile.policy?.replyTimeoutSeconds ?? 5) * 1000),
        screening: fromFile.policy?.screening ?? 'allow',
        unknownState: fromFile.policy?.unknownState ?? 'refuse',
      },
      actionUrls: {
        bindAddress: fromFile.actionUrls?.bindAddress ?? false,
        refusedPerMinute: fromFile.actionUrls?.refusedPerMinute ?? 60,
      },
      calls: callsConfig(fromFile.calls ?? {}),
      eventPath: {
        actionUrlDrift: fromFile.policy?.actionUrlDrift ?? 'report',
        actionUrlCheckMs: Math.round((fromFile.policy?.actionUrlCheckHours ?? 24) * 3_600_000),
      },
      sip,
      auth: authConfig(fromFile.auth ?? {}),
      api: apiConfig(fromFile.api ?? {}),
      dialling: diallingConfig(fromFile.dialling),
      console: fromFile.console ?? 'on',
      maskNumbersInLog: fromFile.log?.maskNumbers ?? true,
      tlsCa: fromFile.tls?.ca ?? null,
      logLevel: (logLevel.success ? logLevel.data : undefined) ?? 'info',
    },
  };
}

/** A name that nobody reads is a mistake that would show in nothing. */
function unknownSettings(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith('HOOKSWITCH_') && !ENVIRONMENT.some((known) => known === name))
    .map((name) => `${name}: there is no such setting. There are: ${ENVIRONMENT.join(', ')}.`);
}

function isSecretKey(text: string): boolean {
  try {
    parseSecretKey(text);
    return true;
  } catch {
    return false;
  }
}
