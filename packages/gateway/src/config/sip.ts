import { parseSipUri } from '@hookswitch/sip';
import { z } from 'zod';

const host = z
  .string()
  .regex(/^[A-Za-z0-9._:-]+$/, { error: 'it must be a host such as 192.0.2.10 or pbx.example' })
  .toLowerCase();
const port = z.int().min(0).max(65_535);
// It is written on a line of its own.
const secret = z.string().regex(/^[^\r\n]+$/, { error: 'it must be one line' });
const fingerprint = z.string().regex(/^(?:[0-9a-f]{2}:?){31}[0-9a-f]{2}$/i, {
  error: 'it must be the SHA-256 fingerprint of a certificate',
});

/** What both kinds of registrars have. */
const anyRegistrar = {
  /** SIP domains that it serves; left out: the `domain` of the section. */
  domains: z.array(host).optional(),
};

const kamailio = z.strictObject({
  ...anyRegistrar,
  kind: z.literal('kamailio'),
  url: z.string().refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''), {
    error: 'it must be the address of the JSON-RPC server, such as http://192.0.2.5:5060/RPC',
  }),
  username: z.string().optional(),
  password: z.string().optional(),
  table: z.string().min(1).default('location'),
});

const freeswitch = z.strictObject({
  ...anyRegistrar,
  kind: z.literal('freeswitch'),
  host,
  port: port.default(8021),
  password: secret,
  profile: z.string().min(1).optional(),
});

/** The section `sip` of the configuration file. */
export const sipSection = z.strictObject({
  host: host.optional(),
  port: port.optional(),
  advertise: z.string().optional(),
  proxy: z.string().optional(),
  domain: host.optional(),
  credentials: z.array(z.strictObject({ domain: host, username: z.string().min(1), password: z.string() })).optional(),
  registrars: z.array(z.discriminatedUnion('kind', [kamailio, freeswitch])).optional(),
  monitorIntervalSeconds: z.int().min(5).max(3_600).optional(),
  tls: z
    .strictObject({
      ca: z.string().min(1).optional(),
      pins: z.record(z.string(), z.array(fingerprint).min(1)).optional(),
    })
    .optional(),
});

/** A registrar that is asked where a phone is. */
export type RegistrarConfig = z.infer<typeof kamailio> | z.infer<typeof freeswitch>;

/** How the gateway speaks SIP. */
export interface SipConfig {
  /** Anything of it was configured: SIP starts with the gateway, else with the first phone that has a SIP URI. */
  readonly configured: boolean;
  /** An address of this host, or `0.0.0.0` or `::`. */
  readonly host: string;
  /** Of UDP and TCP; 0: any. */
  readonly port: number;
  /** What phones are told instead of the own address; null: the own one. */
  readonly advertise: { readonly host: string; readonly port?: number } | null;
  /** A SIP URI; null: none. */
  readonly proxy: string | null;
  /** Stands in From, and is the domain of users that are named without one; null: none. */
  readonly domain: string | null;
  /** Answers to challenges, by realm or by the host of the Request-URI, in lower case. */
  readonly credentials: readonly { readonly domain: string; readonly username: string; readonly password: string }[];
  readonly registrars: readonly RegistrarConfig[];
  /** How often a phone is asked whether it still knows that it is listened to. */
  readonly monitorIntervalMs: number;
  readonly tls: {
    /** A PEM file of certificate authorities; null: those of the runtime. */
    readonly ca: string | null;
    /** SHA-256 fingerprints of certificates, by the host of the phone. */
    readonly pins: Readonly<Record<string, readonly string[]>>;
  };
}

/** NATs forget the way to a phone after some minutes of silence, some after one. */
const MONITOR_INTERVAL_SECONDS = 60;

/** Variables of the environment about SIP. */
export const SIP_ENVIRONMENT = [
  'HOOKSWITCH_SIP_HOST',
  'HOOKSWITCH_SIP_PORT',
  'HOOKSWITCH_SIP_ADVERTISE',
  'HOOKSWITCH_SIP_PROXY',
] as const;

/**
 * Joins environment and file; what the environment says wins.
 * @param faults takes everything that is wrong, in words
 */
export function sipConfig(
  variable: (name: (typeof SIP_ENVIRONMENT)[number]) => string | undefined,
  section: z.infer<typeof sipSection> | undefined,
  faults: string[],
): SipConfig {
  const given = SIP_ENVIRONMENT.some((name) => variable(name) !== undefined);
  const ownHost = variable('HOOKSWITCH_SIP_HOST') ?? section?.host ?? '0.0.0.0';
  if (!host.safeParse(ownHost).success) faults.push(`HOOKSWITCH_SIP_HOST: "${ownHost}" is no address.`);
  const ownPort = variable('HOOKSWITCH_SIP_PORT') ?? String(section?.port ?? 0);
  if (!/^\d{1,5}$/.test(ownPort) || Number(ownPort) > 65_535) {
    faults.push(`HOOKSWITCH_SIP_PORT: "${ownPort}" is no port from 0 to 65535.`);
  }
  const advertiseText = variable('HOOKSWITCH_SIP_ADVERTISE') ?? section?.advertise ?? null;
  const advertise = advertiseText === null ? null : hostAndPort(advertiseText);
  if (advertise === undefined) {
    faults.push(`HOOKSWITCH_SIP_ADVERTISE: "${advertiseText}" is no address such as 192.0.2.10 or 192.0.2.10:5060.`);
  }
  const proxy = variable('HOOKSWITCH_SIP_PROXY') ?? section?.proxy ?? null;
  if (proxy !== null && parseSipUri(proxy) === undefined) {
    faults.push('HOOKSWITCH_SIP_PROXY: it must be a SIP URI such as sip:192.0.2.5 or sip:pbx.example;transport=tcp.');
  }
  const domain = section?.domain ?? null;
  const registrars = section?.registrars ?? [];
  for (const [index, { domains }] of registrars.entries()) {
    if ((domains ?? []).length === 0 && domain === null) {
      faults.push(`sip.registrars.${index}: name its \`domains\`, or give the section a \`domain\`.`);
    }
  }
  return {
    configured: given || section !== undefined,
    host: ownHost,
    port: Number(ownPort),
    advertise: advertise ?? null,
    proxy,
    domain,
    credentials: section?.credentials ?? [],
    registrars,
    monitorIntervalMs: (section?.monitorIntervalSeconds ?? MONITOR_INTERVAL_SECONDS) * 1_000,
    tls: {
      ca: section?.tls?.ca ?? null,
      pins: Object.fromEntries(
        Object.entries(section?.tls?.pins ?? {}).map(([name, pins]) => [name.toLowerCase(), pins]),
      ),
    },
  };
}

/** `192.0.2.10`, `pbx.example:5060`, `[2001:db8::1]:5060`; undefined: none of them. */
function hostAndPort(text: string): SipConfig['advertise'] | undefined {
  const uri = parseSipUri(`sip:${text}`);
  if (uri === undefined || uri.user !== null || uri.parameters.size > 0 || uri.headers !== null) return undefined;
  return uri.port === null ? { host: uri.host } : { host: uri.host, port: uri.port };
}
