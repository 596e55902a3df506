import { parseNameAddresses } from '@hookswitch/sip';
import { Agent, fetch } from 'undici';
import { z } from 'zod';
import { REGISTRAR_TIMEOUT_MS, type Registrar, RegistrarError, type Registration } from './registrar.ts';

const contact = z.object({
  Address: z.string(),
  // Seconds, or a word: `permanent`, `deleted`, `expired`.
  Expires: z.union([z.number(), z.string()]).optional(),
  // -1: the phone gave none.
  Q: z.number().optional(),
  Received: z.string().optional(),
  Path: z.string().optional(),
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

/** Asks Kamailio by `ul.lookup` over HTTP (its modules jsonrpcs, xhttp and usrloc). */
export function createKamailioRegistrar(options: KamailioOptions): Registrar {
  const { url, table, domains, username = '', password = '' } = options;
  // It may say again what it was sent.
  const secrets = [password, `${username}:${password}`];
  return {
    kind: 'kamailio',
    domains,
    async find({ user, domain }, signal) {
      // Where usrloc's use_domain is off the server cuts the domain off by itself.
      const aor = domain === null ? user : `${user}@${domain}`;
      const body = { jsonrpc: '2.0', method: 'ul.lookup', params: [table, aor], id: 1 };
      try {
        return read(await post(url, { ...options, body: JSON.stringify(body), signal }));
      } catch (error) {
        throw error instanceof RegistrarError ? error.without(secrets) : error;
      }
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
