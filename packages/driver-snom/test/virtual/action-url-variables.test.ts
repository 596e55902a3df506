import { expect, test } from 'vitest';
import { Office, reporting } from './office.ts';
import { fixtureRows, rawServer } from './wire.ts';

test('the variables of a call, as Snom writes them', async () => {
  await using office = await Office.open();
  const names = [
    'local',
    'remote',
    'display_local',
    'active_url',
    'active_user',
    'active_host',
    'csta_id',
    'active_key',
    'nr_ongoing_calls',
  ];
  const query = [...names.map((name) => `${name}=$${name}`), 'empty=$longpress_key', 'call=$call-id'].join('&');
  const { phone } = await reporting(office, { identities: [{ number: '1001', displayName: 'Ann' }] }, query);
  office.party('+4930123').dial('1001');
  const { query: arrived } = await office.called('/action_incoming_url');
  expect(arrived).toBe(
    'local=1001@pbx.example&remote=+4930123@pbx.example&display_local=Ann&active_url=1001@pbx.example&active_user=1001' +
      `&active_host=pbx.example&csta_id=-1&active_key=P1&nr_ongoing_calls=1&empty=&call=${phone.calls[0]?.sipCallId}`,
  );
});

test('settings are variables too, but secrets are empty', async () => {
  await using office = await Office.open();
  const query =
    'i=$local_ip&m=$mac&h=$user_host1&n=$user_name[1]&p=$http_pass&t=$phone_type&v=$firmware_version&x=$nonsense';
  using gateway = await rawServer();
  const settings = { action_dnd_on_url: `${gateway.address}/on?${query}` };
  const phone = await office.phone({ login: { user: 'u', password: 'geheim' }, settings });
  phone.user.press('DND');
  const [head] = await gateway.heads.waitForCount(1);
  const mac = phone.mac.toUpperCase();
  expect(head?.split('\r\n')[0]).toBe(
    `GET /on?i=127.0.0.1&m=${mac}&h=pbx.example&n=1001&p=&t=snomD785&v=snomD785-SIP 10.1.33.33&x= HTTP/1.1`,
  );
});

test.each([
  [true, 'name=Jörg "Joe" & Söhne'],
  [false, `name=${encodeURIComponent('Jörg "Joe" & Söhne')}`],
])('display names raw: %s', async (rawDisplayNames, expected) => {
  await using office = await Office.open();
  using gateway = await rawServer();
  const settings = { action_incoming_url: `${gateway.address}/in?name=$display_remote` };
  await office.phone({ settings, quirks: { rawDisplayNames } });
  office.party('1002', { displayName: 'Jörg "Joe" & Söhne' }).dial('1001');
  const [head] = await gateway.heads.waitForCount(1);
  expect(head?.split('\r\n')[0]).toBe(`GET /in?${expected} HTTP/1.1`);
});

test('a variable in the path stands between $ and &, is empty where there is none of that name, and one in the place of the host stays', async () => {
  await using office = await Office.open();
  const { phone } = await reporting(office, {
    settings: {
      action_dnd_on_url: `${office.gateway.address}/$mac&/$nonsense&/$csta_id&/in?a=1`,
      action_dnd_off_url: `http://$phone_ip/in?a=1`,
    },
  });
  phone.user.press('DND');
  phone.user.press('DND');
  await office.quiet();
  expect(office.gateway.requests.all.map(({ target }) => target)).toEqual([`/${phone.mac.toUpperCase()}///in?a=1`]);
  expect(phone.actionUrls.history.all.map(({ event }) => event)).not.toContain('action_dnd_off_url');
});

test.each(fixtureRows('phone-user-agents.txt'))(
  'a %s with %s calls itself as documented',
  async (...[model = '', firmware = '', mac = '', agent = '']) => {
    await using office = await Office.open();
    const { phone } = await reporting(office, { model, firmware, mac });
    phone.user.press('DND');
    const { method, headers } = await office.called('/action_dnd_on_url');
    expect([method, headers['user-agent']]).toEqual(['GET', agent]);
  },
);
