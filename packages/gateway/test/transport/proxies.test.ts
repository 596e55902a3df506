import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { says, scriptedPhone } from '../support/scripted-phone.ts';

const CHILD = new URL('./children/ask-phone.ts', import.meta.url).pathname;

test('phones and registrars are asked directly, whatever the environment says of proxies', async () => {
  let proxied = 0;
  const proxy = createServer((socket) => {
    proxied += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  await using phone = await scriptedPhone(says('{"result":{"Contacts":[]}}'));
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'];
  const proxies = Object.fromEntries(names.map((name) => [name, url]));
  const env = { ...process.env, ...proxies, NO_PROXY: '', no_proxy: '', NODE_USE_ENV_PROXY: '1' };
  const { stdout } = await promisify(execFile)(process.execPath, [CHILD, phone.origin], { env });
  proxy.close();
  expect({ proxied, stdout }).toEqual({ proxied: 0, stdout: '[200,0]' });
  expect(phone.requests.map(({ target }) => target)).toEqual(['/phone', '/RPC']);
});
