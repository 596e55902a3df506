import { describe, expect, test } from 'vitest';
import { DEVICE, inEnvelope, NEW, OLD, ringing, run, SNOM, states, texts } from './csta-office.ts';
import { Office } from './office.ts';
import { ask, csta, exchange, fixture } from './wire.ts';

describe('as printed in the documents', () => {
  test('AnswerCall with a bare id, before 8.7: the very bytes of the request', async () => {
    await using office = await Office.open();
    const { phone, far, id } = await ringing(office, OLD);
    far.hangUp();
    far.dial('455455');
    await office.exchange.settled();
    expect([id, phone.calls[0]?.id]).toEqual(['-1', '-2']);
    const reply = await exchange(phone.address, fixture('csta-answer-call-bare-id.http'));
    await office.exchange.settled();
    expect([reply.status, reply.body]).toEqual([200, fixture('csta-answer-call-bare-id.200.xml')]);
    expect(reply.headers['content-type']).toMatch(/^text\/xml/);
    expect(states(phone)).toEqual(['455360 connected']);
  });

  test.each(['soap', 'bare'])('AnswerCall with a nested id, %s, from 8.7.3', async (shape) => {
    await using office = await Office.open();
    const { phone, id } = await ringing(office, NEW);
    const reply = await run(office, phone, fixture(`csta-answer-call-nested-id.${shape}.xml`).replace('-18', id));
    expect([reply.status, reply.body]).toEqual([200, fixture(`csta-answer-call-nested-id.${shape}.200.xml`)]);
    expect(states(phone)).toEqual(['455360 connected']);
  });

  test.each([
    [
      'legacy',
      OLD,
      '<csta:AnswerCall xmlns:csta="x"><csta:callToBeAnswered>-18</csta:callToBeAnswered></csta:AnswerCall>',
      true,
    ],
    ['soap', NEW, '<AnswerCall><callToBeAnswered><callID>-18</callID></callToBeAnswered></AnswerCall>', true],
    ['bare', NEW, '<AnswerCall><callToBeAnswered><callID>-18</callID></callToBeAnswered></AnswerCall>', false],
  ] as const)('the %s fault of a call that is not there', async (...[shape, options, request, hasEnvelope]) => {
    await using office = await Office.open();
    const { phone } = await ringing(office, options);
    const reply = await run(office, phone, hasEnvelope ? inEnvelope(request) : request);
    expect([reply.status, reply.body]).toEqual([500, fixture(`csta-fault-${shape}.500.xml`)]);
    expect(reply.raw).toMatch(/^HTTP\/1\.1 500 Internal Server Error\r\n/);
    expect(states(phone)).toEqual(['455360 ringing']);
  });

  test('the bare fault with the closing tag as it is printed', async () => {
    await using office = await Office.open();
    const { phone } = await ringing(office, { ...NEW, quirks: { mismatchedBareFault: true } });
    const reply = await run(office, phone, fixture('csta-answer-call-nested-id.bare.xml'));
    expect(reply.body).toBe(fixture('csta-fault-bare-as-printed.500.xml'));
  });

  test('RequestSystemStatus of edition 3 is answered in edition 5', async () => {
    await using office = await Office.open();
    const phone = await office.phone(NEW);
    const reply = await run(office, phone, fixture('csta-request-system-status.xml'));
    expect([reply.status, reply.body]).toEqual([200, fixture('csta-request-system-status.200.xml')]);
  });

  test('SnapshotDevice of a phone that rings', async () => {
    await using office = await Office.open();
    const { phone, id } = await ringing(office, NEW);
    const reply = await run(office, phone, fixture('csta-snapshot-device.xml'));
    const declaration = '<?xml version="1.0" encoding="utf-8"?>';
    expect(reply.body).toBe(declaration + fixture('csta-snapshot-device.200.xml').replace('-12', id));
  });

  test('SnapshotDevice of a call that rings at the far end: this phone is calling, it does not ring itself', async () => {
    await using office = await Office.open();
    const phone = await office.phone({ ...SNOM, ...NEW });
    office.party('455360');
    await run(office, phone, fixture('csta-make-call.xml'));
    expect(states(phone)).toEqual(['455360 ringing']);
    const reply = await run(office, phone, fixture('csta-snapshot-device.xml'));
    expect(texts(reply, 'localConnectionState')).toEqual(['initiated']);
  });

  test('MakeCall, with a positive id', async () => {
    await using office = await Office.open();
    const { phone } = await ringing(office, NEW);
    const reply = await run(office, phone, fixture('csta-make-call.xml'));
    expect(reply.body).toBe(`<?xml version="1.0" encoding="utf-8"?>${fixture('csta-make-call.200.xml')}`);
    expect(phone.callLists.dialed).toEqual([{ number: '455360', displayName: '' }]);
  });
});

