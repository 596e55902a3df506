import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { onTestFinished } from 'vitest';
import { Recorder } from '../../src/virtual/index.ts';

/** What came back, byte for byte. */
export interface RawSip {
  readonly text: string;
  readonly status: number;
  /** All values of a header, in order, by its name in small letters. */
  header(name: string): readonly string[];
}

/** Somebody who sends bytes to a phone and keeps what comes back. */
export interface SipPeer {
  readonly port: number;
  readonly received: Recorder<RawSip>;
  send(text: string): void;
}

const read = (bytes: Buffer): RawSip => {
  const text = bytes.toString('utf8');
  return {
    text,
    status: Number(/^SIP\/2\.0 (\d+)/.exec(text)?.[1] ?? 0),
    header: (name) =>
      text
        .split('\r\n')
        .flatMap((line) => (line.toLowerCase().startsWith(`${name}: `) ? [line.slice(name.length + 2)] : [])),
  };
};

/** A UDP socket of a peer; it is closed with the test. */
export const udpPeer = async (phonePort: number): Promise<SipPeer> => {
  const received = new Recorder<RawSip>();
  const socket = createSocket('udp4');
  socket.on('message', (bytes) => received.record(read(bytes)));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  onTestFinished(() => void socket.close());
  return { port: socket.address().port, received, send: (text) => socket.send(text, phonePort, '127.0.0.1') };
};

/** A connection of a peer; each chunk that comes is taken for one message. */
export const tcpPeer = async (phonePort: number): Promise<SipPeer> => {
  const received = new Recorder<RawSip>();
  const socket = connect(phonePort, '127.0.0.1');
  await once(socket, 'connect');
  socket.on('data', (bytes: Buffer) => received.record(read(bytes)));
  onTestFinished(() => void socket.destroy());
  return { port: socket.localPort ?? 0, received, send: (text) => void socket.write(text) };
};

/** What differs from a plain request. */
export interface RequestParts {
  readonly method?: string;
  readonly uri?: string;
  readonly branch?: string;
  readonly callId?: string;
  readonly cseq?: number;
  readonly to?: string;
  readonly via?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly length?: number;
}

let count = 0;

/** The text of a request; each has a branch and a Call-ID of its own unless it is told one. */
export const requestText = (peer: Pick<SipPeer, 'port'>, parts: RequestParts = {}): string => {
  count += 1;
  const {
    method = 'NOTIFY',
    uri = 'sip:1001@127.0.0.1',
    branch = `z9hG4bKtest${count}`,
    callId = `call-${count}`,
  } = parts;
  const { cseq = 1, to = '<sip:1001@127.0.0.1>', headers = [], body = '' } = parts;
  const { via = `SIP/2.0/UDP 127.0.0.1:${peer.port};branch=${branch};rport` } = parts;
  return [
    `${method} ${uri} SIP/2.0`,
    `Via: ${via}`,
    'From: "Gateway" <sip:gateway@127.0.0.1>;tag=abc',
    `To: ${to}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq} ${method}`,
    `Contact: <sip:gateway@127.0.0.1:${peer.port}>`,
    'Max-Forwards: 70',
    ...headers,
    `Content-Length: ${parts.length ?? Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
};
