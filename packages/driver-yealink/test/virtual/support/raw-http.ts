import { connect } from 'node:net';

/** A reply as it came over the wire. */
export interface RawReply {
  /** 0 if the connection was closed without a byte. */
  readonly status: number;
  /** By lower-case name; repeated ones joined with a line end. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly text: string;
}

/** Sends exactly these bytes over a connection of its own and reads until the phone closes it. */
const sendBytes = (address: string, bytes: string | Uint8Array): Promise<RawReply> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address);
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET') reject(error);
    });
    socket.on('close', () => resolve(parse(Buffer.concat(chunks))));
  });

/** Sends a request that asks for the connection to be closed after the reply. */
export const sendRequest = (
  address: string,
  line: string,
  more: { readonly headers?: Readonly<Record<string, string>>; readonly body?: string } = {},
): Promise<RawReply> => {
  const { host } = new URL(address);
  const body = Buffer.from(more.body ?? '');
  const headers = { Host: host, Connection: 'close', 'Content-Length': String(body.length), ...more.headers };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return sendBytes(address, Buffer.concat([Buffer.from(`${line} HTTP/1.1\r\n${lines.join('')}\r\n`), body]));
};

const parse = (bytes: Buffer): RawReply => {
  const end = bytes.indexOf('\r\n\r\n');
  const [statusLine = '', ...headerLines] = bytes.subarray(0, Math.max(end, 0)).toString('latin1').split('\r\n');
  const headers: Record<string, string> = {};
  for (const line of headerLines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}\n${value}`;
  }
  const body = end < 0 ? Buffer.alloc(0) : bytes.subarray(end + 4);
  return { status: Number(statusLine.split(' ')[1] ?? 0), headers, body, text: body.toString('utf8') };
};
