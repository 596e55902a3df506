import type { HttpRequest, HttpTransport } from '@hookswitch/core';

/** A transport that sends nothing: it writes down what would be sent, and answers as an obeying phone would. */
export interface Rehearsal {
  readonly http: HttpTransport;
  /** The wire text, one element a request, credentials replaced by `***`. */
  readonly exchanges: readonly string[];
}

/** @param origin the phone's; null: it has none. */
export function createRehearsal(origin: string | null): Rehearsal {
  const exchanges: string[] = [];
  const host = origin === null ? 'phone' : new URL(origin).host;
  return {
    exchanges,
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
