import { Recorder } from '../virtual/index.ts';
import { hostPort, parameterOf, sipTargetOf } from '../virtual/sip/address.ts';
import { token } from '../virtual/sip/client.ts';
import { headersOf, parseSipMessage, type SipRequestMessage, type SipResponseMessage } from '../virtual/sip/message.ts';
import { type SipPeer, SipSockets } from '../virtual/sip/sockets.ts';

/** A request outside of any dialog with its final response. */
export interface SipExchange {
  readonly request: SipRequestMessage;
  readonly response: SipResponseMessage;
}

/** Where to listen, and the phone. */
export interface SipProxyOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** `sip:1001@192.0.2.10:5060`. */
  readonly phone: string;
}

/** What is known of a request that was passed on. */
interface Passed {
  readonly request: SipRequestMessage;
  readonly peer: SipPeer;
}

/**
 * A proxy of SIP as RFC 3261, section 16.11 has it, over UDP and TCP: it puts a Via of its own upon what it passes on, so
 * that the phone's response comes back the same way, and takes it off again. Nothing else is changed. What a phone sends by
 * itself within a dialog goes to the gateway's own contact and is not seen.
 */
export class SipProxy {
  /** Final responses that are no challenge. */
  readonly exchanges = new Recorder<SipExchange>();
  readonly #phone: string;
  readonly #host: string;
  readonly #sockets: SipSockets;
  readonly #passed = new Map<string, Passed>();

  constructor({ host, port, phone }: SipProxyOptions) {
    this.#phone = phone;
    this.#host = host;
    this.#sockets = new SipSockets({ host, port, onMessage: (bytes, peer) => this.#take(bytes, peer) });
  }

  /** The phone's URI with the proxy's address in it: what a gateway is to be given. */
  get uri(): string {
    const { user, transport } = sipTargetOf(this.#phone);
    const address = hostPort(this.#host, this.#sockets.port);
    return `sip:${user}@${address}${transport === 'tcp' ? ';transport=tcp' : ''}`;
  }

  async start(): Promise<void> {
    await this.#sockets.open();
  }

  async stop(): Promise<void> {
    await this.#sockets.close();
  }

  #take(bytes: Buffer, peer: SipPeer): void {
    const message = parseSipMessage(bytes);
    if (message?.kind === 'request') this.#passOn(message, bytes, peer);
    else if (message?.kind === 'response') this.#passBack(message, bytes);
  }

  #passOn(request: SipRequestMessage, bytes: Buffer, peer: SipPeer): void {
    const upstream = parameterOf(headersOf(request, 'via')[0] ?? '', 'branch') ?? token();
    // The same branch for the same request, so that the phone knows what was sent again (section 16.11).
    const branch = `z9hG4bKrecord${upstream.replace(/^z9hG4bK/, '')}`;
    this.#passed.set(branch, { request, peer });
    const via = `Via: SIP/2.0/${peer.transport.toUpperCase()} ${hostPort(this.#host, this.#sockets.port)};branch=${branch}`;
    const lineEnd = bytes.indexOf('\r\n') + 2;
    const { host, port } = sipTargetOf(this.#phone);
    this.#sockets.send(
      Buffer.concat([bytes.subarray(0, lineEnd), Buffer.from(`${via}\r\n`), bytes.subarray(lineEnd)]),
      { transport: peer.transport, host, port },
    );
  }

  #passBack(response: SipResponseMessage, bytes: Buffer): void {
    const branch = parameterOf(headersOf(response, 'via')[0] ?? '', 'branch') ?? '';
    const passed = this.#passed.get(branch);
    if (passed === undefined) return;
    passed.peer.send(withoutOwnVia(bytes));
    const { status } = response;
    if (status < 200 || status === 401 || status === 407) return;
    this.#passed.delete(branch);
    this.exchanges.record({ request: passed.request, response });
  }
}

/** A response without the uppermost value of its Via. */
function withoutOwnVia(bytes: Buffer): Buffer {
  const end = bytes.indexOf('\r\n\r\n');
  const [start = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const place = lines.findIndex((line) => /^(?:via|v)\s*:/i.test(line));
  const [, name = '', rest = ''] = /^([^:]*:)[^,]*(?:,(.*))?$/s.exec(lines[place] ?? '') ?? [];
  const kept = rest === '' ? [] : [`${name}${rest}`];
  const head = [start, ...lines.toSpliced(place, 1, ...kept)].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), bytes.subarray(end)]);
}
