import { answer, installed, SIPP, send, startSipp } from '@hookswitch/sip-peers/vitest';
import { describe, expect, test } from 'vitest';
import { bodyText } from '../../src/message/body.ts';
import { openAgent } from '../support/agents.ts';

/** The RFC's timers, ten times as fast. */
const QUICK = { t1: 50, t2: 400, t4: 500 };

const CHALLENGE = (realm: string): string => `
  <recv request="NOTIFY"/>
  ${send(`SIP/2.0 401 Unauthorized\nCOPIED\nWWW-Authenticate: Digest realm="${realm}", nonce="47ebe028cda119c35d48", algorithm=MD5, qop="auth"`)}
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
  test.each(['udp', 'tcp'] as const)('that challenges, over %s: it finds the answer right', async (transport) => {
    await using phone = await startSipp(CHALLENGE('phone'), { transport });
    await using own = await openAgent({ credentials: () => ({ username: 'admin', password: 'secret' }) });
    const outcome = await own.agent.request({ method: 'NOTIFY', uri: phone.uri, headers: { Event: 'check-sync' } });
    expect(outcome, phone.program.output).toMatchObject({ kind: 'answered', status: 200, challenge: null });
    expect(await phone.program.exited, phone.program.output).toBe(0);
  });

  test('that challenges, with a wrong password: it finds the answer wrong', async () => {
    await using phone = await startSipp(CHALLENGE('phone'));
    await using own = await openAgent({ credentials: () => ({ username: 'admin', password: 'wrong' }) });
    const outcome = await own.agent.request({ method: 'NOTIFY', uri: phone.uri });
    expect(outcome, phone.program.output).toMatchObject({ kind: 'answered', status: 403 });
  });

  test('that loses most of what comes: the request is sent again until it is taken', async () => {
    await using phone = await startSipp(`<recv request="MESSAGE" lost="60"/>${answer(200)}`);
    await using own = await openAgent({ timers: { ...QUICK, t2: 50 } });
    const outcome = await own.agent.request({ method: 'MESSAGE', uri: phone.uri, body: 'k=1' });
    expect(outcome, phone.program.output).toMatchObject({ kind: 'answered', status: 200 });
    expect(await phone.program.exited, phone.program.output).toBe(0);
  });

  test('that takes its time: what is repeated meanwhile is one request to it', async () => {
    await using phone = await startSipp(`<recv request="NOTIFY"/><pause milliseconds="600"/>${answer(200)}`);
    await using own = await openAgent({ timers: QUICK });
    const outcome = await own.agent.request({ method: 'NOTIFY', uri: phone.uri });
    expect(outcome, phone.program.output).toMatchObject({ kind: 'answered', status: 200 });
    expect(await phone.program.exited, phone.program.output).toBe(0);
  });

  test('that says 100 and 183 before, and its answer three times', async () => {
    const trying = send('SIP/2.0 100 Trying\nCOPIED');
    const scenario = `<recv request="INFO"/>${trying}${send('SIP/2.0 183 Progress\nCOPIED')}${answer(200)}${answer(200)}${answer(200)}`;
    await using phone = await startSipp(scenario);
    await using own = await openAgent();
    const outcome = await own.agent.request({ method: 'INFO', uri: phone.uri });
    expect(outcome, phone.program.output).toMatchObject({ kind: 'answered', status: 200 });
    expect(await phone.program.exited, phone.program.output).toBe(0);
    // Timer K holds the transaction for those that come again: none is a stray.
    await expect.poll(() => own.agent.statistics().received.responses).toBe(5);
    expect(own.agent.statistics().dropped.strayResponses).toBe(0);
  });

  test('that never answers: lost', async () => {
    await using phone = await startSipp('<recv request="NOTIFY"/><recv request="MESSAGE"/>');
    await using own = await openAgent({ timers: { t1: 10, t2: 80, t4: 100 } });
    expect(await own.agent.request({ method: 'NOTIFY', uri: phone.uri })).toEqual({
      kind: 'lost',
      reason: 'TIMEOUT',
      provisional: null,
    });
  });

  test('with uaCSTA: INVITE, ACK, INFO both ways, BYE', async () => {
    const scenario = `
      <recv request="INVITE">
        <action>
          <ereg regexp=".*" search_in="hdr" header="From:" assign_to="gateway"/>
          <ereg regexp="sip:[^>]*" search_in="hdr" header="Contact:" assign_to="contact"/>
        </action>
      </recv>
      ${send('SIP/2.0 180 Ringing\nCOPIED\nContact: &lt;sip:csta@[local_ip]:[local_port]&gt;'.replaceAll('&lt;', '<').replaceAll('&gt;', '>'))}
      ${send('SIP/2.0 200 OK\nCOPIED\nContact: <sip:csta@[local_ip]:[local_port]>', 'retrans="200"')}
      <recv request="ACK"/>
      <recv request="INFO"/>
      ${send('SIP/2.0 200 OK\nCOPIED_IN_DIALOG')}
      <send retrans="200"><![CDATA[
INFO [$contact] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:phone@[local_ip]:[local_port]>;tag=[pid]phone[call_number]
To:[$gateway]
Call-ID: [call_id]
CSeq: 1 INFO
Max-Forwards: 70
Content-Type: application/csta+xml
Content-Length: [len]

<DeliveredEvent/>]]></send>
      <recv response="200"/>
      <recv request="BYE"/>
      ${send('SIP/2.0 200 OK\nCOPIED_IN_DIALOG')}`;
    await using phone = await startSipp(scenario);
    await using own = await openAgent();
    const event = Promise.withResolvers<string>();
    const outcome = await own.agent.openDialog({
      uri: phone.uri,
      contentType: 'application/csta+xml',
      body: '<RequestSystemStatus/>',
      onInfo: (request) => {
        event.resolve(bodyText(request));
        return { status: 200 };
      },
    });
    if (outcome.kind !== 'open') throw new Error(`${outcome.kind}: ${phone.program.output}`);
    const info = await outcome.dialog.info({ contentType: 'application/csta+xml', body: '<MonitorStart/>' });
    expect(info, phone.program.output).toMatchObject({ kind: 'answered', status: 200 });
    expect(await event.promise).toBe('<DeliveredEvent/>');
    expect(await outcome.dialog.bye(), phone.program.output).toMatchObject({ kind: 'answered', status: 200 });
    expect(await phone.program.exited, phone.program.output).toBe(0);
  });
});
