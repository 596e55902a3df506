import { expect, test } from 'vitest';
import { createPhoneUrlCheck } from '../../src/transport/phone-urls.ts';
import { testGateway } from '../support/gateway.ts';
import { says, scriptedPhone } from '../support/scripted-phone.ts';

const own = () => [{ host: '192.0.2.10', port: 4000 }];
const check = createPhoneUrlCheck({ hosts: null, own });
const listed = createPhoneUrlCheck({ hosts: ['files.example', '192.0.2.0/24'], own });
const push = (text: string) =>
  check('pushXml', { document: `<SnomIPPhoneText><Text>${text}</Text></SnomIPPhoneText>` });

test.each([
  'http://127.0.0.1/command.htm?key=1',
  'http://127.1/x',
  'http://0x7f000001/x',
  'http://2130706433/x',
  'https://[::1]/x',
  'http://[::ffff:127.0.0.1]/x',
  'http://localhost/x',
  'http://LOCALHOST./x',
  'http://phone.localhost/x',
  'http://169.254.169.254/latest/meta-data',
  'http://[fd00:ec2::254]/x',
  'tftp://169.254.169.254/x',
  'http://0.0.0.0/x',
  'http://user@127.0.0.1/x',
  'http&#58;//127.0.0.1/x',
  'http:&#x2f;/127.0.0.1/x',
  'http://127.0.0.1&#47;x',
  'http://１２７.0.0.1/x',
  'http://192.0.2.10:4000/graphql',
  'http://192.0.2.10:4000/a/token/x',
  'http:\\\\127.0.0.1\\x',
  'http:/127.0.0.1/x',
  'http:////127.0.0.1/x',
  // What the phone itself fills in, or reads in its own way.
  'http://$ip/servlet?number=0900123',
  'http://$local_ip/command.htm?number=0900123',
  'http://%24ip/x',
  'http://{{ip}}/x',
  'http://$remote@files.example/x',
  'http://[fe80::1%25eth0]/x',
  'http://169.254.169.254:65616/x',
  'HTTPS://192.0.2.10:4000/graphql',
])('a phone is not told to fetch %s', (url) => {
  expect(push(url)).toMatchObject({ code: 'POLICY_DENIED', rule: 'phoneUrls' });
  expect(
    check('upgradeFirmware', { url: url.replace('&#58;', ':').replace('&#x2f;', '/').replace('&#47;', '/') }),
  ).not.toBeNull();
});

test.each([
  'http://files.example/fw.bin',
  'https://8.8.8.8/fw.bin',
  'http://192.0.2.20/menu.xml',
  'http://192.0.2.10:4000/d/token',
  'http://192.0.2.10:8080/menu.xml',
  'http://files.example/menu.xml?caller=$remote',
  'http://menu_1.files-2.example/x',
  'http://bücher.example/x',
  'snom://mb_exit',
  'see http and 127.0.0.1',
])('a phone may be told %s', (url) => {
  expect(push(url)).toBeNull();
});

test('where hosts are listed only they are allowed', () => {
  expect(listed('upgradeFirmware', { url: 'http://files.example/fw.bin' })).toBeNull();
  expect(listed('upgradeFirmware', { url: 'http://192.0.2.77/fw.bin' })).toBeNull();
  expect(listed('upgradeFirmware', { url: 'http://other.example/fw.bin' })).toMatchObject({ rule: 'phoneUrls' });
  expect(listed('upgradeFirmware', { url: 'http://8.8.8.8/fw.bin' })).toMatchObject({ rule: 'phoneUrls' });
});

test('settings may hold the gateway’s action URLs; texts that nobody fetches are not looked at', () => {
  const settings = (value: string) => check('writeSettings', { settings: [{ name: 'action_incoming_url', value }] });
  expect(settings('http://192.0.2.10:4000/a/token/incoming?id=$id')).toBeNull();
  expect(settings('http://192.0.2.10:4000/graphql')).not.toBeNull();
  expect(settings('http://127.0.0.1/x')).not.toBeNull();
  expect(check('showMessage', { title: 'x', text: 'http://127.0.0.1/' })).toBeNull();
});

test.each([
  'http://192.0.2.20/command.htm?number=0900123456',
  'http://admin:secret@192.0.2.20:80/command.htm?key=1',
  'http://3221226004/servlet?key=number=0900',
  'http://0xc0.0.2.20/x',
  'http://192.0.2<!-- x -->.20/x',
  'http://192.<![CDATA[0.2.20/x]]>',
  'http://[::ffff:192.0.2.20]/x',
  'http://Desk.example./command.htm',
  'https://[2001:db8::20]/x',
])('nor from a phone, its own pages or another’s: %s', (url) => {
  const phones = () => ['192.0.2.20', 'desk.example', '2001:db8::20'];
  const near = createPhoneUrlCheck({ hosts: null, own, phones });
  expect(near('pushXml', { document: `<A><fetch>${url}</fetch></A>` })).toMatchObject({ rule: 'phoneUrls' });
  expect(near('pushXml', { document: '<A><fetch>http://192.0.2.21/menu.xml</fetch></A>' })).toBeNull();
});

test('a key that fetches the page of another phone is no way to have that one dial', async () => {
  await using device = await scriptedPhone(says(''));
  await using running = await testGateway({ config: { allowedTargets: ['127.0.0.0/8', '192.0.2.0/24'] } });
  const phone = await running.addPhone({ address: device.origin });
  await running.addPhone({ name: 'Other', address: 'http://192.0.2.30' });
  const value = 'http://192.0.2.30/command.htm?number=0900123456';
  const given = await running.run(phone, { name: 'writeSettings', arguments: { settings: [{ name: 'x', value }] } });
  expect(given).toMatchObject({ status: 'FAILED', failure: { rule: 'phoneUrls' } });
  expect(device.requests).toEqual([]);
});

test('refused before traffic, recorded, and said in a dry run', async () => {
  await using device = await scriptedPhone(says(''));
  await using running = await testGateway();
  const phone = await running.addPhone({ address: device.origin });
  const request = { name: 'pushXml', arguments: { document: '<a>http://127.0.0.1/reboot</a>' } } as const;
  expect(await running.run(phone, request)).toMatchObject({ status: 'FAILED', failure: { rule: 'phoneUrls' } });
  const explained = await running.application.commands.explain(phone.id, request, running.caller);
  expect(explained).toMatchObject({ allowed: false, failure: { rule: 'phoneUrls' } });
  const toGateway = { name: 'pushXml', arguments: { document: `<a>${running.gateway.url}/graphql</a>` } } as const;
  expect(await running.run(phone, toGateway)).toMatchObject({ failure: { rule: 'phoneUrls' } });
  expect(device.requests).toEqual([]);
});
