import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { Recorder } from '@hookswitch/driver-kit/virtual';
import { onTestFinished } from 'vitest';
import type { VirtualSnomPhone } from '../../src/virtual/index.ts';

/** A message as it came, with its headers by small names (the last of several). */
export interface SipText {
  readonly start: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What differs from a plain request. */
export interface SipParts {
  readonly method: string;
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly callId?: string;
  readonly cseq?: number;
  readonly to?: string;
}

/** Somebody who sends datagrams to a phone, and keeps what comes from it. */
export interface SipSender {
  readonly port: number;
  readonly received: Recorder<SipText>;
  /** Sends a request, and resolves with its response. */
  ask(parts: SipParts): Promise<SipText>;
  /** Sends a request that nobody may answer. */
  send(parts: SipParts): string;
  /** Answers a request of the phone with 200. */
  answer(request: SipText): void;
}

const read = (bytes: Buffer): SipText => {
  const text = bytes.toString('utf8');
  const end = text.indexOf('\r\n\r\n');
  const [start = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = lines.map((line) => [
    line.slice(0, line.indexOf(':')).toLowerCase(),
    line.slice(line.indexOf(':') + 1).trim(),
  ]);
  return {
    start,
    status: Number(/^SIP\/2\.0 (\d+)/.exec(start)?.[1] ?? 0),
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: text.slice(end + 4),
  };
};

let count = 0;

/** Opens a sender at an address; it is closed with the test. */
export const sipSender = async (phone: VirtualSnomPhone, host = '127.0.0.1'): Promise<SipSender> => {
  const uri = phone.sipUri ?? '';
  const port = Number(/:(\d+)$/.exec(uri)?.[1] ?? 0);
  const socket = createSocket('udp4');
  const received = new Recorder<SipText>();
  socket.on('message', (bytes) => received.record(read(bytes)));
  socket.bind(0, host);
  await once(socket, 'listening');
  onTestFinished(() => void socket.close());
  const own = socket.address().port;
  const write = (text: string) => socket.send(text, port, phone.host);
  const sender: SipSender = {
    port: own,
    received,
    send: ({ method, headers = [], body = '', callId, cseq = 1, to = '<sip:1001@phone>' }) => {
      count += 1;
      const id = `z9hG4bKs${count}`;
      write(
        [
          `${method} ${uri} SIP/2.0`,
          `Via: SIP/2.0/UDP ${host}:${own};branch=${id};rport`,
          `From: <sip:gateway@${host}:${own}>;tag=g`,
          `To: ${to}`,
          `Call-ID: ${callId ?? id}`,
          `CSeq: ${cseq} ${method}`,
          `Contact: <sip:gateway@${host}:${own}>`,
          'Max-Forwards: 70',
          ...headers,
          `Content-Length: ${Buffer.byteLength(body)}`,
          '',
          body,
        ].join('\r\n'),
      );
      return id;
    },
    ask: (parts) => {
      const id = sender.send(parts);
      return received.waitFor(({ status, headers }) => status > 0 && (headers['via'] ?? '').includes(`${id};`), {
        what: `an answer to ${parts.method}`,
      });
    },
    answer: ({ headers }) => {
      const same = ['via', 'from', 'to', 'call-id', 'cseq'].map((name) => `${name}: ${headers[name]}`);
      write(`SIP/2.0 200 OK\r\n${same.join('\r\n')}\r\nContent-Length: 0\r\n\r\n`);
    },
  };
  return sender;
};

/** `NOTIFY` with XML of the minibrowser. */
export const xmlNotify = (body: string): SipParts => ({
  method: 'NOTIFY',
  headers: ['Event: xml', 'Subscription-State: active;expires=30000', 'Content-Type: application/snomxml'],
  body,
});

/** `MESSAGE` with lamps. */
export const buttons = (body: string): SipParts => ({
  method: 'MESSAGE',
  headers: ['Subject: buttons', 'Content-Type: application/x-buttons'],
  body,
});
