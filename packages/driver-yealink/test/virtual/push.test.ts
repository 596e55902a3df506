import { digestResponse } from '@hookswitch/driver-kit/virtual';
import { expect, test } from 'vitest';
import { fixture } from '../support/fixture.ts';
import { type Office, startOffice } from './support/office.ts';
import { sendRequest } from './support/raw-http.ts';

const xml = (root: string, inner: string, attributes = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><YealinkIPPhone${root} ${attributes}>${inner}</YealinkIPPhone${root}>`;

const execute = (...uris: readonly string[]) =>
  xml('Execute', uris.map((uri) => `<ExecuteItem URI="${uri}"/>`).join(''), 'Beep="no"');

const accepted = async (office: Office, body: string) => expect((await office.push(body)).status).toBe(200);

test('a text screen, as a paging server sends it', async () => {
  await using office = await startOffice();
  await accepted(office, fixture('xml-push/text-screen.xml'));
  expect([office.phone.screen.content.lines, office.phone.beeps]).toEqual([['Lunch', 'Soup & bread'], 1]);
  await office.press('X');
  expect(office.phone.screen.content.lines[0]).toBe('SIP-T54W');
});

test('configuration items change settings', async () => {
  await using office = await startOffice();
  await accepted(office, fixture('xml-push/configuration.xml'));
  expect(office.phone.settings.get('linekey.3.label')).toBe('Text');
  const url = `${office.receiver.address}/pushed`;
  await accepted(
    office,
    xml('Configuration', `<Item>action_url.dnd_on = ${url}?m=$mac&amp;x=1</Item><Item>a.b=%NULL%</Item>`),
  );
  await office.press('DNDOn');
  await office.receiver.received.waitFor(({ target }) => target === `/pushed?m=${office.phone.mac}&x=1`);
});

test('lamps: colours, flashing, off, and keys that are not there', async () => {
  await using office = await startOffice({ model: 'T41P', settings: { 'linekey.1.type': '16' } });
  const { lights } = office.phone;
  await accepted(office, fixture('xml-push/led.xml'));
  await accepted(office, execute('Led:LINE3_ORANGE=fastflash', 'Led:LINE16_RED=on', 'Led:LINE2_PINK=on'));
  expect([lights.get('LINE1'), lights.get('LINE3'), lights.get('LINE2'), lights.has('LINE16')]).toEqual([
    { state: 'on', color: 'RED' },
    { state: 'fastflash', color: 'ORANGE' },
    { state: 'off', color: undefined },
    false,
  ]);
  await accepted(office, execute('Led:LINE1_GREEN=off'));
  expect(lights.get('LINE1')?.state).toBe('off');
  office.phone.quirks.ledOffClearsAnyColor = false;
  await accepted(office, execute('Led:LINE3_GREEN=off'));
  expect(lights.get('LINE3')?.state).toBe('fastflash');
  await accepted(office, execute('Led:LINE3_ORANGE=off'));
  expect(lights.get('LINE3')?.state).toBe('off');
});

test('an Execute dials, answers, hangs up, fetches and does nothing', async () => {
  await using office = await startOffice();
  office.exchange.addParty({ number: '*09' });
  await accepted(office, fixture('xml-push/dial.xml'));
  expect(office.phone.calls[0]?.remote.number).toBe('*09');
  await accepted(office, execute('', 'Key:Goodbye'));
  expect(office.phone.calls).toEqual([]);
  for (const key of ['Headset', 'LINE1']) {
    const call = office.colleague.dial('1001');
    await office.exchange.settled();
    await accepted(office, execute(`Key:${key}`));
    expect([key, call.state]).toEqual([key, 'connected']);
    office.colleague.hangUp();
    await office.exchange.settled();
  }
  office.receiver.pages.set('/next', xml('TextScreen', '<Title>Next</Title><Text>page</Text>'));
  await accepted(office, execute(`${office.receiver.address}/next`));
  await office.phone.pushed.waitFor(({ title }) => title === 'Next');
});

test('both forms of the body, and the path of the older family', async () => {
  await using office = await startOffice();
  const bare = execute('Led:LINE2_RED=on');
  await accepted(office, bare);
  const aastra = await sendRequest(office.phone.address, 'POST /', { body: `xml=${execute('Led:LINE3_RED=on')}` });
  expect([aastra.status, office.phone.lights.get('LINE2')?.state, office.phone.lights.get('LINE3')?.state]).toEqual([
    200,
    'on',
    'on',
  ]);
  office.phone.quirks.pushAtRoot = false;
  expect((await sendRequest(office.phone.address, 'POST /', { body: bare })).status).toBe(404);
});

test("a push to the bare servlet is one client's form: by switch, with the login of the web pages", async () => {
  await using office = await startOffice();
  const authorization = `Basic ${Buffer.from('admin:admin').toString('base64')}`;
  const send = (headers: Readonly<Record<string, string>>) =>
    sendRequest(office.phone.address, 'POST /servlet', { headers, body: execute('Led:LINE2_RED=on') });
  expect((await send({ authorization })).status).toBe(404);
  office.phone.quirks.pushAtBareServlet = true;
  expect([(await send({})).status, (await send({ authorization })).status]).toEqual([401, 200]);
});

test('who is not in push_xml.server gets a 403', async () => {
  await using office = await startOffice({ settings: { 'push_xml.server': '192.0.2.10' } });
  expect((await office.push(fixture('xml-push/led.xml'))).status).toBe(403);
  office.phone.settings.set('push_xml.server', '');
  expect((await office.push(fixture('xml-push/led.xml'))).status).toBe(403);
  expect(office.phone.pushed.count).toBe(0);
});

test('with a user name set it wants Digest, and not the login of the web pages', async () => {
  await using office = await startOffice({ settings: { 'push_xml.username': 'push', 'push_xml.password': 'geheim' } });
  const { headers, status } = await office.push(fixture('xml-push/led.xml'));
  expect(status).toBe(401);
  const challenge = headers['www-authenticate'] ?? '';
  expect(challenge).toMatch(/^Digest realm="Yealink SIP-T54W", nonce="[0-9a-f]+", algorithm=MD5, qop="auth"$/);
  const basic = await sendRequest(office.phone.address, 'POST /servlet?push=xml', {
    headers: { Authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` },
    body: fixture('xml-push/led.xml'),
  });
  expect(basic.status).toBe(401);
  const nonce = /nonce="([0-9a-f]+)"/.exec(challenge)?.[1] ?? '';
  const given = {
    username: 'push',
    realm: 'Yealink SIP-T54W',
    nonce,
    uri: '/servlet?push=xml',
    nc: '00000001',
    cnonce: 'c',
    qop: 'auth',
  };
  const response = digestResponse({ ...given, password: 'geheim', method: 'POST', algorithm: 'MD5' });
  const Authorization = `Digest username="push", realm="${given.realm}", nonce="${nonce}", uri="${given.uri}", nc=00000001, cnonce="c", qop=auth, response="${response}"`;
  const signed = await sendRequest(office.phone.address, 'POST /servlet?push=xml', {
    headers: { Authorization },
    body: fixture('xml-push/led.xml'),
  });
  expect([signed.status, office.phone.lights.get('LINE1')?.color]).toEqual([200, 'RED']);
});

