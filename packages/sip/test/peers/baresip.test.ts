import {
  BARESIP,
  installed,
  KAMAILIO,
  PHONE_HOST,
  PROXY_HOST,
  startBaresip,
  startKamailio,
} from '@hookswitch/sip-peers/vitest';
import { describe, expect, test } from 'vitest';
import { bodyText } from '../../src/message/body.ts';
import { openAgent } from '../support/agents.ts';

const SDP = (host: string): string =>
  [
    'v=0',
    `o=- 1 1 IN IP4 ${host}`,
    's=-',
    `c=IN IP4 ${host}`,
    't=0 0',
    'm=audio 40000 RTP/AVP 0',
    'a=rtpmap:0 PCMU/8000',
    'a=inactive',
    '',
  ].join('\r\n');

describe.runIf(installed(...BARESIP))('baresip as a phone', () => {
  test('OPTIONS, MESSAGE, and NOTIFY, which it refuses without Subscription-State', async () => {
    await using phone = await startBaresip();
    await using own = await openAgent({ timers: { t1: 50 } });
    const uri = `sip:bob@${phone.host}:${phone.port}`;
    // Sent again until the phone is up.
    const options = await own.agent.request({ method: 'OPTIONS', uri });
    expect(options, phone.program.output).toMatchObject({ kind: 'answered', status: 200 });
    expect(options.kind === 'answered' && options.response.headers.list('allow')).toContain('NOTIFY');
    expect(await own.agent.request({ method: 'MESSAGE', uri, body: 'hello', contentType: 'text/plain' })).toMatchObject(
      { status: 200 },
    );
    expect(await own.agent.request({ method: 'NOTIFY', uri, headers: { Event: 'check-sync' } })).toMatchObject({
      status: 400,
    });
    const complete = { Event: 'check-sync', 'Subscription-State': 'terminated' };
    const accepted = await own.agent.request({ method: 'NOTIFY', uri, headers: complete });
    expect(accepted).toMatchObject({ kind: 'answered', status: 481 });
    expect(own.agent.statistics().received.malformed).toBe(0);
  });

  test('an INVITE that it answers by itself, a REFER whose progress it tells, and BYE', async () => {
    await using phone = await startBaresip();
    await using target = await openAgent({ host: '127.0.0.21' });
    await using own = await openAgent({ timers: { t1: 50 } });
    const progress: string[] = [];
    const outcome = await own.agent.openDialog({
      uri: `sip:bob@${phone.host}:${phone.port}`,
      headers: { 'Alert-Info': '<http://127.0.0.1>;info=alert-autoanswer;delay=0' },
      contentType: 'application/sdp',
      body: SDP('127.0.0.1'),
      onNotify: (request) => {
        progress.push(bodyText(request).trim());
        return { status: 200 };
      },
    });
    if (outcome.kind !== 'open') throw new Error(`${JSON.stringify(outcome)}: ${phone.program.output}`);
    expect(bodyText(outcome.response)).toContain('m=audio');
    const { host, port } = target.place('udp');
    const refer = await outcome.dialog.refer(`sip:123@${host}:${port}`);
    expect(refer, phone.program.output).toMatchObject({ kind: 'answered', status: 202 });
    // The one that it calls takes no calls: 405 comes back as the progress of the REFER.
    await expect.poll(() => progress.at(-1), { timeout: 4000 }).toMatch(/^SIP\/2\.0 405 /);
    expect(await outcome.dialog.bye()).toMatchObject({ kind: 'answered', status: 200 });
  });

  test.runIf(installed(...KAMAILIO))('registered at Kamailio, it is reached by its name', async () => {
    await using own = await openAgent({ credentials: () => ({ username: 'gateway', password: 'secret' }) });
    await using kamailio = await startKamailio({ login: { algorithm: 'MD5', password: 'secret' } });
    await using phone = await startBaresip({
      registrar: { host: PROXY_HOST, port: kamailio.port, password: 'secret' },
    });
    const uri = `sip:bob@${PROXY_HOST}:${kamailio.port}`;
    const message = () => own.agent.request({ method: 'MESSAGE', uri, body: 'hello', contentType: 'text/plain' });
    const status = async (): Promise<unknown> => {
      const outcome = await message();
      return outcome.kind === 'answered' ? outcome.status : outcome;
    };
    // 404 until it has registered.
    await expect.poll(status, { timeout: 5000, message: phone.program.output }).toBe(200);
    expect(PHONE_HOST).not.toBe(PROXY_HOST);
  });
});
