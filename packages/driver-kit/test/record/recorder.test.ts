import { describe, expect, test } from 'vitest';
import { conformance, type Recording } from '../../src/index.ts';
import { CollectingRunner } from '../support/collecting-runner.ts';
import { exampleDriver } from '../support/example-driver.ts';
import { exampleHarness, exampleSipPhone, SIP, WEB } from '../support/example-harness.ts';
import { exampleSipDriver, keyNotify } from '../support/example-sip-driver.ts';
import { CALLER, FACTS, recordedPhone } from '../support/recorded-phone.ts';

/** A driver that says that its first way to answer was seen. */
function seen(driver: typeof exampleDriver): typeof exampleDriver {
  return {
    ...driver,
    capabilitiesFor: (profile) => {
      const { ANSWER: [answer, ...others] = [], ...ladders } = driver.capabilitiesFor(profile);
      if (answer === undefined || profile.firmware === null) return ladders;
      return { ...ladders, ANSWER: [{ ...answer, evidence: 'VERIFIED', source: 'an E1 on a desk' }, ...others] };
    },
  };
}

/** Runs the cases of a recording. @returns what fails, by the names */
async function failuresOf(recording: Recording, bySip = false): Promise<readonly string[]> {
  const runner = new CollectingRunner();
  const harness = bySip
    ? exampleHarness(seen(exampleSipDriver), [exampleSipPhone({ name: 'E1' })])
    : exampleHarness(seen(exampleDriver));
  conformance(runner, { ...harness, recordings: [recording] });
  return [...(await runner.failures((name) => /recording|without proof/.test(name))).keys()];
}

const REPEATED = 'E1: the recording "an E1 answers" is repeated';

/** Records how an E1 is called, and answers by HTTP. */
async function recordedAnswer(): Promise<{ readonly recording: Recording; readonly arrived: number }> {
  await using at = await recordedPhone();
  await at.ring();
  expect(await at.ladders.ANSWER?.[0].answer({}, at.context)).toMatchObject({ status: 'ACCEPTED' });
  await at.settled();
  return { recording: at.recorder.recording(FACTS), arrived: at.gateway.reports.count };
}

describe('a recording over HTTP', () => {
  test('has what was said both ways, and no login', async () => {
    const { recording, arrived } = await recordedAnswer();
    expect(recording.exchanges).toEqual([{ request: { method: 'GET', target: '/?key=OK' }, reply: { status: 200 } }]);
    expect(arrived).toBe(2);
    expect(recording.reports?.map(({ path, vendorEvent }) => [path, vendorEvent])).toEqual([
      ['incoming', 'url.incoming'],
      ['answered', 'url.answered'],
    ]);
    expect(recording.reports?.[0]).toMatchObject({
      rawQuery: expect.stringMatching(/^mac=00005e005301&call_id=[^&]+&remote=2000000001$/),
      event: { type: 'CALL', callEventKind: 'INCOMING', call: { remote: { number: '2000000001' } } },
    });
    expect(recording.command).toEqual({ to: '2000000001' });
  });

  test('holds no password, no token of the gateway, no number, no address and no MAC', async () => {
    const text = JSON.stringify((await recordedAnswer()).recording);
    const secrets = [WEB.password, SIP.password, 'conformanceAAAAAAAAAAAAA', CALLER, '127.0.0.1', '02000000e001'];
    for (const secret of [...secrets, 'Digest', 'nonce', 'authorization']) expect(text).not.toContain(secret);
  });

  test('is repeated by the driver, and what was changed in it is not', async () => {
    const { recording } = await recordedAnswer();
    expect(await failuresOf({ ...recording, command: {} })).toEqual([]);
    const [exchange] = recording.exchanges;
    const [report] = recording.reports ?? [];
    if (exchange === undefined || report === undefined) throw new Error('There is one of each.');
    const { request, reply } = exchange;
    for (const changed of [
      { exchanges: [{ request, reply: { ...reply, status: 403 } }] },
      { exchanges: [{ request: { ...request, target: '/?key=ENTER' }, reply }] },
      { exchanges: [] },
      { reports: [{ ...report, path: 'answered' }] },
      { reports: [{ ...report, path: 'nothing' }] },
      { reports: [{ ...report, rawQuery: 'remote=2000000009' }] },
    ]) {
      expect(await failuresOf({ ...recording, ...changed })).toEqual([REPEATED]);
    }
  });

  test('keeps a picture as it is', async () => {
    await using at = await recordedPhone();
    await at.ladders.SCREEN?.[0].screen(at.context);
    const { command: _, ...facts } = { ...FACTS, capability: 'SCREEN', member: 'screen' };
    const { exchanges } = at.recorder.recording(facts);
    expect(exchanges).toMatchObject([{ request: { target: '/screen.bmp' }, reply: { status: 200 } }]);
    expect(
      Buffer.from(exchanges[0]?.reply.bodyBase64 ?? '', 'base64')
        .subarray(0, 2)
        .toString(),
    ).toBe('BM');
  });

  test('tells of a login that was refused in the end', async () => {
    await using at = await recordedPhone();
    at.phone.login.settings.credentials = [{ ...WEB, password: 'another-password' }];
    await expect(at.context.http.send({ method: 'GET', target: '/?key=OK' })).rejects.toThrow();
    expect(at.recorder.recording(FACTS).exchanges).toMatchObject([{ reply: { status: 401 } }]);
  });
});

describe.each([{}, { tcp: true as const }])('a recording over SIP, %j', (options) => {
  test('has the request and the response, is repeated, and no more once it is changed', async () => {
    await using at = await recordedPhone(options);
    await at.ring();
    expect(await at.context.sip.send(keyNotify('OK'))).toMatchObject({ status: 200 });
    await at.settled();
    expect(at.phone.sip.endpoint.requests.last).toMatchObject({ transport: options.tcp === true ? 'tcp' : 'udp' });
    const { reports: _, ...recording } = at.recorder.recording({ ...FACTS, rung: 'SIP_NOTIFY', command: {} });
    expect(recording.sip).toEqual([
      {
        request: {
          method: 'NOTIFY',
          headers: { event: 'example-key', 'subscription-state': 'terminated' },
          contentType: 'text/plain',
          body: 'key=OK',
        },
        reply: { status: 200, reason: 'OK' },
      },
    ]);
    expect(JSON.stringify(recording)).not.toMatch(/conformance-sip|Digest|nonce|127\.0\.0\.1/);
    expect(await failuresOf(recording, true)).toEqual([]);
    const [exchange] = recording.sip ?? [];
    if (exchange === undefined) throw new Error('There is one.');
    const { request, reply } = exchange;
    for (const sip of [
      [{ request, reply: { ...reply, status: 486 } }],
      [{ request: { ...request, body: 'key=CANCEL' }, reply }],
      [{ request: { ...request, headers: { event: 'talk' } }, reply }],
      [],
    ]) {
      expect(await failuresOf({ ...recording, sip }, true)).toEqual([REPEATED]);
    }
  });
});
