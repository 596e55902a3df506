import { type IncomingMessage, request } from 'node:http';

/** A request to be sent exactly as it stands. */
export interface OutgoingHttp {
  /** `http://host:port`. */
  readonly origin: string;
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A whole reply, or why there is none. `sent`: whether a byte of the request may have left. */
export type OutgoingResult =
  | { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly bytes: Uint8Array }
  | { readonly error: Error; readonly sent: boolean };

/** Sends one request over a connection of its own. Never rejects. */
export function sendHttp({ origin, method, target, headers, body, signal }: OutgoingHttp): Promise<OutgoingResult> {
  return new Promise((resolve) => {
    let sent = false;
    const fail = (error: Error): void => resolve({ error, sent });
    const { hostname, port } = new URL(origin);
    const outgoing = {
      hostname: hostname.replace(/^\[|\]$/g, ''),
      port,
      method,
      path: target,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }) },
      agent: false,
      ...(signal === undefined ? {} : { signal }),
    } as const;
    const client = request(outgoing, (reply) => read(reply).then(resolve, fail));
    client.once('socket', (socket) => {
      socket.once('connect', () => {
        sent = true;
      });
    });
    client.once('error', fail);
    client.end(body);
  });
}

async function read(reply: IncomingMessage): Promise<OutgoingResult> {
  const chunks: Buffer[] = [];
  for await (const chunk of reply) chunks.push(Buffer.from(chunk));
  const headers = Object.entries(reply.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]);
  return { status: reply.statusCode ?? 0, headers: Object.fromEntries(headers), bytes: Buffer.concat(chunks) };
}
