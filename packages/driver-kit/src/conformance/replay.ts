import assert from 'node:assert/strict';
import type { DriverContext, HttpTransport, SipTransport } from '@hookswitch/core';
import type { RecordedHttp, RecordedSip, Recording } from './recording.ts';
import { createSipRehearsal } from './sip/sip-transport.ts';
import type { Subject } from './subject.ts';

/** Where published documents stand in recordings. */
const DOCUMENTS = 'http://192.0.2.9/d/recorded-';

/** Answers with what a real phone answered, as long as the driver asks for what the phone was asked. */
export class Replay {
  readonly #http: RecordedHttp[];
  readonly #sip: RecordedSip[];

  constructor({ exchanges, sip = [] }: Recording) {
    this.#http = [...exchanges];
    this.#sip = [...sip];
  }

  /** The requests that nobody has sent yet. */
  get left(): readonly string[] {
    const http = this.#http.map(({ request }) => `${request.method} ${request.target}`);
    return [...http, ...this.#sip.map(({ request }) => `SIP ${request.method}`)];
  }

  context<Options>({ profile }: Subject<Options>): DriverContext<Options> {
    let published = 0;
    return {
      phone: profile,
      calls: [],
      features: [],
      http: this.#httpTransport(),
      sip: this.#sipTransport(),
      documents: {
        publish: async () => {
          published += 1;
          return { url: `${DOCUMENTS}${published}` };
        },
      },
      clock: { now: () => 0, sleep: async () => {} },
      log: { debug: () => {}, warn: () => {} },
      signal: new AbortController().signal,
    };
  }

  #httpTransport(): HttpTransport {
    return {
      send: async ({ method, target, headers = {}, body = '' }) => {
        const next = this.#http.shift();
        assert.ok(next !== undefined, `${method} ${target} is not in the recording`);
        const { request, reply } = next;
        const wanted = { method: request.method, target: request.target, body: request.body ?? '' };
        assert.deepEqual({ method, target, body }, wanted, 'the request that was recorded');
        areSent(request.headers, headers);
        const encoding = reply.bodyBase64 === undefined ? 'utf8' : 'base64';
        const bytes = Buffer.from(reply.bodyBase64 ?? reply.body ?? '', encoding);
        return { status: reply.status, headers: lowerCased(reply.headers), bytes, text: bytes.toString('utf8') };
      },
    };
  }

  #sipTransport(): SipTransport {
    return {
      send: async ({ method, headers = {}, contentType = '', body = '' }) => {
        const next = this.#sip.shift();
        assert.ok(next !== undefined, `SIP ${method} is not in the recording`);
        const { request, reply } = next;
        const wanted = { method: request.method, contentType: request.contentType ?? '', body: request.body ?? '' };
        assert.deepEqual({ method, contentType, body }, wanted, 'the SIP request that was recorded');
        areSent(request.headers, headers);
        return {
          status: reply.status,
          reason: reply.reason,
          headers: lowerCased(reply.headers),
          body: reply.body ?? '',
        };
      },
      converse: createSipRehearsal(() => assert.fail('a recording has no dialogs')).converse,
    };
  }
}

/** Headers that were recorded are sent again; others may be sent besides. */
function areSent(recorded: Readonly<Record<string, string>> | undefined, sent: Readonly<Record<string, string>>): void {
  const given = lowerCased(sent);
  for (const [name, value] of Object.entries(lowerCased(recorded))) assert.equal(given[name], value, name);
}

function lowerCased(headers: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
