import type { HttpRequest, HttpTransport, SipTransport } from '@hookswitch/core';
import type { Phone } from '../model.ts';
import { rehearseSip } from '../sip/sip-rehearsal.ts';

/** Transports that send nothing: they write down what would be sent, and answer as an obeying phone would. */
export interface Rehearsal {
  readonly http: HttpTransport;
  readonly sip: SipTransport;
  /** The wire text, one element a request, credentials replaced by `***`. */
  readonly exchanges: readonly string[];
}

/** @returns a dry run for one command on that phone */
export function createRehearsal({ address, sipUri }: Pick<Phone, 'address' | 'sipUri'>): Rehearsal {
  const exchanges: string[] = [];
  const host = address === null ? 'phone' : new URL(address).host;
  return {
    exchanges,
    sip: rehearseSip(sipUri, (exchange) => exchanges.push(exchange)),
    http: {
      send(request) {
        exchanges.push(wireText(request, host));
        const { status = 200, body = '' } = request.rehearsal ?? {};
        return Promise.resolve({ status, headers: {}, bytes: new TextEncoder().encode(body), text: body });
      },
    },
  };
}

/** A request as it stands on the wire, secrets masked. */
function wireText(request: HttpRequest, host: string): string {
  const target = maskTarget(request);
  const lines = [
    `${request.method} ${target} HTTP/1.1`,
    `Host: ${host}`,
    `Connection: ${request.connection ?? 'keep-alive'}`,
    ...Object.entries(request.headers ?? {}).map(([name, value]) => `${name}: ${value}`),
  ];
  return request.body === undefined ? lines.join('\n') : `${lines.join('\n')}\n\n${request.body}`;
}

/** The target without credentials. */
function maskTarget(request: HttpRequest): string {
  if (request.credentialsInTarget !== true) return request.target;
  return request.target.replaceAll('{username}', '***').replaceAll('{password}', '***');
}
