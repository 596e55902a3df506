import { failed, type HttpReply, phoneUnauthorized, TransportError, unknown } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../src/diagnose.ts';
import { type FakePhone, fakeContext, profileOf, replyOf } from './fake-context.ts';
import { fixture } from './fixture.ts';

interface Pages {
  readonly info?: HttpReply;
  readonly settings?: HttpReply;
  readonly csta?: (body: string) => HttpReply | undefined;
}

const healthy = `http_user!: admin\nhttp_scheme!: on\nuse_hidden_tags!: off\nrestrict_uri_queries&: off\nadmin_mode!: on\ncsta_control!: on\ncsta_legacy_control&: 2\ncall_join_xfer!: off\ndisconnected_url_on_reject&: on\n`;

async function codesOf(phone: FakePhone, { info, settings, csta }: Pages = {}) {
  const context = fakeContext(await profileOf(phone), {
    answer: ({ target, body }) => {
      if (target === '/info.htm') return info ?? replyOf(200, fixture('info-d785.html'));
      if (target === '/settings.htm') return settings ?? replyOf(200, healthy);
      return csta?.(body ?? '');
    },
  });
  const findings = await diagnose(context);
  for (const { severity, fix } of findings) expect(fix === null).toBe(severity === 'OK');
  for (const request of context.requests) expect(request.readOnly).toBe(true);
  return { codes: findings.map(({ code }) => code), findings, context };
}

