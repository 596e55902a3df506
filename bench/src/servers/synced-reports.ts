import { mkdtemp, open, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from './child.ts';

/** A report of a phone that is on disk. */
export interface Report {
  /** Its target up to the query. */
  readonly path: string;
  /** The number of the event, see `targetOf`. */
  readonly number: string;
}

/** Takes reports of phones by hand: node:http, and one file with a sync for all that came meanwhile. */
export async function serveSyncedReports(
  onReport: (report: Report) => void,
  attach: (server: Server) => void | Promise<void>,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'hookswitch-floor-'));
  const file = await open(join(directory, 'log'), 'a');
  const waiting: { readonly line: string; readonly done: () => void }[] = [];
  let writing = false;
  const write = async (): Promise<void> => {
    writing = true;
    while (waiting.length > 0) {
      const group = waiting.splice(0);
      await file.appendFile(group.map(({ line }) => line).join(''));
      await file.datasync();
      for (const { done } of group) done();
    }
    writing = false;
  };
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    const number = /display_remote=(\d+)/.exec(url)?.[1];
    // What is not a report is for whoever is attached.
    if (number === undefined) return;
    waiting.push({
      line: `${url}\n`,
      done: () => {
        onReport({ path: url.slice(0, url.indexOf('?')), number });
        response.writeHead(200, { 'content-length': 0 }).end();
      },
    });
    if (!writing) write().catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  await attach(server);
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    serve({ url: `http://127.0.0.1:${port}` }, async () => {
      server.closeAllConnections();
      await file.close();
      await rm(directory, { recursive: true, force: true });
    });
  });
}