describe('which dialect', () => {
  const bareId = (id: string) => inEnvelope(`<AnswerCall><callToBeAnswered>${id}</callToBeAnswered></AnswerCall>`);
  const nested = (id: string) =>
    inEnvelope(`<AnswerCall><callToBeAnswered><callID>${id}</callID></callToBeAnswered></AnswerCall>`);

  test.each([
    ['7.3.4', {}, [200, 500]],
    ['8.4.35', {}, [200, 500]],
    ['8.7.3', {}, [500, 200]],
    ['8.7.5.35', {}, [500, 200]],
    ['8.7.5.35', { csta_legacy_control: '0' }, [200, 500]],
    ['8.7.0', {}, [500, 500]],
    ['8.7.2', {}, [500, 500]],
    ['7.3.3', {}, [404, 404]],
  ])('%s with %o answers a bare and a nested id with %j', async (firmware, settings, expected) => {
    const statuses: number[] = [];
    for (const request of [bareId, nested]) {
      await using office = await Office.open();
      const { phone, id } = await ringing(office, { model: '320', firmware, settings });
      const reply = await run(office, phone, request(id));
      statuses.push(reply.status);
      expect(states(phone)).toEqual([reply.status === 200 ? '455360 connected' : '455360 ringing']);
    }
    expect(statuses).toEqual(expected);
  });

  test('8.7.0 to 8.7.2 answer nothing that can be read', async () => {
    await using office = await Office.open();
    const phone = await office.phone({ model: '320', firmware: '8.7.1' });
    expect((await csta(phone, fixture('csta-request-system-status.xml'))).body).toBe('');
  });

  test('old firmware needs the envelope and knows eight requests', async () => {
    await using office = await Office.open();
    const { phone, id } = await ringing(office, OLD);
    const unwrapped = `<AnswerCall><callToBeAnswered>${id}</callToBeAnswered></AnswerCall>`;
    expect((await run(office, phone, unwrapped)).status).toBe(500);
    for (const name of ['RequestSystemStatus', 'SnapshotDevice', 'GetForwarding', 'ConferenceCall', 'GenerateDigits']) {
      const reply = await run(office, phone, inEnvelope(`<${name}/>`));
      expect([name, reply.status, texts(reply, 'operation')]).toEqual([name, 500, ['Request Not Supported']]);
    }
  });

  test('8.7.3 has neither the requests of 8.7.4 nor identities by number', async () => {
    await using office = await Office.open();
    const phone = await office.phone({ ...SNOM, model: '720', firmware: '8.7.3.17' });
    expect((await run(office, phone, '<GetDoNotDisturb><device/></GetDoNotDisturb>')).status).toBe(500);
    expect(
      (await run(office, phone, '<SnapshotDevice><snapshotObject>1</snapshotObject></SnapshotDevice>')).status,
    ).toBe(500);
    const named = await run(
      office,
      phone,
      `<SnapshotDevice><snapshotObject>${DEVICE}</snapshotObject></SnapshotDevice>`,
    );
    expect(named.status).toBe(200);
  });

  test('ClearCall and the proprietary four need the envelope also where others do not', async () => {
    await using office = await Office.open();
    const { phone, id } = await ringing(office, NEW);
    const clear = `<ClearCall><callToBeCleared><callID>${id}</callID></callToBeCleared></ClearCall>`;
    for (const request of ['<GetSettings/>', '<FireTest/>', clear]) {
      expect((await run(office, phone, request)).status).toBe(500);
      expect((await run(office, phone, inEnvelope(request))).status).toBe(200);
    }
    expect(phone.calls).toEqual([]);
  });

  test('csta_control off refuses everything', async () => {
    await using office = await Office.open();
    const phone = await office.phone({ ...NEW, settings: { csta_control: 'off' } });
    expect((await csta(phone, fixture('csta-request-system-status.xml'))).status).toBe(403);
    phone.quirks.cstaRefusalStatus = 404;
    expect((await csta(phone, fixture('csta-request-system-status.xml'))).status).toBe(404);
  });

  test('a 1xx or 2xx has no CSTA, and GET is no way to ask', async () => {
    await using office = await Office.open();
    const old = await office.phone({ model: '190', firmware: '8.7.5.35' });
    expect((await csta(old, fixture('csta-request-system-status.xml'))).status).toBe(404);
    const phone = await office.phone({ ...NEW, identities: [{ number: '1002' }] });
    expect((await ask(phone, '/csta')).status).toBe(405);
  });

  test.each(['', 'nonsense', '<open>', '<Nonsense/>'])('"%s" is a fault', async (body) => {
    await using office = await Office.open();
    const phone = await office.phone(NEW);
    const reply = await csta(phone, body);
    expect([reply.status, texts(reply, 'operation').length]).toEqual([500, 1]);
  });
});
