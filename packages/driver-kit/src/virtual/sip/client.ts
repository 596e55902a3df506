import { randomBytes } from 'node:crypto';
import { authorizationFor, challengeIn } from '../client-authorization.ts';
import { hostPort, parameterOf, type SipTarget, sipTargetOf } from './address.ts';
import { headersOf, type SipField, type SipResponseMessage, serializeSipMessage } from './message.ts';
import { T1_MS } from './server-transactions.ts';
import type { ReceivedSipResponse, SipContentToSend, VirtualSipRequest } from './types.ts';

const T2_MS = 4000;

/** What the client sends over, and as whom. */
export interface SipClientOptions {
  readonly host: string;
  readonly port: () => number;
  readonly send: (bytes: Buffer, to: Pick<SipTarget, 'transport' | 'host' | 'port'>) => void;
  /** The phone's own URI, for From and Contact. */
  readonly ownUri: () => string;
  /** Sent with each request. */
  readonly fields: readonly SipField[];
}

/** What stays the same in all requests of one dialog, or one request and its answer to a challenge. */
export interface SipThread {
  readonly uri: string;
  readonly target: SipTarget;
  readonly from: string;
  readonly to: string;
  readonly callId: string;
  readonly routes: readonly string[];
  readonly timeoutMs: number;
  nextSequence(): number;
}

/** Sends requests of the phone's own and waits for their final responses (RFC 3261 section 17.1.2). */
export class SipClient {
  readonly #options: SipClientOptions;
  readonly #waiting = new Map<string, (response: SipResponseMessage) => void>();

  constructor(options: SipClientOptions) {
    this.#options = options;
  }

  /** Sends a request outside of any dialog; a challenge is answered once. Rejects where no final response comes. */
  async request(request: VirtualSipRequest): Promise<ReceivedSipResponse> {
    const { uri, via = uri, from = `<${this.#options.ownUri()}>`, to = `<${uri}>`, timeoutMs = 64 * T1_MS } = request;
    let sequence = 0;
    const thread: SipThread = {
      uri,
      target: sipTargetOf(via),
      from: `${from};tag=${token()}`,
      to,
      callId: `${token()}@${this.#options.host}`,
      routes: [],
      timeoutMs,
      nextSequence: () => {
        sequence += 1;
        return sequence;
      },
    };
    const first = await this.send(thread, request.method, request);
    const isChallenge = first.status === 401 || first.status === 407;
    if (!isChallenge || request.credentials === undefined) return first;
    const header = first.status === 401 ? 'www-authenticate' : 'proxy-authenticate';
    const challenge = challengeIn(first.headers[header] ?? '');
    if (challenge === null) return first;
    const answer = authorizationFor(challenge, request.credentials, { method: request.method, target: uri });
    const name = first.status === 401 ? 'Authorization' : 'Proxy-Authorization';
    return await this.send(thread, request.method, { ...request, headers: { ...request.headers, [name]: answer } });
  }

  /** Sends one request of a thread. */
  send(thread: SipThread, method: string, content: SipContentToSend): Promise<ReceivedSipResponse> {
    const { host, port, ownUri, fields } = this.#options;
    const branch = `z9hG4bK${token()}`;
    const all: readonly SipField[] = [
      ['Via', `SIP/2.0/${thread.target.transport.toUpperCase()} ${hostPort(host, port())};branch=${branch};rport`],
      ['Max-Forwards', '70'],
      ...thread.routes.map((route): SipField => ['Route', route]),
      ['From', thread.from],
      ['To', thread.to],
      ['Call-ID', thread.callId],
      ['CSeq', `${thread.nextSequence()} ${method}`],
      ['Contact', `<${ownUri()}>`],
      ...fields,
      ...Object.entries(content.headers ?? {}),
      ...(content.contentType === undefined ? [] : [['Content-Type', content.contentType] as const]),
    ];
    const bytes = serializeSipMessage(`${method} ${thread.uri} SIP/2.0`, all, content.body);
    return this.#exchange(branch, bytes, thread);
  }

  /** Gives a response to who waits for it. */
  receive(response: SipResponseMessage): void {
    const branch = parameterOf(headersOf(response, 'via')[0] ?? '', 'branch') ?? '';
    this.#waiting.get(branch)?.(response);
  }

  #exchange(branch: string, bytes: Buffer, { target, timeoutMs }: SipThread): Promise<ReceivedSipResponse> {
    return new Promise((resolve, reject) => {
      const send = () => this.#options.send(bytes, target);
      let repetition: NodeJS.Timeout | undefined;
      const repeat = (waitMs: number): void => {
        repetition = setTimeout(() => {
          send();
          repeat(Math.min(2 * waitMs, T2_MS));
        }, waitMs);
        repetition.unref();
      };
      const finish = (): void => {
        clearTimeout(repetition);
        clearTimeout(deadline);
        this.#waiting.delete(branch);
      };
      const deadline = setTimeout(() => {
        finish();
        reject(new Error(`No final response came in ${timeoutMs} ms.`));
      }, timeoutMs);
      deadline.unref();
      this.#waiting.set(branch, (response) => {
        if (response.status < 200) return;
        finish();
        resolve(received(response));
      });
      send();
      if (target.transport === 'udp') repeat(T1_MS);
    });
  }
}

const received = ({ status, reason, fields, body }: SipResponseMessage): ReceivedSipResponse => ({
  status,
  reason,
  headers: joinedHeaders(fields),
  body,
});

/** Headers as a record: repeated ones joined with `, `. */
export const joinedHeaders = (fields: readonly SipField[]): Readonly<Record<string, string>> => {
  const headers: Record<string, string> = {};
  for (const [name, value] of fields)
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  return headers;
};

/** Random enough for tags, branches and Call-IDs. */
export const token = (): string => randomBytes(8).toString('hex');
