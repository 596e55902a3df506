import { expect, test } from 'vitest';
import { openAgent } from '../support/agents.ts';
import { UdpPeer } from '../support/udp-peer.ts';

const allows = (address: string): boolean => address === '127.0.0.2';

test('nothing is sent to an address that is not allowed', async () => {
  await using other = await UdpPeer.open('127.0.0.9');
  await using own = await openAgent({ allows });
  const outcome = await own.agent.request({ method: 'OPTIONS', uri: other.uri });
  expect(outcome).toMatchObject({ kind: 'not-sent', reason: 'NOT_ALLOWED', detail: '127.0.0.9 may not be sent to' });
});

test('nor by a Contact that a peer gave in a dialog', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using other = await UdpPeer.open('127.0.0.9');
  await using own = await openAgent({ allows });
  const opening = own.agent.openDialog({ uri: peer.uri, timeoutMs: 500 });
  const invite = await peer.nextRequest();
  peer.reply(invite, 200, { tag: 'phone', headers: [`Contact: <${other.uri}>`] });
  const outcome = await opening;
  if (outcome.kind === 'open') {
    expect(await outcome.dialog.info({ contentType: 'text/plain', body: 'x' })).toMatchObject({
      reason: 'NOT_ALLOWED',
    });
  }
  expect(other.unread).toBe(0);
});

test('each peer behind one proxy is asked for its own credentials', async () => {
  await using proxy = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent({
    proxy: `sip:127.0.0.2:${proxy.port}`,
    credentials: () => ({ username: 'gateway', password: 'secret' }),
  });
  const challenge = { headers: ['WWW-Authenticate: Digest realm="a", nonce="n", qop="auth"'] };
  const first = own.agent.request({ method: 'NOTIFY', uri: 'sip:101@phones.example' });
  proxy.reply(await proxy.nextRequest(), 401, challenge);
  const answered = await proxy.nextRequest();
  expect(answered.headers.get('authorization')).toContain('username="gateway"');
  proxy.reply(answered, 200);
  await first;
  const second = own.agent.request({ method: 'NOTIFY', uri: 'sip:102@phones.example' });
  const request = await proxy.nextRequest();
  expect(request.headers.get('authorization')).toBeUndefined();
  proxy.reply(request, 200);
  await second;
});
