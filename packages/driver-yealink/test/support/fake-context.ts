import type {
  DriverContext,
  FeatureReading,
  HttpReply,
  HttpRequest,
  KnownCall,
  PhoneProfile,
  SipRequest,
} from '@hookswitch/core';
import { TransportError, UNKNOWN_PARTY } from '@hookswitch/core';
import { DEFAULT_OPTIONS, type YealinkOptions } from '../../src/options.ts';

/** A phone's profile: a T46S with V86 unless the test says otherwise. */
export function profile(
  overrides: Partial<Omit<PhoneProfile, 'options'>> & { readonly options?: Partial<YealinkOptions> } = {},
): PhoneProfile<YealinkOptions> {
  return {
    model: 'T46S',
    firmware: '66.86.0.15',
    mac: '00:15:65:aa:bb:cc',
    reachableBy: { http: true, sip: false },
    ...overrides,
    options: { ...DEFAULT_OPTIONS, ...overrides.options },
  };
}

/** A call of the phone. */
export function knownCall(overrides: Partial<KnownCall> = {}): KnownCall {
  return {
    id: 'call-1',
    state: 'CONNECTED',
    direction: 'INCOMING',
    remote: UNKNOWN_PARTY,
    local: UNKNOWN_PARTY,
    muted: null,
    vendorIds: { call_id: '33093' },
    ...overrides,
  };
}

/** What the phone answers: the reply, or the error that the transport throws. */
export type Answer = { readonly status?: number; readonly text?: string; readonly headers?: Record<string, string> };

/** A reply as the transport hands it over. */
export function reply({ status = 200, text = '', headers = {} }: Answer = {}): HttpReply {
  return { status, headers, bytes: new TextEncoder().encode(text), text };
}

/** A context that records what goes out and answers by a script; when the script ends, every reply is an empty 200. */
export interface FakeContext extends DriverContext<YealinkOptions> {
  readonly requests: HttpRequest[];
  readonly sipRequests: SipRequest[];
  /** Requests and pauses in order: `GET /servlet?key=OK`, `NOTIFY ACTION-URI key=OK`, `sleep 250`. */
  readonly trace: string[];
}

export function fakeContext(
  given: {
    readonly phone?: PhoneProfile<YealinkOptions>;
    readonly calls?: readonly KnownCall[];
    readonly features?: readonly FeatureReading[];
    readonly answers?: readonly (Answer | TransportError)[];
    readonly signal?: AbortSignal;
  } = {},
): FakeContext {
  const answers = [...(given.answers ?? [])];
  const requests: HttpRequest[] = [];
  const sipRequests: SipRequest[] = [];
  const trace: string[] = [];
  const signal = given.signal ?? new AbortController().signal;
  return {
    requests,
    sipRequests,
    trace,
    phone: given.phone ?? profile(),
    calls: given.calls ?? [],
    features: given.features ?? [],
    http: {
      send: async (request) => {
        requests.push(request);
        trace.push(`${request.method} ${request.target}`);
        const answer = answers.shift();
        if (TransportError.is(answer)) throw answer;
        return reply(answer);
      },
    },
    sip: {
      send: async (request) => {
        sipRequests.push(request);
        trace.push([request.method, request.headers?.['Event'], request.body].filter(Boolean).join(' '));
        const answer = answers.shift();
        if (TransportError.is(answer)) throw answer;
        const { status = 200, headers = {}, text = '' } = answer ?? {};
        return { status, reason: 'Said So', headers, body: text };
      },
      converse: async () => {
        throw new Error('A Yealink phone is sent NOTIFY alone.');
      },
    },
    documents: {
      publish: async () => {
        throw new Error('A Yealink phone is pushed its documents.');
      },
    },
    clock: {
      now: () => 0,
      sleep: async (ms) => {
        trace.push(`sleep ${ms}`);
        signal.throwIfAborted();
      },
    },
    log: { debug: () => undefined, warn: () => undefined },
    signal,
  };
}
