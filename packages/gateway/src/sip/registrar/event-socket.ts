import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { REGISTRAR_TIMEOUT_MS, RegistrarError } from './registrar.ts';

/** Where FreeSWITCH's event socket is. */
export interface EventSocketAddress {
  readonly host: string;
  readonly port: number;
  readonly password: string;
}

/** One message of the event socket: header lines, and a body of Content-Length octets. */
interface EventSocketMessage {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** A list of registrations of some thousand phones is about 1 MB. */
const MAX_OCTETS = 16 * 1024 * 1024;

/**
 * Runs one `api` command over FreeSWITCH's event socket (mod_event_socket, inbound): `auth`, the command, `exit`.
 * @returns what it printed
 * @throws RegistrarError
 */
export async function runApiCommand(
  { host, port, password }: EventSocketAddress,
  command: string,
  signal: AbortSignal,
): Promise<string> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(REGISTRAR_TIMEOUT_MS)]);
  const socket = connect({ host, port });
  const abort = (): void => void socket.destroy(new Error('it took too long'));
  // Whatever fails, fails where it is read: an `error` that nobody hears would end the process.
  socket.on('error', () => {});
  deadline.addEventListener('abort', abort, { once: true });
  try {
    if (deadline.aborted) abort();
    const messages = readMessages(socket);
    await expectType(messages, 'auth/request');
    socket.write(`auth ${password}\n\n`);
    const reply = await expectType(messages, 'command/reply');
    if (!(reply.headers.get('reply-text') ?? '').startsWith('+OK')) {
      throw new RegistrarError('REFUSED', 'FreeSWITCH refused the password of its event socket');
    }
    socket.write(`api ${command}\n\n`);
    const { body } = await expectType(messages, 'api/response');
    if (body.startsWith('-ERR')) throw new RegistrarError('REFUSED', `FreeSWITCH answered ${body.trim()}`);
    socket.end('exit\n\n');
    return body;
  } catch (error) {
    if (error instanceof RegistrarError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new RegistrarError('UNREACHABLE', `FreeSWITCH gave no answer: ${why}`, { cause: error });
  } finally {
    deadline.removeEventListener('abort', abort);
    socket.destroySoon();
  }
}

async function expectType(messages: AsyncIterator<EventSocketMessage>, type: string): Promise<EventSocketMessage> {
  for (;;) {
    const { value, done } = await messages.next();
    if (done === true) throw new Error('it closed the connection');
    const { headers } = value;
    const got = headers.get('content-type');
    if (got === type) return value;
    // An address that its access list does not let in.
    if (got === 'text/rude-rejection') throw new RegistrarError('REFUSED', 'FreeSWITCH does not let this host in');
    if (got !== 'text/disconnect-notice') {
      throw new RegistrarError('MALFORMED', 'what answers is no event socket of FreeSWITCH');
    }
  }
}

async function* readMessages(socket: Socket): AsyncGenerator<EventSocketMessage, void> {
  let rest = Buffer.alloc(0);
  if (socket.connecting) await once(socket, 'connect');
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    rest = Buffer.concat([rest, chunk]);
    if (rest.length > MAX_OCTETS) throw new RegistrarError('MALFORMED', 'the answer is too long');
    for (let taken = takeMessage(rest); taken !== null; taken = takeMessage(rest)) {
      rest = taken.rest;
      yield taken.message;
    }
  }
}

/** The first whole message of what has come; null: it is not there yet. */
function takeMessage(
  bytes: Buffer,
): { readonly message: EventSocketMessage; readonly rest: Buffer<ArrayBuffer> } | null {
  const end = bytes.indexOf('\n\n');
  if (end < 0) return null;
  const lines = bytes.subarray(0, end).toString('utf8').split('\n');
  const headers = new Map(
    lines.flatMap((line) => {
      const [, name, value] = /^([^:]+):\s*(.*?)\r?$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value] as const];
    }),
  );
  const length = Number(headers.get('content-length') ?? 0);
  const from = end + 2;
  if (!Number.isSafeInteger(length) || length < 0) throw new RegistrarError('MALFORMED', 'a length is no number');
  if (bytes.length < from + length) return null;
  const body = bytes.subarray(from, from + length).toString('utf8');
  return { message: { headers, body }, rest: Buffer.from(bytes.subarray(from + length)) };
}
