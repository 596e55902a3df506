import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { ActionUrl, ActionUrlReport, ActionUrlSetting, DocumentPublisher } from '@hookswitch/core';
import { Recorder } from '../virtual/index.ts';

/** As long as the tokens that gateways put into action URLs. */
const TOKEN = 'conformanceAAAAAAAAAAAAA';
const REPORT = new RegExp(`^/a/${TOKEN}/([^/?]+)\\??(.*)$`, 's');

/** The URL for a setting below a base address, made as a gateway makes it. */
export function actionUrlBelow(base: string, { setting, path, query }: ActionUrlSetting): ActionUrl {
  return { setting, url: `${base}/a/${TOKEN}/${path}${query === '' ? '' : `?${query}`}` };
}

type Document = Parameters<DocumentPublisher['publish']>[0];

/** The `path` of the report that stands for the fetch of a document that proves the event path: no setting has it. */
export const EVENT_PATH_FETCH = '/fetched';

/**
 * What a phone needs of a gateway: it serves published documents and takes the reports of action URLs. It reads request
 * lines as bytes: phones send raw spaces and UTF-8 in them, which HTTP parsers refuse.
 */
export class GatewayStandIn {
  readonly reports = new Recorder<ActionUrlReport>();
  readonly #documents = new Map<string, Document>();
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((socket) => this.#serve(socket));
  #origin = '';

  get origin(): string {
    return this.#origin;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.#origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /** A publisher for one run. Its addresses are the same in each run, so that a dry run can be compared. */
  publisher(): DocumentPublisher {
    let count = 0;
    return {
      publish: async (document) => {
        count += 1;
        const path = `/d/conformance-${count}`;
        this.#documents.set(path, document);
        return { url: `${this.origin}${path}` };
      },
    };
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    let received = Buffer.alloc(0);
    // The phone may be gone before it has its answer; that is no news to a gateway.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const end = received.indexOf('\r\n\r\n');
      if (end === -1) return;
      const head = received.toString('utf8', 0, end + 4);
      const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
      const body = received.subarray(end + 4);
      if (body.length >= length) socket.end(this.#answer(head, body.toString('utf8')));
    });
  }

  #answer(head: string, body: string): string {
    const line = head.slice(0, head.indexOf('\r\n'));
    const target = line.slice(line.indexOf(' ') + 1, line.lastIndexOf(' '));
    const [, path, rawQuery = ''] = REPORT.exec(target) ?? [];
    if (path !== undefined) {
      this.reports.record(line.startsWith('POST ') ? { path, rawQuery, body } : { path, rawQuery });
      return reply('200 OK', { mediaType: 'text/plain', body: '' });
    }
    const document = this.#documents.get(target);
    if (document?.provesEventPath === true) {
      this.#documents.delete(target);
      this.reports.record({ path: EVENT_PATH_FETCH, rawQuery: '' });
    }
    return document === undefined
      ? reply('404 Not Found', { mediaType: 'text/plain', body: '' })
      : reply('200 OK', document);
  }
}

function reply(status: string, { mediaType, body }: Document): string {
  const head = [`HTTP/1.1 ${status}`, `Content-Type: ${mediaType}`, `Content-Length: ${Buffer.byteLength(body)}`];
  return `${head.join('\r\n')}\r\nConnection: close\r\n\r\n${body}`;
}