test('10,000 bytes are taken and one more is not, counted in bytes', async () => {
  await using office = await startOffice();
  const empty = xml('TextScreen', '<Text></Text>');
  const filled = (bytes: number) =>
    empty.replace(
      '<Text>',
      `<Text>${'ü'.repeat((bytes - empty.length) >> 1)}${bytes % 2 === empty.length % 2 ? '' : 'x'}`,
    );
  expect(Buffer.byteLength(filled(10_000))).toBe(10_000);
  await accepted(office, `xml=${filled(10_000)}`);
  expect((await office.push(`xml=${filled(10_001)}`)).status).toBe(413);
});

test.each([
  ['not well-formed', '<YealinkIPPhoneTextScreen><Text>'],
  [
    'with a DOCTYPE',
    '<!DOCTYPE x [<!ENTITY a "b">]><YealinkIPPhoneTextScreen><Text>&a;</Text></YealinkIPPhoneTextScreen>',
  ],
  ['of another family', '<AastraIPPhoneTextScreen><Text>x</Text></AastraIPPhoneTextScreen>'],
  ['empty', ''],
])('a document that is %s is refused', async (_, body) => {
  await using office = await startOffice();
  expect((await office.push(body)).status).toBe(400);
  expect(office.phone.pushed.count).toBe(0);
});

