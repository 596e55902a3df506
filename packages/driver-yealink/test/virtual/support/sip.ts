import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { Recorder, type VirtualPhone } from '@hookswitch/driver-kit/virtual';
import { onTestFinished } from 'vitest';

/** Sends datagrams to a phone and keeps what comes back, as text. */
export interface SipSender {
  readonly port: number;
  readonly received: Recorder<string>;
  send(text: string): void;
  /** Sends a NOTIFY, and resolves with the status of its response. */
  notify(event: string, body?: string, headers?: readonly string[]): Promise<number>;
  /** The same with these headers alone besides those that every request has. */
  notifyWith(headers: readonly string[], body?: string): Promise<number>;
}

let count = 0;

/** Opens a sender; it is closed with the test. */
export const sipSender = async (phone: Pick<VirtualPhone, 'sipUri'>, host = '127.0.0.1'): Promise<SipSender> => {
  const uri = phone.sipUri ?? '';
  const socket = createSocket('udp4');
  const received = new Recorder<string>();
  socket.on('message', (bytes) => received.record(bytes.toString('utf8')));
  socket.bind(0, host);
  await once(socket, 'listening');
  onTestFinished(() => void socket.close());
  const { port } = socket.address();
  const send = (text: string) => socket.send(text, Number(uri.split(':').at(-1)), '127.0.0.1');
  const notifyWith: SipSender['notifyWith'] = async (headers, body = '') => {
    count += 1;
    const branch = `z9hG4bKy${count};`;
    send(
      [
        `NOTIFY ${uri} SIP/2.0`,
        `Via: SIP/2.0/UDP ${host}:${port};branch=${branch}rport`,
        `From: <sip:gateway@${host}>;tag=g`,
        `To: <${uri}>`,
        `Call-ID: y${count}`,
        'CSeq: 1 NOTIFY',
        ...headers,
        `Content-Length: ${Buffer.byteLength(body)}`,
        '',
        body,
      ].join('\r\n'),
    );
    const answer = await received.waitFor((text) => text.startsWith('SIP/2.0') && text.includes(branch));
    return Number(answer.slice(8, 11));
  };
  return {
    port,
    received,
    send,
    notify: (event, body, headers = []) =>
      notifyWith([`Event: ${event}`, 'Subscription-State: active', ...headers], body),
    notifyWith,
  };
};