describe('diagnosis', () => {
  test('a healthy phone', async () => {
    const { codes, context } = await codesOf({});
    expect(codes).toEqual(['DIGEST_AUTHENTICATION', 'CSTA_READY']);
    expect(context.requests.map(({ target }) => target)).toEqual(['/info.htm', '/settings.htm', '/csta']);
  });

  test('all that silently blocks control', async () => {
    const { codes } = await codesOf({}, { settings: replyOf(200, fixture('settings-dump.txt')) });
    expect(codes).toEqual([
      'DIGEST_AUTHENTICATION',
      'HIDDEN_TAGS_ON',
      'URI_QUERIES_RESTRICTED',
      'ADMIN_MODE_OFF',
      'CALL_JOIN_DIFFERS',
      'REJECT_FIRES_NO_EVENT',
      'CSTA_READY',
    ]);
  });

  test('CSTA switched off, and its dialect set otherwise', async () => {
    const settings = replyOf(
      200,
      healthy.replace('csta_control!: on', 'csta_control!: off').replace('control&: 2', 'control&: 0'),
    );
    const { codes } = await codesOf({}, { settings, csta: () => replyOf(404) });
    expect(codes).toEqual(['DIGEST_AUTHENTICATION', 'CSTA_CONTROL_OFF', 'CSTA_DIALECT_DIFFERS', 'CSTA_OFF']);
  });

  test('what nobody answers, or answers by no reason, is said all the same', async () => {
    const context = fakeContext(await profileOf({}), {
      answer: () => {
        throw new TransportError(unknown('Lost.'));
      },
    });
    expect((await diagnose(context)).map(({ code }) => code)).toEqual(['PHONE_UNREACHABLE']);
    expect((await codesOf({}, { info: replyOf(302) })).codes).toEqual(['REDIRECTED']);
    const fault = '<CSTAErrorCode><operation>invalidDeviceID</operation></CSTAErrorCode>';
    const { findings } = await codesOf({}, { csta: () => replyOf(200, fault) });
    expect(findings.at(-1)).toMatchObject({ code: 'CSTA_OFF', message: expect.stringContaining('The phone refused.') });
    const silent = await codesOf({}, { csta: () => replyOf(200, '<RequestSystemStatusResponse/>') });
    expect(silent.findings.at(-1)?.message).toBe('CSTA answers: no status.');
  });

  test('a transport that fails under CSTA is a finding, a bug is none', async () => {
    const failing = (error: Error) =>
      codesOf(
        {},
        {
          csta: () => {
            throw error;
          },
        },
      );
    expect((await failing(new TransportError(unknown('Cut.')))).findings.at(-1)).toMatchObject({
      code: 'CSTA_OFF',
      message: 'CSTA does not answer. Cut.',
    });
    const bug = new Error('A bug.');
    await expect(failing(bug)).rejects.toBe(bug);
  });

  test('accounts cannot differ from what the phone does not tell', async () => {
    const options = { accounts: '101@pbx.example' };
    const { codes } = await codesOf(
      { options },
      { csta: (body) => (body.includes('RequestSystemStatus') ? undefined : replyOf(404)) },
    );
    expect(codes).toEqual(['DIGEST_AUTHENTICATION', 'CSTA_READY']);
  });

  test('https only', async () => {
    const info = replyOf(307, '', { location: 'https://192.0.2.1/info.htm' });
    expect((await codesOf({}, { info })).codes).toEqual(['HTTPS_ONLY']);
    expect((await codesOf({}, { info: replyOf(302, '', { location: '/login' }) })).codes).toEqual(['REDIRECTED']);
  });

  test.each([
    ['the transport knows', { info: { ...replyOf(200, fixture('info-d785.html')), authentication: 'none' } as const }],
    ['the phone says so', { info: replyOf(200, `${fixture('info-d785.html')}PhoneHasNoHttpPassword`) }],
    ['no user is set', { settings: replyOf(200, healthy.replace('admin', '')) }],
  ])('an open phone: %s', async (_, pages) => {
    expect((await codesOf({}, pages)).codes).toEqual(['NO_PASSWORD', 'CSTA_READY']);
  });

  test('Basic authentication, by the challenge or by the setting', async () => {
    const info = { ...replyOf(200, fixture('info-d785.html')), authentication: 'basic' } as const;
    expect((await codesOf({}, { info })).codes).toContain('BASIC_AUTHENTICATION');
    const settings = replyOf(200, healthy.replace('http_scheme!: on', 'http_scheme!: off'));
    expect((await codesOf({}, { settings })).codes).toContain('BASIC_AUTHENTICATION');
  });

  test('settings that cannot be read are named', async () => {
    const { findings } = await codesOf({}, { settings: replyOf(404) });
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'SETTINGS_UNREADABLE', message: expect.stringContaining('use_hidden_tags') }),
    );
  });

  test('a D8xx, by its model and by its pages', async () => {
    expect((await codesOf({ model: 'D862' })).codes).toContain('NO_REMOTE_CONTROL');
    const pages = { info: replyOf(200, fixture('phone-manager.html')), csta: () => replyOf(404) };
    expect((await codesOf({ model: null }, pages)).codes).toContain('NO_REMOTE_CONTROL');
  });

  test('firmware: another one, an unknown one, a broken one', async () => {
    expect((await codesOf({ firmware: '10.1.2' })).codes).toContain('FIRMWARE_DIFFERS');
    expect((await codesOf({ model: '370', firmware: null })).codes).toEqual(
      expect.arrayContaining(['FIRMWARE_DIFFERS', 'FIRMWARE_UNKNOWN']),
    );
    expect((await codesOf({ model: '720', firmware: '8.7.2' })).codes).toContain('CSTA_BROKEN');
  });

  test('identities that the phone does not have', async () => {
    const csta = (body: string) =>
      body.includes('GetSwitchingFunctionDevices')
        ? replyOf(
            200,
            '<GetSwitchingFunctionDevicesResponse><deviceID>sip:101@h</deviceID></GetSwitchingFunctionDevicesResponse>',
          )
        : undefined;
    expect((await codesOf({ options: { accounts: '101@h,102@h' } }, { csta })).findings).toContainEqual(
      expect.objectContaining({ code: 'ACCOUNTS_DIFFER', message: expect.stringContaining('102@h') }),
    );
    expect((await codesOf({ options: { accounts: '101@h' } }, { csta })).codes).not.toContain('ACCOUNTS_DIFFER');
    // Devices that come in a message of their own reach nobody: then the settings tell.
    const later = (body: string) =>
      body.includes('GetSettings') ? replyOf(200, fixture('csta-get-settings.200.xml')) : undefined;
    const { findings } = await codesOf({ options: { accounts: '0101@pbx.example,102@h' } }, { csta: later });
    expect(findings).toContainEqual(
      expect.objectContaining({
        code: 'ACCOUNTS_DIFFER',
        message: 'The phone does not have 102@h, but 0101@pbx.example, +49103@pbx.example.',
      }),
    );
  });

  test('credentials that are refused, a lockout, no address', async () => {
    const profile = await profileOf();
    const context = fakeContext(profile, {
      answer: () => {
        throw new TransportError(failed(phoneUnauthorized('The phone refused the password.')));
      },
    });
    expect(await diagnose(context)).toMatchObject([{ code: 'PHONE_UNAUTHORIZED', severity: 'PROBLEM' }]);
    expect((await codesOf({}, { info: replyOf(403, fixture('error-page.html')) })).codes).toEqual([
      'PHONE_UNAUTHORIZED',
    ]);
    expect((await codesOf({ http: false })).codes).toEqual(['NO_HTTP_ADDRESS']);
  });

  test('another error is none of ours', async () => {
    const context = fakeContext(await profileOf(), {
      answer: () => {
        throw new RangeError('bug');
      },
    });
    await expect(diagnose(context)).rejects.toThrow(RangeError);
  });
});
