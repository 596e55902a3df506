import { failed, phoneUnauthorized, phoneUnreachable, stateUnknown, TransportError, unknown } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { driver } from '../src/index.ts';
import { type Answer, fakeContext, profile } from './support/fake-context.ts';
import { fixture } from './support/fixture.ts';

const noPush = profile({ options: { xmlPush: false } });
const info = fixture('phonecfg/reply-v71.ini').replace('2.71.14.4', '66.86.0.15');

async function codes(answer: Answer | TransportError, phone = noPush): Promise<readonly string[]> {
  const context = fakeContext({ phone, answers: [answer] });
  const findings = await driver.diagnose(context);
  expect(context.requests).toHaveLength(1);
  expect(context.requests[0]).toMatchObject({ method: 'GET', readOnly: true });
  for (const { severity, fix } of findings) expect(fix === null).toBe(severity === 'OK');
  return findings.map(({ severity, code }) => `${severity} ${code}`);
}

describe('one question tells what stands in the way', () => {
  test.each<[string, Answer | TransportError, string]>([
    ['all well', { text: info }, 'OK ACTION_URI_OPEN'],
    ['not reachable', new TransportError(failed(phoneUnreachable('Refused.'))), 'PROBLEM UNREACHABLE'],
    ['wrong password', new TransportError(failed(phoneUnauthorized('No.'))), 'PROBLEM CREDENTIALS_REFUSED'],
    ['not on the allow list', { status: 403 }, 'PROBLEM ACTION_URI_REFUSED'],
    ['the prompt', { status: 403, text: 'Remote control forbidden' }, 'PROBLEM APPROVAL_PENDING'],
    ['locked', { status: 429, headers: { 'retry-after': '30' } }, 'PROBLEM LOCKED_OUT'],
    ['no phonecfg', { status: 404 }, 'NOTICE PHONECFG_MISSING'],
    ['something else', { text: '<html></html>' }, 'PROBLEM PHONECFG_UNREADABLE'],
    ['another failure', new TransportError(failed(stateUnknown('Odd.'))), 'PROBLEM ACTION_URI_FAILED'],
    ['no answer', new TransportError(unknown('Lost.')), 'PROBLEM NO_ANSWER'],
  ])('%s', async (_name, answer, expected) => {
    expect(await codes(answer)).toEqual([expected]);
  });

  test('what is no failure of the transport is one of the program, by HTTP and by SIP', async () => {
    const broken = new Error('A bug.');
    const byHttp = fakeContext({ phone: noPush });
    byHttp.http.send = () => Promise.reject(broken);
    await expect(driver.diagnose(byHttp)).rejects.toBe(broken);
    const bySip = fakeContext({ phone: profile({ reachableBy: { http: false, sip: true } }) });
    bySip.sip.send = () => Promise.reject(broken);
    await expect(driver.diagnose(bySip)).rejects.toBe(broken);
  });

  test('a firmware that cannot be read contradicts no model', async () => {
    const odd = { text: info.replace('66.86.0.15', 'new') };
    expect(await codes(odd, { ...noPush, firmware: null })).toEqual(['OK ACTION_URI_OPEN']);
  });

  test('a lock says how long to wait', async () => {
    const context = fakeContext({ phone: noPush, answers: [{ status: 429, headers: { 'retry-after': '30' } }] });
    expect((await driver.diagnose(context))[0]?.fix).toContain('30 seconds');
  });
});

describe('what the phone says against what is on record', () => {
  test('other firmware, other model, no account', async () => {
    const text = '[Status]\nFirmwareVersion=35.83.0.35\n[Accounts]\nAccount0=Disabled|||\n';
    expect(await codes({ text })).toEqual([
      'OK ACTION_URI_OPEN',
      'NOTICE FIRMWARE_DIFFERS',
      'NOTICE MODEL_DIFFERS',
      'NOTICE NO_ACCOUNT_ENABLED',
    ]);
  });

  test('options that the model cannot serve, and what cannot be read', async () => {
    const phone = profile({
      model: 'T57W',
      firmware: null,
      options: { answerKey: 'OK', keySequences: 'on' },
    });
    expect(await codes({ text: '[Status]\nFirmwareVersion=96.86.0.70\n' }, phone)).toEqual([
      'OK ACTION_URI_OPEN',
      'PROBLEM ANSWER_KEY_MISSING',
      'NOTICE KEY_SEQUENCES_NOT_TAKEN',
      'NOTICE XML_PUSH_UNTRIED',
    ]);
  });
});

describe('by SIP', () => {
  const bySip = profile({ options: { xmlPush: false }, reachableBy: { http: false, sip: true } });
  const NOTES = ['NOTICE SIP_CONTROL_UNTRIED', 'NOTICE CHECK_SYNC_MAY_RESTART'];

  test.each<[string, Answer | TransportError, string]>([
    ['it answers', { status: 200 }, 'OK SIP_ANSWERS'],
    ['it is busy', { status: 486 }, 'OK SIP_ANSWERS'],
    ['nobody is registered', { status: 404 }, 'PROBLEM SIP_REFUSED'],
    ['no way', new TransportError(failed(phoneUnreachable('No.'))), 'PROBLEM SIP_UNREACHABLE'],
    ['wrong password', new TransportError(failed(phoneUnauthorized('No.'))), 'PROBLEM SIP_CREDENTIALS_REFUSED'],
    ['no answer', new TransportError(unknown('Lost.')), 'PROBLEM SIP_NO_ANSWER'],
  ])('%s', async (_name, answer, expected) => {
    const context = fakeContext({ phone: bySip, answers: [answer] });
    const findings = await driver.diagnose(context);
    expect(findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual([expected, ...NOTES]);
    expect(context.requests).toEqual([]);
    expect(context.sipRequests).toEqual([{ method: 'OPTIONS', readOnly: true }]);
    for (const { severity, fix } of findings) expect(fix === null).toBe(severity === 'OK');
  });

  test('a phone on both ways is asked on both', async () => {
    const phone = profile({ reachableBy: { http: true, sip: true } });
    const context = fakeContext({ phone, answers: [{ text: info }, {}] });
    const findings = await driver.diagnose(context);
    expect(findings.map(({ code }) => code)).toEqual([
      'ACTION_URI_OPEN',
      'SIP_ANSWERS',
      'SIP_CONTROL_UNTRIED',
      'CHECK_SYNC_MAY_RESTART',
      'XML_PUSH_UNTRIED',
    ]);
    const fixes = findings.map(({ fix }) => fix).join(' ');
    for (const setting of ['sip.trust_ctrl', 'push_xml.sip_notify', 'sip.notify_reboot_enable']) {
      expect(fixes).toContain(setting);
    }
  });
});
