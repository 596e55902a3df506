import { parseNameAddresses } from '@hookswitch/sip';
import { Agent, fetch } from 'undici';
import { z } from 'zod';
import {
  MOST_REGISTERED,
  REGISTRAR_TIMEOUT_MS,
  type RegisteredDevice,
  type Registrar,
  RegistrarError,
  type Registration,
} from './registrar.ts';

const contact = z.object({
  Address: z.string(),
  // Seconds, or a word: `permanent`, `deleted`, `expired`.
  Expires: z.union([z.number(), z.string()]).optional(),
  // -1: the phone gave none.
  Q: z.number().optional(),
  Received: z.string().optional(),
  Path: z.string().optional(),
  'User-Agent': z.string().optional(),
});

/** `ul.lookup` of Kamailio's module usrloc: a list of contacts; before 5.0 one `Contact` without the list. */
const answer = z.object({
  result: z
    .object({
      Contacts: z.array(z.object({ Contact: contact })).optional(),
      Contact: contact.optional(),
    })
    .optional(),
  error: z.object({ code: z.number(), message: z.string() }).optional(),
});

/** `ul.dump` of that module: all tables, each with its users. */
const dump = z.object({
  result: z
    .object({
      Domains: z.array(
        z.object({
          Domain: z.object({
            Domain: z.string(),
            AoRs: z
              .array(
                z.object({ Info: z.object({ AoR: z.string(), Contacts: z.array(z.object({ Contact: contact })) }) }),
              )
              .optional(),
          }),
        }),
      ),
    })
    .optional(),
  error: z.object({ code: z.number(), message: z.string() }).optional(),
});

/** Where Kamailio's JSON-RPC server is, and what it is asked with. */
export interface KamailioOptions {
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** The location table of `save()` and `lookup()`. */
  readonly table: string;
  readonly domains: readonly string[];
}

const NOT_SET = '[not set]';

interface Question {
  readonly method: string;
  readonly params: readonly string[];
  readonly signal: AbortSignal;
}

/** Asks Kamailio by `ul.lookup` over HTTP (its modules jsonrpcs, xhttp and usrloc). */
export function createKamailioRegistrar(options: KamailioOptions): Registrar {
  const { url, table, domains, username = '', password = '' } = options;
  // It may say again what it was sent.
  const secrets = [password, `${username}:${password}`];
  const ask = async <Value>(
    { method, params, signal }: Question,
    readText: (text: string) => Value,
  ): Promise<Value> => {
    try {
      const body = JSON.stringify({ jsonrpc: '2.0', method, params, id: 1 });
      return readText(await post(url, { ...options, body, signal }));
    } catch (error) {
      throw error instanceof RegistrarError ? error.without(secrets) : error;
    }
  };
  return {
    kind: 'kamailio',
    domains,
    find({ user, domain }, signal) {
      // Where usrloc's use_domain is off the server cuts the domain off by itself.
      const aor = domain === null ? user : `${user}@${domain}`;
      return ask({ method: 'ul.lookup', params: [table, aor], signal }, read);
    },
    async everybody(signal) {
      const all = await ask({ method: 'ul.dump', params: [], signal }, (text) => readAll(text, table));
      return all.slice(0, MOST_REGISTERED).map((one) => ({ ...one, domain: one.domain ?? domains[0] ?? null }));
    },
  };
}

async function post(
  url: string,
  request: Pick<KamailioOptions, 'username' | 'password'> & { readonly body: string; readonly signal: AbortSignal },
): Promise<string> {
  const { body, username, password = '', signal } = request;
  const login = Buffer.from(`${username ?? ''}:${password}`).toString('base64');
  const timeout = AbortSignal.timeout(REGISTRAR_TIMEOUT_MS);
  // The runtime's own fetch may be told by the environment to go by way of a proxy.
  const dispatcher = new Agent();
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        ...(username === undefined ? {} : { authorization: `Basic ${login}` }),
      },
      redirect: 'error',
      dispatcher,
      signal: AbortSignal.any([signal, timeout]),
    });
    const text = await response.text();
    if (response.status === 401 || response.status === 403) {
      throw new RegistrarError('REFUSED', `Kamailio answered ${response.status}`);
    }
    return text;
  } catch (error) {
    if (error instanceof RegistrarError) throw error;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RegistrarError('UNREACHABLE', `Kamailio gave no answer: ${why}`, { cause: error });
  } finally {
    await dispatcher.destroy();
  }
}

function read(text: string): readonly Registration[] {
  const parsed = answer.safeParse(json(text));
  if (!parsed.success) throw new RegistrarError('MALFORMED', 'Kamailio gave no answer of ul.lookup');
  const { error, result } = parsed.data;
  if (error !== undefined) {
    // 404 `AOR not found`; versions before 5.0 say the same with 500.
    if (error.code === 404 || /^AOR (?:not found|has no contacts)/i.test(error.message)) return [];
    throw new RegistrarError('REFUSED', `Kamailio answered ${error.code} ${error.message}`);
  }
  const old = result?.Contact === undefined ? [] : [result.Contact];
  const all = result?.Contacts?.map((one) => one.Contact) ?? old;
  return all
    .filter(({ Expires }) => Expires !== 'deleted' && Expires !== 'expired')
    .toSorted((a, b) => (b.Q ?? -1) - (a.Q ?? -1))
    .map(({ Address, Received, Path }) => ({ contact: Address, seen: setOrNull(Received), path: firstOfPath(Path) }));
}

function readAll(text: string, table: string): readonly RegisteredDevice[] {
  const parsed = dump.safeParse(json(text));
  if (!parsed.success) throw new RegistrarError('MALFORMED', 'Kamailio gave no answer of ul.dump');
  const { error, result } = parsed.data;
  if (error !== undefined) throw new RegistrarError('REFUSED', `Kamailio answered ${error.code} ${error.message}`);
  const users = (result?.Domains ?? [])
    .filter(({ Domain }) => Domain.Domain === table)
    .flatMap(({ Domain }) => Domain.AoRs ?? []);
  return users.flatMap(({ Info: { AoR, Contacts } }) => {
    const [user = '', domain] = AoR.split('@');
    return Contacts.filter(({ Contact: { Expires } }) => Expires !== 'deleted' && Expires !== 'expired').map(
      ({ Contact }) => ({
        user,
        domain: domain?.toLowerCase() ?? null,
        contact: Contact.Address,
        seen: setOrNull(Contact.Received),
        userAgent: setOrNull(Contact['User-Agent']),
      }),
    );
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function setOrNull(text: string | undefined): string | null {
  return text === undefined || text === '' || text === NOT_SET ? null : text;
}

/** The nearest proxy of a Path: the first value (RFC 3327 section 5.3). */
function firstOfPath(path: string | undefined): string | null {
  const text = setOrNull(path);
  return text === null ? null : (parseNameAddresses([text])?.[0]?.uri ?? null);
}
