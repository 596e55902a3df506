import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { Recorder } from '@hookswitch/driver-kit/virtual';

/** What came back over a raw socket. */
export interface RawReply {
  /** Everything, byte for byte (Latin-1); empty if the phone closed without a word. */
  readonly raw: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How to ask. */
export interface RawRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends bytes as they are and reads until the phone closes or has sent what its `Content-Length` says. */
export const exchange = (address: string, bytes: string): Promise<RawReply> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address);
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let received = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (isWhole(received.toString('latin1'))) socket.end();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(readReply(received)));
  });

const isWhole = (raw: string): boolean => {
  const end = raw.indexOf('\r\n\r\n');
  const length = /\r\ncontent-length: (\d+)/i.exec(raw)?.[1];
  return end >= 0 && length !== undefined && raw.length >= end + 4 + Number(length);
};

const readReply = (received: Buffer): RawReply => {
  const raw = received.toString('latin1');
  const end = raw.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = raw.slice(0, Math.max(end, 0)).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const body = received.subarray(end + 4).toString('utf8');
  return { raw, status: Number(statusLine.split(' ')[1] ?? 0), headers, body: end < 0 ? '' : body };
};

/** Asks a phone for a target, exactly as it is written. */
export const ask = (
  phone: { readonly address: string },
  target: string,
  request: RawRequest = {},
): Promise<RawReply> => {
  const { method = 'GET', headers = {}, body = '' } = request;
  const { host } = new URL(phone.address);
  const all = {
    Host: host,
    Connection: 'keep-alive',
    ...(method === 'POST' ? { 'Content-Length': String(Buffer.byteLength(body)) } : {}),
    ...headers,
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return exchange(phone.address, `${method} ${target} HTTP/1.1\r\n${head.join('')}\r\n${body}`);
};

/** Posts a CSTA request. */
export const csta = (phone: { readonly address: string }, body: string): Promise<RawReply> =>
  ask(phone, '/csta', { method: 'POST', headers: { 'Content-Type': 'text/xml' }, body });

/** A file of the vendors' literals. */
export const fixture = (name: string): string => readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');

/** The lines of a table of literals, comments left out. */
export const fixtureRows = (name: string): readonly (readonly string[])[] =>
  fixture(name)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'));

/** A server that takes any bytes, also those that are no proper HTTP, and answers each connection an empty 200. */
export const rawServer = async () => {
  const heads = new Recorder<string>();
  const server = createServer((socket) => {
    socket.once('data', (bytes: Buffer) => {
      heads.record(bytes.toString('utf8'));
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    });
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}`, heads, [Symbol.dispose]: () => void server.close() };
};
