import {
  type DriverContext,
  type FeatureReading,
  type HttpReply,
  type HttpRequest,
  type KnownCall,
  type PhoneProfile,
  type SipReply,
  type SipRequest,
  UNKNOWN_PARTY,
} from '@hookswitch/core';
import type { SnomOptions } from '../src/options.ts';
import { options } from '../src/options.ts';
import { type FakeDialog, fakeConverse } from './fake-dialog.ts';

/** Options as somebody writes them, checked by the driver's own schema. */
export async function optionsOf(given: Readonly<Record<string, string>> = {}): Promise<SnomOptions> {
  const result = await options.schema['~standard'].validate(given);
  if (result.issues !== undefined) throw new Error(result.issues.map(({ message }) => message).join('; '));
  return result.value;
}

/** What a test says about its phone. */
export interface FakePhone {
  readonly model?: string | null;
  readonly firmware?: string | null;
  readonly options?: Readonly<Record<string, string>>;
  readonly http?: boolean;
  /** It has a SIP URI. Default: no. */
  readonly sip?: boolean;
  /** What it named in `Allow-Events`. Default: nothing. */
  readonly allowEvents?: readonly string[];
}

/** A phone's profile; a D785 with 10.1.33.33 where nothing else is said. */
export async function profileOf(phone: FakePhone = {}): Promise<PhoneProfile<SnomOptions>> {
  const { model = 'D785', firmware = '10.1.33.33', http = true, sip = false, allowEvents = null } = phone;
  return {
    model,
    firmware,
    mac: null,
    options: await optionsOf(phone.options),
    reachableBy: { http, sip },
    allowEvents,
  };
}

/** A reply as the transport hands it on. */
export function replyOf(status: number, text = '', headers: Readonly<Record<string, string>> = {}): HttpReply {
  return { status, headers, text, bytes: new TextEncoder().encode(text) };
}

/** How the phone answers; left out: as in a dry run, so as an obeying phone would. */
export type Answer = (request: HttpRequest, index: number) => HttpReply | undefined;

/** A response as the SIP transport hands it on. */
export function sipReplyOf(status: number, body = '', headers: Readonly<Record<string, string>> = {}): SipReply {
  return { status, reason: '', headers, body };
}

/** What the phone does by SIP. */
export interface SipScene {
  /** How it answers; left out: as in a dry run. */
  readonly answer?: (request: SipRequest, index: number) => SipReply | undefined;
  readonly dialog?: FakeDialog;
}

/** A context that records what would be sent. */
export interface FakeContext extends DriverContext<SnomOptions> {
  readonly requests: readonly HttpRequest[];
  /** `GET /command.htm?…`, or `POST /csta` and the body. */
  readonly sent: readonly string[];
  readonly sipRequests: readonly SipRequest[];
  /** In their order: what was sent by SIP (`NOTIFY` with the body or its event, `INVITE`, `INFO`, `REFER`), and each wait. */
  readonly steps: readonly string[];
  readonly published: readonly { readonly mediaType: string; readonly body: string }[];
}

/** Makes a context for one phone. */
export function fakeContext(
  phone: PhoneProfile<SnomOptions>,
  {
    calls = [],
    features = [],
    answer,
    sip = {},
  }: {
    readonly calls?: readonly KnownCall[];
    readonly features?: readonly FeatureReading[];
    readonly answer?: Answer;
    readonly sip?: SipScene;
  } = {},
): FakeContext {
  const requests: HttpRequest[] = [];
  const sipRequests: SipRequest[] = [];
  const steps: string[] = [];
  const published: { mediaType: string; body: string }[] = [];
  return {
    phone,
    calls,
    features,
    requests,
    sipRequests,
    steps,
    published,
    get sent() {
      return requests.map(({ method, target, body }) =>
        [`${method} ${target}`, ...(body === undefined ? [] : [body])].join('\n'),
      );
    },
    http: {
      send(request) {
        const index = requests.push(request) - 1;
        return Promise.resolve(
          answer?.(request, index) ?? replyOf(request.rehearsal?.status ?? 200, request.rehearsal?.body),
        );
      },
    },
    sip: {
      send(request) {
        const index = sipRequests.push(request) - 1;
        steps.push(`${request.method} ${request.body ?? request.headers?.['Event'] ?? ''}`.trim());
        const { status = 200, body = '' } = request.rehearsal ?? {};
        return Promise.resolve(sip.answer?.(request, index) ?? sipReplyOf(status, body));
      },
      converse: fakeConverse(steps, sip.dialog),
    },
    documents: {
      publish(document) {
        published.push(document);
        return Promise.resolve({ url: 'http://gw.example:4000/d/abc?x=1' });
      },
    },
    clock: { now: () => 0, sleep: (ms) => Promise.resolve(void steps.push(`wait ${ms}`)) },
    log: { debug: () => undefined, warn: () => undefined },
    signal: new AbortController().signal,
  };
}

/** A call as the gateway knows it. */
export function callOf(id: string, state: KnownCall['state'], cstaId?: string): KnownCall {
  return {
    id,
    state,
    direction: null,
    remote: UNKNOWN_PARTY,
    local: UNKNOWN_PARTY,
    muted: null,
    vendorIds: cstaId === undefined ? {} : { csta_id: cstaId },
  };
}
