import { isIPv6 } from 'node:net';
import { z } from 'zod';
import { type EventSocketAddress, runApiCommand } from './event-socket.ts';
import {
  MOST_REGISTERED,
  type RegisteredDevice,
  type RegisteredUser,
  type Registrar,
  RegistrarError,
  type Registration,
} from './registrar.ts';

const row = z.object({
  reg_user: z.string(),
  realm: z.string(),
  /** `sofia/internal/sip:101@10.0.0.5:5060;fs_nat=yes` */
  url: z.string(),
  network_ip: z.string(),
  network_port: z.union([z.string(), z.number()]),
  network_proto: z.string(),
});

/** `show registrations as json`; without rows where nobody is registered. */
const answer = z.object({ row_count: z.number(), rows: z.array(row).optional() });

/** What FreeSWITCH is asked with. */
export interface FreeSwitchOptions extends EventSocketAddress {
  readonly domains: readonly string[];
  /** The Sofia profile that counts where none is named; left out: any. */
  readonly profile?: string | undefined;
}

/** Asks FreeSWITCH by `show registrations` over its event socket. */
export function createFreeSwitchRegistrar(options: FreeSwitchOptions): Registrar {
  const rows = async (signal: AbortSignal): Promise<readonly Row[]> => {
    const text = await runApiCommand(options, 'show registrations as json', signal).catch((error: unknown) => {
      throw error instanceof RegistrarError ? error.without([options.password]) : error;
    });
    const parsed = answer.safeParse(json(text));
    if (!parsed.success) throw new RegistrarError('MALFORMED', 'FreeSWITCH gave no list of registrations');
    return parsed.data.rows ?? [];
  };
  return {
    kind: 'freeswitch',
    domains: options.domains,
    async find(user, signal) {
      const wanted = { ...user, profile: user.profile ?? options.profile ?? null };
      return (await rows(signal)).flatMap((one) => registrationOf(one, wanted));
    },
    everybody: async (signal) =>
      (await rows(signal)).slice(0, MOST_REGISTERED).flatMap((one): readonly RegisteredDevice[] => {
        const user = { user: one.reg_user, domain: one.realm.toLowerCase(), profile: options.profile ?? null };
        const [registration] = registrationOf(one, user);
        // `show registrations` does not tell what the phone calls itself.
        return registration === undefined ? [] : [{ ...user, ...registration, userAgent: null }];
      }),
  };
}

type Row = z.infer<typeof row>;

function registrationOf(entry: Row, wanted: RegisteredUser): readonly Registration[] {
  const { reg_user, realm, url, network_ip, network_port, network_proto } = entry;
  const [, profile, written] = /^sofia\/([^/]+)\/(.+)$/.exec(url) ?? [];
  if (written === undefined || reg_user !== wanted.user) return [];
  if (wanted.domain !== null && realm.toLowerCase() !== wanted.domain) return [];
  if (wanted.profile !== null && profile !== wanted.profile) return [];
  const uri = /^(?:.*<)?(sips?:[^>\s]+)>?$/i.exec(written)?.[1] ?? written;
  const host = isIPv6(network_ip) ? `[${network_ip}]` : network_ip;
  const seen = `sip:${host}:${network_port};transport=${network_proto.toLowerCase()}`;
  // FreeSWITCH notes in the URL what it saw (fs_nat, fs_path); the phone did not write that.
  const contact = uri.replace(/;fs_(?:nat|path)=[^;?]*/gi, '');
  return [{ contact, seen, path: null }];
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
