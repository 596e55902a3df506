import type { SipClock } from '../../src/clock.ts';
import { parseMessage } from '../../src/message/parse.ts';
import { type OutgoingMessage, serialise } from '../../src/message/serialise.ts';
import type { SipMessage, SipRequest, SipResponse } from '../../src/message/types.ts';
import type { Flow, TransportFault } from '../../src/transport/types.ts';

/** A way to a peer that writes down what goes out and when. */
export class FakeFlow implements Flow {
  readonly remote;
  readonly local = { host: '192.0.2.1', port: 5060 };
  readonly reliable: boolean;
  readonly sent: { readonly at: number; readonly bytes: Buffer }[] = [];
  fault: TransportFault | undefined;
  readonly #clock: SipClock;
  readonly #listeners = new Set<() => void>();

  constructor(clock: SipClock, transport: 'udp' | 'tcp') {
    this.#clock = clock;
    this.reliable = transport === 'tcp';
    this.remote = { transport, host: '192.0.2.2', port: 5060 };
  }

  send(bytes: Buffer): Promise<void> {
    if (this.fault !== undefined) return Promise.reject(this.fault);
    this.sent.push({ at: this.#clock.now(), bytes });
    return Promise.resolve();
  }

  onClose(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get watchers(): number {
    return this.#listeners.size;
  }

  close(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /** The times at which something went out. */
  get times(): readonly number[] {
    return this.sent.map(({ at }) => at);
  }

  /** The start lines of what went out. */
  get lines(): readonly string[] {
    return this.sent.map(({ bytes }) => bytes.toString('utf8').split('\r\n')[0] ?? '');
  }
}

/** A request as a transaction gets it. */
export function outgoing(method: string, branch: string): { message: OutgoingMessage; bytes: Buffer } {
  const message: OutgoingMessage = {
    startLine: `${method} sip:phone@192.0.2.2 SIP/2.0`,
    headers: [
      { name: 'Via', value: `SIP/2.0/UDP 192.0.2.1:5060;branch=${branch};rport` },
      { name: 'Max-Forwards', value: '70' },
      { name: 'Route', value: '<sip:proxy.example.com;lr>' },
      { name: 'From', value: '<sip:gateway@192.0.2.1>;tag=ours' },
      { name: 'To', value: '<sip:phone@192.0.2.2>' },
      { name: 'Call-ID', value: 'call-1' },
      { name: 'CSeq', value: `7 ${method}` },
      { name: 'Contact', value: '<sip:192.0.2.1:5060>' },
      { name: 'Subject', value: 'test' },
    ],
    body: Buffer.from('body'),
  };
  return { message, bytes: serialise(message) };
}

/** A response to `outgoing`, parsed. */
export function incomingResponse(
  status: number,
  { branch, method, tag = 'theirs' }: { branch: string; method: string; tag?: string },
): SipResponse {
  const text = [
    `SIP/2.0 ${status} Whatever`,
    `Via: SIP/2.0/UDP 192.0.2.1:5060;branch=${branch};rport=5060;received=192.0.2.1`,
    'From: <sip:gateway@192.0.2.1>;tag=ours',
    `To: <sip:phone@192.0.2.2>;tag=${tag}`,
    'Call-ID: call-1',
    `CSeq: 7 ${method}`,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
  const message = parsed(Buffer.from(text));
  if (message.kind !== 'response') throw new Error('not a response');
  return message;
}

/** What the octets are, or an error that fails the test. */
export function parsed(bytes: Buffer): SipMessage {
  const result = parseMessage(bytes);
  if (!result.ok) throw new Error(`${result.fault.code} ${result.fault.part}`);
  return result.message;
}

/** Likewise, of a request. */
export function parsedRequest(bytes: Buffer): SipRequest {
  const message = parsed(bytes);
  if (message.kind !== 'request') throw new Error('not a request');
  return message;
}
