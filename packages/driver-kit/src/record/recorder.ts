import type { Driver, PhoneProfile } from '@hookswitch/core';
import type { RecordedHttp, RecordedReport, RecordedSip, Recording } from '../conformance/recording.ts';
import { sipTargetOf } from '../virtual/sip/address.ts';
import { type HttpMessage, statusOf } from './http-stream.ts';
import { type HttpExchange, HttpTee } from './http-tee.ts';
import { type RedactionRules, Redactor } from './redaction.ts';
import { type SipExchange, SipProxy } from './sip-proxy.ts';

/** What is recorded: the command that a real phone is given, by the names of the suite. */
export type RecordedFacts = Pick<Recording, 'name' | 'model' | 'firmware' | 'capability' | 'rung' | 'member'> & {
  readonly command?: unknown;
};

/** Where the recorder stands, and what it may not write down. */
export interface PhoneRecorderOptions {
  /** The address to listen on, reached by the gateway and by the phone. */
  readonly host: string;
  /** Ports to listen on; those left out are any that are free. */
  readonly ports?: { readonly http?: number; readonly events?: number; readonly sip?: number };
  /** The phone's web interface: `http://192.0.2.10`. Left out: the phone is not reached by HTTP. */
  readonly phone?: string;
  /** The phone's SIP URI. Left out: it is not reached by SIP. */
  readonly sip?: string;
  /** Where the phone's action URLs go on to: `http://192.0.2.9:4000`, with the driver that reads them. */
  readonly events?: { readonly gateway: string; readonly read: EventReader };
  readonly redaction?: Partial<Omit<RedactionRules, 'hosts'>>;
}

/** What a driver makes of the query of an action URL. */
export type EventReader = (report: {
  readonly path: string;
  readonly rawQuery: string;
}) => Pick<RecordedReport, 'vendorEvent' | 'event'> | null;

/** How a driver reads what a phone of its reports. */
export function eventReader<Options>(driver: Driver<Options>, profile: PhoneProfile<Options>): EventReader {
  return (report) => {
    const read = driver.actionUrls.parse(report, profile);
    return read === null ? null : { vendorEvent: read.vendorEvent, event: read.event };
  };
}

/** Addresses for documents (RFC 5737) that stand for real ones; published documents are found below the second. */
const PHONE_HOST = '192.0.2.10';
/** See {@link PHONE_HOST}. */
const GATEWAY_HOST = '192.0.2.9';

/** What a driver gives with a request and what counts; all else is the transport's. */
const NOT_RECORDED =
  /^(?:host|connection|keep-alive|authorization|proxy-.*|cookie|user-agent|accept.*|content-length|transfer-encoding|expect|te|trailer|upgrade|sec-.*|x-forwarded.*|via|traceparent|tracestate)$/;
/** What a driver may look at in a reply. */
const RECORDED_OF_REPLY: ReadonlySet<string> = new Set(['content-type', 'location', 'server']);
/** What the SIP transport writes by itself. */
const NOT_RECORDED_BY_SIP =
  /^(?:via|from|to|call-id|cseq|contact|route|record-route|max-forwards|content-type|content-length|authorization|proxy-authorization|user-agent|allow|supported|accept|date)$/;
const ACTION_URL = /^GET \/a\/[^/]+\/([^/? ]+)\??(.*) HTTP\/1\.[01]$/;

/** Stands between a gateway and a real phone, and writes down what they say to each other, secrets taken out. */
export class PhoneRecorder implements AsyncDisposable {
  readonly #options: PhoneRecorderOptions;
  readonly #toPhone: HttpTee | undefined;
  readonly #toGateway: HttpTee | undefined;
  readonly #sip: SipProxy | undefined;

  constructor(options: PhoneRecorderOptions) {
    const { host, ports = {}, phone, sip, events } = options;
    this.#options = options;
    if (phone !== undefined) this.#toPhone = new HttpTee({ host, port: ports.http ?? 0, target: phone });
    if (events !== undefined) this.#toGateway = new HttpTee({ host, port: ports.events ?? 0, target: events.gateway });
    if (sip !== undefined) this.#sip = new SipProxy({ host, port: ports.sip ?? 0, phone: sip });
  }

  async start(): Promise<void> {
    await this.#toPhone?.start();
    await this.#toGateway?.start();
    await this.#sip?.start();
  }

