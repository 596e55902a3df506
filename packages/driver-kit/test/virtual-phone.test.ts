import { expect, test } from 'vitest';
import { VirtualExchange } from '../src/virtual/index.ts';
import { ExamplePhone } from './support/example-phone.ts';
import { send } from './support/http.ts';
import { startServer } from './support/phone-server.ts';

test('a phone made of the parts: a key by HTTP answers the call, action URLs and the light tell of it', async () => {
  await using gateway = await startServer();
  using exchange = new VirtualExchange();
  const customer = exchange.addParty({ number: '+4930123' });
  await using phone = new ExamplePhone(exchange, '1001');
  for (const event of ['incoming', 'answered', 'ended']) {
    phone.settings.set(`url.${event}`, `${gateway.address}/${event}?mac=$mac&r=$remote&id=$call_id`);
  }
  await phone.start();

  const call = customer.dial('1001');
  await gateway.requests.waitFor(({ path }) => path === '/incoming');
  expect(phone.lights.get('L1')?.state).toBe('blinking');
  expect((await send(phone.address, { target: '/servlet?key=OK' })).status).toBe(200);
  await gateway.requests.waitFor(({ path }) => path === '/answered');
  expect([call.state, phone.calls[0]?.state]).toEqual(['connected', 'connected']);
  customer.hangUp();
  await phone.lights.waitFor('L1', (light) => light?.state === 'off');
  await phone.actionUrls.idle();
  const targets = gateway.requests.all.map(({ target }) => target);
  expect(targets).toEqual(
    ['incoming', 'answered', 'ended'].map((event) => `/${event}?mac=02000000e001&r=+4930123&id=leg-2`),
  );
});

test('two phones speak with each other, and one of them on do not disturb does not', async () => {
  using exchange = new VirtualExchange();
  await using alice = new ExamplePhone(exchange, '1001');
  await using bob = new ExamplePhone(exchange, '1002');
  await Promise.all([alice.start(), bob.start()]);
  const third = exchange.addParty({ number: '1003' });
  bob.features.turn('dnd', true);
  const [reachesAlice, reachesBob] = [third.dial('1001'), third.dial('1002')];
  await exchange.settled();
  expect([reachesAlice.state, reachesBob.endReason]).toEqual(['ringing', 'busy']);
  await send(alice.address, { target: '/servlet?key=CANCEL' });
  expect(reachesAlice.endReason).toBe('remoteRejected');
});

test('its login can be changed while it runs', async () => {
  using exchange = new VirtualExchange();
  await using phone = new ExamplePhone(exchange, '1001');
  await phone.start();
  expect((await send(phone.address, { target: '/screen.bmp' })).body).toMatch(/^BM/);
  phone.login.settings.scheme = 'basic';
  phone.login.settings.credentials = [{ username: 'admin', password: 'x' }];
  expect((await send(phone.address)).headers['www-authenticate']).toBe('Basic realm="E1"');
  const authorization = `Basic ${Buffer.from('admin:x').toString('base64')}`;
  expect((await send(phone.address, { headers: { authorization } })).status).toBe(200);
});
