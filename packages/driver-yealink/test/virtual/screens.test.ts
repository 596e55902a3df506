import { expect, test } from 'vitest';
import { createVirtualYealinkPhone, profileOf } from '../../src/virtual/index.ts';
import { startOffice } from './support/office.ts';
import { sendRequest } from './support/raw-http.ts';

const xml = (root: string, inner: string, attributes = '') =>
  `<YealinkIPPhone${root} ${attributes}>${inner}</YealinkIPPhone${root}>`;
const softKey = (index: number, uri: string) =>
  `<SoftKey index="${index}"><Label>K${index}</Label><URI>${uri}</URI></SoftKey>`;
const execute = (...uris: readonly string[]) =>
  xml('Execute', uris.map((uri) => `<ExecuteItem URI="${uri}"/>`).join(''), 'Beep="no"');

test('soft keys while a number is typed: delete, and send', async () => {
  await using office = await startOffice();
  for (const key of ['1', '0', '0', '3', '4', 'F3']) await office.press(key);
  expect([office.phone.typed, office.phone.screen.content.lines[0]]).toEqual(['1003', '> 1003']);
  await office.press('F1');
  expect(office.phone.calls.map(({ remote }) => remote.number)).toEqual(['1003']);
});

test('soft keys without a call turn do not disturb over, and one that rings is rejected by them', async () => {
  await using office = await startOffice();
  await office.press('F3');
  expect(office.phone.features.isOn('dnd')).toBe(true);
  await office.push(execute('Key:SoftKey3'));
  expect(office.phone.features.isOn('dnd')).toBe(false);
  const call = office.colleague.dial('1001');
  await office.exchange.settled();
  await office.press('F4');
  expect(call.endReason).toBe('remoteRejected');
});

test('keys of an Execute: digits, and none that the phone does not have', async () => {
  await using office = await startOffice();
  await office.push(execute('Key:KeyPad4', 'Key:KeyPad*', 'Key:Nonsense'));
  expect(office.phone.typed).toBe('4*');
});

test('a line key that is set up but that the model does not have is not pressed', async () => {
  const keys = {
    'linekey.27.type': '13',
    'linekey.27.value': '1003',
    'linekey.28.type': '13',
    'linekey.28.value': '1002',
  };
  await using office = await startOffice({ model: 'T54W', settings: keys });
  await office.push(execute('Key:LINE28'));
  expect(office.phone.calls).toEqual([]);
  await office.push(execute('Key:LINE27'));
  expect(office.phone.calls.map(({ remote }) => remote.number)).toEqual(['1003']);
});

test('an input screen: digits, back space, and what was typed behind its address', async () => {
  await using office = await startOffice();
  const form = `<Title>Code</Title><Prompt>Code?</Prompt><URL>${office.receiver.address}/in?a=1</URL><Parameter>code</Parameter><Default>7</Default>`;
  await office.push(xml('InputScreen', `${form}${softKey(1, 'SoftKey:BackSpace')}${softKey(2, 'SoftKey:Submit')}`));
  for (const key of ['8', '9', 'F1']) await office.press(key);
  expect(office.phone.screen.content.lines).toContain('[78]');
  await office.press('F2');
  await office.receiver.received.waitFor(({ target }) => target === '/in?a=1&code=78');
});

test('an address of a soft key is fetched, one without does nothing, and leaving runs the action for it', async () => {
  await using office = await startOffice();
  const { address, received, pages } = office.receiver;
  pages.set('/gone', '<html>');
  const screen = (uri: string) =>
    xml('TextScreen', `<Title>T</Title><Text>x</Text>${softKey(1, uri)}`, `cancelAction="${address}/left"`);
  await office.push(screen(`${address}/gone`));
  await office.press('F2');
  await office.press('F1');
  await received.waitFor(({ target }) => target === '/gone');
  await office.push(screen('SoftKey:Exit'));
  await office.press('F1');
  await received.waitFor(({ target }) => target === '/left');
});

test('a page that is no object, or cannot be fetched, is a fault on the screen', async () => {
  await using office = await startOffice();
  office.receiver.pages.set('/odd', '<html>');
  await office.push(execute(`${office.receiver.address}/odd`));
  await expect.poll(() => office.phone.screen.content.lines, { timeout: 10_000 }).toContain('File format error!');
  await office.push(execute('http://127.0.0.1:9/x'));
  await expect
    .poll(() => office.phone.screen.content.lines, { timeout: 10_000 })
    .toContain('Can not connect to the server!');
});

test('a menu is chosen from by a soft key, and an image is shown by its address', async () => {
  await using office = await startOffice();
  const item = '<MenuItem><Prompt>Carl</Prompt><Dial>1003</Dial></MenuItem>';
  await office.push(xml('TextMenu', `<Title>M</Title>${item}${softKey(1, 'SoftKey:Select')}`));
  await office.press('F1');
  expect(office.phone.calls.map(({ remote }) => remote.number)).toEqual(['1003']);
  await office.push(xml('ImageScreen', '<Image>http://192.0.2.1/a.jpg</Image>'));
  expect(office.phone.pushed.last?.lines).toEqual(['http://192.0.2.1/a.jpg']);
});

test('who is sent on to somebody else is shown, and a second call is refused without call waiting', async () => {
  await using office = await startOffice();
  const { phone, colleague, third, exchange } = office;
  const call = colleague.dial('1001');
  await exchange.settled();
  phone.user.answer();
  await exchange.settled();
  phone.features.turn('callWaiting', false);
  const refused = third.dial('1001');
  await exchange.settled();
  expect(refused.endReason).toBe('busy');
  colleague.line.blindTransfer(call, '1003');
  await exchange.settled();
  expect(phone.calls[0]?.remote.number).toBe('1003');
});

test('a method that the servlet does not know, and a firmware that cannot be read', async () => {
  await using office = await startOffice();
  expect((await sendRequest(office.phone.address, 'PUT /servlet')).status).toBe(404);
  expect(profileOf('new')).toEqual(profileOf('2.70.0.90'));
});

test('a phone may be given its address, its port and faults of its server', async () => {
  await using phone = createVirtualYealinkPhone({ host: '127.0.0.3', port: 0, faults: { slowMs: 1 } });
  await phone.start();
  expect([phone.host, phone.faults.slowMs]).toEqual(['127.0.0.3', 1]);
});

test('OK leaves a screen that has nothing to choose', async () => {
  await using office = await startOffice();
  await office.push(xml('TextScreen', '<Text>Lunch</Text>'));
  expect(office.phone.screen.content.lines).toEqual(['Lunch']);
  await office.press('OK');
  expect(office.phone.screen.content.lines[0]).toBe('SIP-T54W');
});

test('a screen goes when its time is over', async () => {
  await using office = await startOffice({ secondMs: 1 });
  await office.push(xml('TextScreen', '<Text>Lunch</Text>', 'Timeout="5"'));
  expect(office.phone.pushed.last?.lines).toEqual(['Lunch']);
  await expect.poll(() => office.phone.screen.content.lines[0], { timeout: 10_000 }).toBe('SIP-T54W');
});