  async stop(): Promise<void> {
    await this.#toPhone?.stop();
    await this.#toGateway?.stop();
    await this.#sip?.stop();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  /** The addresses to give: to the gateway the phone's, to the phone the gateway's. Null: that way is not recorded. */
  get addresses(): { readonly phone: string | null; readonly sip: string | null; readonly gateway: string | null } {
    return {
      phone: this.#toPhone?.origin ?? null,
      sip: this.#sip?.uri ?? null,
      gateway: this.#toGateway?.origin ?? null,
    };
  }

  /** How many exchanges were seen. */
  get count(): number {
    return (
      (this.#toPhone?.exchanges.length ?? 0) +
      (this.#toGateway?.exchanges.length ?? 0) +
      (this.#sip?.exchanges.count ?? 0)
    );
  }

  /**
   * What was said so far, without secrets.
   * @throws Error where a secret would be in it after all
   */
  recording(facts: RecordedFacts): Recording {
    const redactor = this.#redactor();
    const http = withoutChallenges(this.#toPhone?.exchanges ?? []);
    const sip = this.#sip?.exchanges.all ?? [];
    const events = this.#toGateway?.exchanges ?? [];
    for (const { request, reply } of [...http, ...events]) {
      redactor.learn(`${request.start}\n${request.body}\n${reply.body}`);
    }
    for (const { request, response } of sip) redactor.learn(`${request.body}\n${response.body}`);
    const command = JSON.stringify(facts.command);
    if (command !== undefined) {
      redactor.learn(command);
      redactor.learnNumbers(command);
    }
    const text = JSON.stringify({
      ...facts,
      ...(command === undefined ? {} : { command: JSON.parse(redactor.redact(command)) }),
      exchanges: http.map((exchange) => recordedHttp(exchange, redactor)),
      ...(sip.length === 0 ? {} : { sip: sip.map((exchange) => recordedSip(exchange, redactor)) }),
      ...(this.#options.events === undefined ? {} : { reports: this.#reports(events, redactor) }),
    });
    redactor.assertClean(text);
    return JSON.parse(text);
  }

  #redactor(): Redactor {
    const { redaction = {}, phone, sip, events } = this.#options;
    const own = this.addresses;
    const hostIn = (origin: string | null | undefined): readonly string[] =>
      origin === null || origin === undefined ? [] : [new URL(origin).hostname];
    const phones = [...hostIn(phone), ...hostIn(own.phone), ...(sip === undefined ? [] : [sipTargetOf(sip).host])];
    const gateways = [...hostIn(events?.gateway), ...hostIn(own.gateway)];
    return new Redactor({
      secrets: [],
      numbers: [],
      macs: true,
      ...redaction,
      hosts: {
        ...Object.fromEntries(phones.map((host) => [host, PHONE_HOST])),
        ...Object.fromEntries(gateways.map((host) => [host, GATEWAY_HOST])),
      },
    });
  }

  #reports(exchanges: readonly HttpExchange[], redactor: Redactor): readonly RecordedReport[] {
    const { events } = this.#options;
    return exchanges.flatMap(({ request }) => {
      const line = Buffer.from(request.start, 'latin1').toString('utf8');
      const [, path, query = ''] = ACTION_URL.exec(line) ?? [];
      if (path === undefined) return [];
      const rawQuery = redactor.redact(query);
      // Read as it will be read again, so that both are without secrets.
      const read = events?.read({ path, rawQuery }) ?? null;
      return [{ path, rawQuery, vendorEvent: read?.vendorEvent ?? null, event: read?.event ?? null }];
    });
  }
}

/** A login that was asked for and given is the transport's: what counts is the request that was answered in the end. */
function withoutChallenges(exchanges: readonly HttpExchange[]): readonly HttpExchange[] {
  return exchanges.filter(({ request, reply }, index) => {
    if (statusOf(reply) !== 401) return true;
    return !exchanges.slice(index + 1).some((later) => later.request.start === request.start);
  });
}

function recordedHttp({ request, reply }: HttpExchange, redactor: Redactor): RecordedHttp {
  const [method = '', target = ''] = requestLine(request);
  const body = request.body.toString('utf8');
  const type = reply.headers['content-type'] ?? '';
  return {
    request: {
      method,
      target: redactor.redactTarget(target),
      ...headersFor(request.headers, (name) => !NOT_RECORDED.test(name), redactor),
      ...(body === '' ? {} : { body: redactor.redact(body) }),
    },
    reply: {
      status: statusOf(reply) ?? 0,
      ...headersFor(reply.headers, (name) => RECORDED_OF_REPLY.has(name), redactor),
      ...recordedBody(reply.body, type, redactor),
    },
  };
}

function requestLine({ start }: HttpMessage): readonly [method: string, target: string] {
  const first = start.indexOf(' ');
  const last = start.lastIndexOf(' ');
  return [start.slice(0, first), start.slice(first + 1, last)];
}

/** Pictures stay as they are: who records looks at them before they are given away. */
function recordedBody(bytes: Buffer, type: string, redactor: Redactor): { body?: string; bodyBase64?: string } {
  if (bytes.length === 0) return {};
  const text = bytes.toString('utf8');
  const isText = !/^(?:image|audio|video)\//i.test(type) && Buffer.from(text).equals(bytes);
  if (isText) return { body: redactor.redact(text) };
  redactor.assertClean(bytes.toString('latin1'));
  return { bodyBase64: bytes.toString('base64') };
}

function headersFor(
  headers: Readonly<Record<string, string>>,
  isKept: (name: string) => boolean,
  redactor: Redactor,
): { readonly headers?: Readonly<Record<string, string>> } {
  const kept = Object.entries(headers).filter(([name]) => isKept(name));
  if (kept.length === 0) return {};
  return { headers: Object.fromEntries(kept.map(([name, value]) => [name, redactor.redact(value)])) };
}

function recordedSip({ request, response }: SipExchange, redactor: Redactor): RecordedSip {
  const kept = headersFor(Object.fromEntries(request.fields), (name) => !NOT_RECORDED_BY_SIP.test(name), redactor);
  const typeOf = ({ fields }: Pick<SipExchange['request'], 'fields'>): string | undefined =>
    fields.find(([name]) => name === 'content-type')?.[1];
  const [asked, answered] = [typeOf(request), typeOf(response)];
  return {
    request: {
      method: request.method,
      ...kept,
      ...(asked === undefined ? {} : { contentType: asked }),
      ...(request.body === '' ? {} : { body: redactor.redact(request.body) }),
    },
    reply: {
      status: response.status,
      reason: response.reason,
      ...(answered === undefined ? {} : { headers: { 'content-type': answered } }),
      ...(response.body === '' ? {} : { body: redactor.redact(response.body) }),
    },
  };
}
