import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { actionUrlBelow, GatewayStandIn } from '../../src/conformance/stand-in.ts';

async function open(): Promise<GatewayStandIn & AsyncDisposable> {
  const gateway = new GatewayStandIn();
  await gateway.start();
  return Object.assign(gateway, { [Symbol.asyncDispose]: () => gateway.stop() });
}

function ask(origin: string, target: string): Promise<string> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\n\r\n`));
    let received = '';
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString('utf8');
    });
    socket.on('end', () => resolve(received));
    socket.on('error', reject);
  });
}

test('a report is taken with raw spaces and UTF-8 in it, and answered by an empty 200', async () => {
  await using gateway = await open();
  const { url } = actionUrlBelow(gateway.origin, { setting: 's', path: 'incoming', query: 'remote=$remote' });
  const target = url.slice(gateway.origin.length).replace('$remote', 'Zoë + Anna & Co');
  expect(await ask(gateway.origin, target)).toMatch(/^HTTP\/1\.1 200 OK\r\n(?:.*\r\n)+\r\n$/);
  expect(gateway.reports.all).toEqual([{ path: 'incoming', rawQuery: 'remote=Zoë + Anna & Co' }]);
});

test('documents are served under the same addresses in each run, and nothing else is', async () => {
  await using gateway = await open();
  const { url } = await gateway.publisher().publish({ mediaType: 'text/xml', body: '<grüße/>' });
  const again = await gateway.publisher().publish({ mediaType: 'text/xml', body: '<grüße/>' });
  expect(again.url).toBe(url);
  expect(url.length).toBeLessThanOrEqual(120);
  expect(await ask(gateway.origin, url.slice(gateway.origin.length))).toMatch(
    /^HTTP\/1\.1 200 OK\r\n(?:.*\r\n)+\r\n<grüße\/>$/,
  );
  expect(await ask(gateway.origin, '/a/wrong/incoming')).toMatch(/^HTTP\/1\.1 404 /);
  expect(gateway.reports.count).toBe(0);
});
