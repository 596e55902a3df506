import { answer, installed, SIPP, type Sipp, send, startSipp } from '@hookswitch/sip-peers/vitest';
import { describe, expect, test } from 'vitest';
import { D862, sipGateway } from './support/sip-gateway.ts';

const KEYS = { keys: [{ key: 'VOLUME_UP' }] };

/** How many requests came, and how many different ones: retransmissions have the same Call-ID, CSeq and branch. */
function countOf(phone: Sipp): { readonly messages: number; readonly requests: number } {
  const all = phone.received();
  const names = all.map(({ callId, cseq, branch }) => `${callId} ${cseq} ${branch}`);
  return { messages: all.length, requests: new Set(names).size };
}

/** Digest, checked by sipp itself: 403 where the answer is wrong. */
const CHALLENGE = (algorithm: string): string => `
  <recv request="NOTIFY"/>
  ${send(`SIP/2.0 401 Unauthorized\nCOPIED\nWWW-Authenticate: Digest realm="phone", nonce="47ebe028cda119c35d48", algorithm=${algorithm}, qop="auth"`)}
  <recv request="NOTIFY">
    <action><verifyauth assign_to="valid" username="admin" password="secret"/></action>
  </recv>
  <nop hide="true" test="valid" next="good"/>
  ${answer(403)}
  <nop hide="true" next="end"/>
  <label id="good"/>
  ${answer(200)}
  <label id="end"/>`;

describe.runIf(installed(...SIPP))('sipp as a phone', () => {
  test.each(['udp', 'tcp'] as const)('that challenges, over %s: the phone’s own login opens it', async (transport) => {
    await using phone = await startSipp(CHALLENGE('MD5'), { transport });
    await using gateway = await sipGateway();
    const id = await gateway.addPhone({ ...D862, sipUri: phone.uri, username: 'admin', password: 'secret' });
    expect(await gateway.give('pressKeys', id, KEYS), phone.program.output).toMatchObject({
      status: 'ACCEPTED',
      transport: 'SIP_NOTIFY',
    });
    expect(await phone.program.exited, phone.program.output).toBe(0);
  });

  test('that finds the login wrong is not asked again', async () => {
    await using phone = await startSipp(CHALLENGE('MD5'));
    await using gateway = await sipGateway();
    const id = await gateway.addPhone({ ...D862, sipUri: phone.uri, username: 'admin', password: 'wrong' });
    expect(await gateway.give('pressKeys', id, KEYS), phone.program.output).toMatchObject({
      status: 'FAILED',
      failure: { code: 'PHONE_REJECTED', phoneStatus: 403 },
    });
    expect(countOf(phone)).toEqual({ messages: 2, requests: 2 });
  });

  test('that does not get the first datagram: it is sent again, and the phone has one request', async () => {
    await using phone = await startSipp(`<recv request="NOTIFY"/><recv request="NOTIFY"/>${answer(200)}`, {
      takesEach: true,
    });
    await using gateway = await sipGateway();
    const id = await gateway.addPhone({ ...D862, sipUri: phone.uri });
    expect(await gateway.give('pressKeys', id, KEYS), phone.program.output).toMatchObject({ status: 'ACCEPTED' });
    expect(await phone.program.exited, phone.program.output).toBe(0);
    expect(countOf(phone)).toEqual({ messages: 2, requests: 1 });
  });

  test('of which the answer is lost: the same request comes again, and its second answer counts', async () => {
    const lost = send('SIP/2.0 200 OK\nCOPIED', 'lost="100"');
    const scenario = `<recv request="NOTIFY"/>${lost}<recv request="NOTIFY"/>${answer(200)}`;
    await using phone = await startSipp(scenario, { takesEach: true });
    await using gateway = await sipGateway();
    const id = await gateway.addPhone({ ...D862, sipUri: phone.uri });
    expect(await gateway.give('pressKeys', id, KEYS), phone.program.output).toMatchObject({ status: 'ACCEPTED' });
    expect(await phone.program.exited, phone.program.output).toBe(0);
    expect(countOf(phone)).toEqual({ messages: 2, requests: 1 });
  });

  test('that takes its time: what is repeated meanwhile is one request', async () => {
    await using phone = await startSipp(`<recv request="NOTIFY"/><pause milliseconds="1200"/>${answer(200)}`);
    await using gateway = await sipGateway();
    const id = await gateway.addPhone({ ...D862, sipUri: phone.uri });
    expect(await gateway.give('pressKeys', id, KEYS), phone.program.output).toMatchObject({ status: 'ACCEPTED' });
    expect(await phone.program.exited, phone.program.output).toBe(0);
    expect(countOf(phone)).toEqual({ messages: 2, requests: 1 });
  });

  test('that says 100 and 183 before, and its answer three times: the next command gets its own', async () => {
    const early = `${send('SIP/2.0 100 Trying\nCOPIED')}${send('SIP/2.0 183 Progress\nCOPIED')}`;
    const scenario = `<recv request="NOTIFY"/>${early}${answer(200)}${answer(200)}${answer(200)}`;
    await using phone = await startSipp(scenario, { calls: 2 });
    await using gateway = await sipGateway();
    const id = await gateway.addPhone({ ...D862, sipUri: phone.uri });
    expect(await gateway.give('pressKeys', id, KEYS), phone.program.output).toMatchObject({ status: 'ACCEPTED' });
    expect(await gateway.give('pressKeys', id, KEYS), phone.program.output).toMatchObject({ status: 'ACCEPTED' });
    expect(await phone.program.exited, phone.program.output).toBe(0);
    expect(countOf(phone)).toEqual({ messages: 2, requests: 2 });
  });

  test('that never answers: UNKNOWN, or FAILED for what only reads, and never sent as a new request', async () => {
    const never = '<recv request="ANY"/><recv request="NONE"/>';
    await using phone = await startSipp(never.replace('ANY', 'NOTIFY'), { calls: 9 });
    await using reader = await startSipp(never.replace('ANY', 'OPTIONS'), { calls: 9 });
    await using gateway = await sipGateway('{}', 2);
    const id = await gateway.addPhone({ ...D862, sipUri: phone.uri });
    const acme = await gateway.addPhone({ name: 'ACME', vendor: 'acme', sipUri: reader.uri });
    const [command, reading] = await Promise.all([
      gateway.give('pressKeys', id, KEYS),
      gateway.ask<{ phoneInfo: unknown }>(
        'query ($id: ID!) { phoneInfo(phoneId: $id) { ... on Failure { code message } } }',
        { id: acme },
      ),
    ]);
    expect(command, phone.program.output).toMatchObject({ status: 'UNKNOWN', transport: 'SIP_NOTIFY', failure: null });
    expect(reading.phoneInfo).toMatchObject({ code: 'PHONE_UNREACHABLE' });
    // At 0, 0.5 and 1.5 seconds.
    expect(countOf(phone)).toEqual({ messages: 3, requests: 1 });
    expect(countOf(reader)).toEqual({ messages: 3, requests: 1 });
    expect(phone.received()[0]?.method).toBe('NOTIFY');
  });
});
