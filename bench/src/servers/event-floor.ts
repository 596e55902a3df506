/**
 * The floor of the event path, by hand: node:http, one file with a sync for all that came meanwhile, and a raw
 * WebSocket broadcast of the same bytes that the gateway sends.
 */
import { mkdtemp, open, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import { argument, serve } from './child.ts';

const { payload } = argument<{ readonly payload: string }>();
const directory = await mkdtemp(join(tmpdir(), 'hookswitch-floor-'));
const file = await open(join(directory, 'log'), 'a');
const waiting: { readonly line: string; readonly done: () => void }[] = [];
let writing = false;

async function write(): Promise<void> {
  writing = true;
  while (waiting.length > 0) {
    const group = waiting.splice(0);
    await file.appendFile(group.map(({ line }) => line).join(''));
    await file.datasync();
    for (const { done } of group) done();
  }
  writing = false;
}

const server = createServer((request, response) => {
  const number = /display_remote=(\d+)/.exec(request.url ?? '')?.[1] ?? '0';
  waiting.push({
    line: `${request.url}\n`,
    done: () => {
      const message = Buffer.from(payload.replace('NUMBER', number));
      for (const socket of sockets.clients) socket.send(message, { binary: false });
      response.writeHead(200, { 'content-length': 0 }).end();
    },
  });
  if (!writing) write().catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
});
const sockets = new WebSocketServer({ server });
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  serve({ url: `http://127.0.0.1:${port}` }, async () => {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
    await file.close();
    await rm(directory, { recursive: true, force: true });
  });
});