test('numbers are not made into numbers, and entities are read', async () => {
  await using office = await startOffice();
  office.exchange.addParty({ number: '0049123' });
  await accepted(office, execute('Dial:0049123'));
  expect(office.phone.calls[0]?.remote.number).toBe('0049123');
  await accepted(office, xml('TextScreen', '<Title>007</Title><Text>a &lt; b &#228; &amp;amp;</Text>'));
  expect([office.phone.pushed.last?.title, office.phone.pushed.last?.lines]).toEqual(['007', ['a < b ä &amp;']]);
});

test('in a call a push is dropped, refused or kept, if the setting says so', async () => {
  await using office = await startOffice();
  office.phone.settings.set('push_xml.block_in_calling', '1');
  await accepted(office, execute('Led:LINE9_RED=on'));
  await office.press('number=1002');
  await accepted(office, execute('Led:LINE9_RED=off'));
  office.phone.quirks.pushWhileBlocked = 'refused';
  expect((await office.push(execute('Led:LINE9_RED=off'))).status).toBe(403);
  office.phone.quirks.pushWhileBlocked = 'deferred';
  await accepted(office, execute('Led:LINE9_GREEN=on'));
  expect(office.phone.lights.get('LINE9')).toEqual({ state: 'on', color: 'RED' });
  await office.press('CALLEND');
  expect(office.phone.lights.get('LINE9')).toEqual({ state: 'on', color: 'GREEN' });
});

test('a status stands on the idle screen until its time is over', async () => {
  await using office = await startOffice({ secondMs: 1 });
  const status = fixture('xml-push/status.xml');
  await accepted(office, status);
  expect([office.phone.screen.content.lines.includes('Back at 3'), office.phone.beeps]).toEqual([true, 1]);
  await accepted(office, status.replace('Timeout="0"', 'Timeout="5"').replace('Beep="yes"', 'Beep="no"'));
  const isGone = () => !office.phone.screen.content.lines.includes('Back at 3');
  await expect.poll(isGone).toBe(true);
  expect(office.phone.beeps).toBe(1);
});

test('a menu: DOWN and OK choose, soft keys act', async () => {
  await using office = await startOffice();
  office.receiver.pages.set('/two.xml', xml('FormattedTextScreen', '<Line Size="large">Two</Line>'));
  const menu = fixture('xml-push/text-menu.xml').replaceAll('http://192.0.2.10', office.receiver.address);
  await accepted(office, menu);
  expect(office.phone.screen.content.lines).toEqual(['Menu', '>One', ' Two', 'Go Exit']);
  await office.press('DOWN');
  await office.press('OK');
  await office.phone.pushed.waitFor(({ lines }) => lines[0] === 'Two');
  await accepted(office, menu);
  await office.press('F4');
  expect(office.phone.screen.content.lines[0]).toBe('SIP-T54W');
  await accepted(office, menu);
  await office.press('F1');
  expect(office.phone.calls[0]?.remote.number).toBe('1002');
});

test('an input screen sends what was typed', async () => {
  await using office = await startOffice();
  const url = `${office.receiver.address}/in`;
  await accepted(
    office,
    xml(
      'InputScreen',
      `<Title>Code</Title><Prompt>PIN</Prompt><URL>${url}</URL><Parameter>pin</Parameter>`,
      'type="number"',
    ),
  );
  await office.press('4;2;OK');
  await office.receiver.received.waitFor(({ target }) => target === '/in?pin=42');
});
