import { describe, expect, test } from 'vitest';
import { capabilitiesFor } from '../../src/capabilities.ts';
import { type Answer, type FakePhone, fakeContext, profileOf, replyOf } from '../fake-context.ts';
import { answering, run } from '../run.ts';

const invalid = (argument: string) => ({ status: 'FAILED', failure: { code: 'INVALID_ARGUMENT', argument } });
const page = '/minibrowser.htm?url=http%3A%2F%2Fgw.example%3A4000%2Fd%2Fabc%3Fx%3D1';
const noCsta = { model: '720', firmware: '8.7.2' };

describe('pushXml', () => {
  const document = '<SnomIPPhoneText><Text>A &amp; B</Text></SnomIPPhoneText>';

  test('by XmlPush', async () => {
    const { sent, context } = await run('pushXml', { document });
    expect(sent).toEqual([
      '<XmlPush><document>&lt;SnomIPPhoneText&gt;&lt;Text&gt;A &amp;amp; B&lt;/Text&gt;&lt;/SnomIPPhoneText&gt;</document></XmlPush>',
    ]);
    expect(context.published).toEqual([]);
  });
  test('by the minibrowser, which fetches it, over a connection that is closed', async () => {
    const { sent, context } = await run('pushXml', { document }, { phone: noCsta });
    expect(sent).toEqual([page]);
    expect(context.published).toEqual([{ mediaType: 'text/xml; charset=utf-8', body: document }]);
    expect(context.requests[0]?.connection).toBe('close');
  });
  test.each(['', 'text', '<a>', '<a/><b/>', '<!DOCTYPE a><a/>'])('%s is refused', async (wrong) => {
    for (const phone of [{}, noCsta]) {
      const { outcome, sent, context } = await run('pushXml', { document: wrong }, { phone });
      expect(outcome).toMatchObject(invalid('document'));
      expect([sent, context.published]).toEqual([[], []]);
    }
  });
});

describe('showMessage', () => {
  test('makes a page of text', async () => {
    const { context } = await run(
      'showMessage',
      { title: 'Door', text: 'Open\nnow', timeoutSeconds: 5 },
      { phone: noCsta },
    );
    expect(context.published[0]?.body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><SnomIPPhoneText><Title>Door</Title><Text>Open<br/>now</Text><fetch mil="5000">snom://mb_exit</fetch></SnomIPPhoneText>',
    );
  });
  test.each([
    [{ title: '', text: '', beep: true }, 'beep'],
    [{ title: '', text: '', timeoutSeconds: 0 }, 'timeoutSeconds'],
  ])('%o is refused', async (command, argument) => {
    expect((await run('showMessage', command)).outcome).toMatchObject(invalid(argument));
  });
});

describe('setLed', () => {
  test.each([
    ['D785', 'FUNCTION_1', '5'],
    ['D335', 'FUNCTION_3', '4'],
    ['D713', 'FUNCTION_1', '1'],
    ['320', 'FUNCTION_1', '1'],
    ['D785', 'snom:P2', '6'],
    ['D785', 'MESSAGE', '0'],
  ])('%s: %s is LED %s', async (model, key, number) => {
    const { sent, context } = await run('setLed', { key, light: 'ON', color: 'RED' }, { phone: { model } });
    expect(sent).toEqual([page]);
    expect(context.published[0]?.body).toContain(`<Led number="${number}" color="red">On</Led>`);
    expect(context.requests[0]?.connection).toBe('close');
  });
  test.each([
    [{ key: 'HOLD', light: 'ON' }, 'key'],
    [{ key: 'FUNCTION_25', light: 'ON' }, 'key'],
    [{ key: 'FUNCTION_1', light: 'ON', color: 'BLUE' }, 'color'],
  ] as const)('%o is refused', async (command, argument) => {
    const { outcome, sent } = await run('setLed', command);
    expect(outcome).toMatchObject(invalid(argument));
    expect(sent).toEqual([]);
  });
  test('labels and actions are for another transport', async () => {
    const command = { key: 'FUNCTION_1', light: 'ON' } as const;
    expect((await run('setLed', { ...command, label: 'A' })).outcome.status).toBe('NOT_HERE');
    expect((await run('setLed', { ...command, onPress: { kind: 'DIAL', target: '1' } })).outcome.status).toBe(
      'NOT_HERE',
    );
  });
});

describe('screen', () => {
  async function screenOf(phone: FakePhone, answer?: Answer) {
    const profile = await profileOf(phone);
    const context = fakeContext(profile, answer === undefined ? {} : { answer });
    const outcome = await capabilitiesFor(profile).SCREEN?.[0].screen(context);
    return { outcome, targets: context.requests.map(({ target }) => target) };
  }

  test('as a picture', async () => {
    const { outcome, targets } = await screenOf({}, () => replyOf(200, 'BM…'));
    expect(outcome).toMatchObject({ status: 'ACCEPTED', value: { mediaType: 'image/bmp' } });
    expect(targets).toEqual(['/screen.bmp']);
  });
  test.each(['820', '821'])('of a %s the line info layer is fixed first', async (model) => {
    expect((await screenOf({ model })).targets).toEqual(['/command.htm?FIX_LIL=true', '/screen.bmp']);
    const refused = await screenOf({ model }, answering('FIX_LIL', replyOf(500)));
    expect([refused.outcome?.status, refused.targets.length]).toEqual(['FAILED', 1]);
  });
  test('other formats, and none', async () => {
    const png = { ...replyOf(200), bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47) };
    expect((await screenOf({}, () => png)).outcome).toMatchObject({ value: { mediaType: 'image/png' } });
    expect((await screenOf({}, () => replyOf(200, '<html>'))).outcome).toMatchObject({
      failure: { code: 'PHONE_REJECTED' },
    });
    expect((await screenOf({}, () => replyOf(404))).outcome).toMatchObject({ status: 'NOT_HERE' });
  });
});
