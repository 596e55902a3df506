import {
  type DriverContext,
  type DriverOptions,
  type FeatureReading,
  type HttpReply,
  type HttpRequest,
  type KnownCall,
  type PhoneProfile,
  type SipReply,
  type SipRequest,
  type SipTransport,
  TransportError,
  UNKNOWN_PARTY,
} from '@hookswitch/core';

/** What a driver did to the world: a request, or a wait. */
export type TestStep = { readonly http: HttpRequest } | { readonly sip: SipRequest } | { readonly waitMs: number };

/** What a test says of the phone behind a context. Left out: it obeys, as in a dry run. */
export interface TestScene {
  readonly calls?: readonly KnownCall[];
  readonly features?: readonly FeatureReading[];
  /** Answers a request, counted from 0; an error is thrown, as by the transport. */
  readonly http?: (request: HttpRequest, index: number) => HttpReply | TransportError | undefined;
  /** The same by SIP, outside of dialogs. */
  readonly sip?: (request: SipRequest, index: number) => SipReply | TransportError | undefined;
  /** Dialogs. Left out: the driver has none, and one that is asked for throws. */
  readonly converse?: SipTransport['converse'];
  readonly signal?: AbortSignal;
}

/** A context for one command that records what would go out, and sends nothing. */
export interface TestContext<Options> extends DriverContext<Options> {
  readonly requests: readonly HttpRequest[];
  readonly sipRequests: readonly SipRequest[];
  /** Requests and waits in their order. */
  readonly steps: readonly TestStep[];
  readonly published: readonly { readonly mediaType: string; readonly body: string }[];
}

/** Where documents are published in tests. */
export const TEST_DOCUMENT_URL = 'http://gw.example:4000/d/abc?x=1';

/** Makes a context for one command on a phone, for tests of a driver's own functions without a phone. */
export function testContext<Options>(phone: PhoneProfile<Options>, scene: TestScene = {}): TestContext<Options> {
  const { calls = [], features = [], signal = new AbortController().signal } = scene;
  const requests: HttpRequest[] = [];
  const sipRequests: SipRequest[] = [];
  const steps: TestStep[] = [];
  const published: { mediaType: string; body: string }[] = [];
  return {
    ...{ phone, calls, features, requests, sipRequests, steps, published, signal },
    http: {
      async send(request) {
        const index = requests.push(request) - 1;
        steps.push({ http: request });
        const { status = 200, body = '' } = request.rehearsal ?? {};
        return given(scene.http?.(request, index) ?? httpReply(status, body));
      },
    },
    sip: {
      async send(request) {
        const index = sipRequests.push(request) - 1;
        steps.push({ sip: request });
        const { status = 200, body = '' } = request.rehearsal ?? {};
        return given(scene.sip?.(request, index) ?? sipReply(status, body));
      },
      converse: scene.converse ?? (() => Promise.reject(new Error('This driver is said to have no use for dialogs.'))),
    },
    documents: {
      async publish(document) {
        published.push(document);
        return { url: TEST_DOCUMENT_URL };
      },
    },
    clock: {
      now: () => 0,
      async sleep(waitMs) {
        steps.push({ waitMs });
        signal.throwIfAborted();
      },
    },
    log: { debug: () => {}, warn: () => {} },
  };
}

function given<Reply>(answer: Reply | TransportError): Reply {
  if (TransportError.is(answer)) throw answer;
  return answer;
}

/** A reply as the HTTP transport hands it on. */
export function httpReply(status: number, text = '', headers: Readonly<Record<string, string>> = {}): HttpReply {
  return { status, headers, text, bytes: new TextEncoder().encode(text) };
}

/** A response as the SIP transport hands it on. */
export function sipReply(status: number, body = '', headers: Readonly<Record<string, string>> = {}): SipReply {
  return { status, reason: '', headers, body };
}

/** These in turn, the last one for ever. */
export function inTurn<Reply>(replies: readonly Reply[]): (request: unknown, index: number) => Reply | undefined {
  return (_, index) => replies[Math.min(index, replies.length - 1)];
}

/** The options of a phone as somebody writes them, checked by the driver. @throws Error where they are not accepted */
export function checkedOptions<Options>(
  { schema }: DriverOptions<Options>,
  written: Readonly<Record<string, string>> = {},
): Options {
  const checked = schema['~standard'].validate(written);
  if (checked instanceof Promise) throw new Error('A schema that takes time is not for here.');
  if (checked.issues !== undefined) throw new Error(checked.issues.map(({ message }) => message).join('; '));
  return checked.value;
}

/** A call as the gateway knows it: one that came in from nobody known and is connected, unless it is said otherwise. */
export function knownCall(more: Partial<KnownCall> = {}): KnownCall {
  const { state = 'CONNECTED' } = more;
  return {
    ...{ id: `${state}-1`, state, direction: 'INCOMING', remote: UNKNOWN_PARTY, local: UNKNOWN_PARTY, muted: null },
    ...{ vendorIds: {}, ...more },
  };
}
