import { expect, test } from 'vitest';
import { driver } from '../src/index.ts';
import { profile } from './support/fake-context.ts';
import { fixture } from './support/fixture.ts';

const text = (request: Partial<Parameters<typeof driver.provisioning>[0]> = {}): string =>
  driver.provisioning({ phone: profile(), actionUrls: [], gatewayHost: '192.0.2.10', ...request })?.text ?? '';

test('opens the phone to the gateway and sends its events there', () => {
  const url = 'http://192.0.2.10:8080/yealink/token/incoming_call?mac=$mac';
  expect(text({ actionUrls: [{ setting: 'action_url.incoming_call', url }] })).toBe(
    `${fixture('provisioning/gate.cfg')}\n`,
  );
  expect(driver.provisioning({ phone: profile(), actionUrls: [], gatewayHost: 'x' })?.mediaType).toBe(
    'text/plain; charset=utf-8',
  );
});

test('all 45 action URLs', () => {
  const phone = profile();
  const actionUrls = driver.actionUrls
    .settingsFor(phone)
    .map(({ setting, path, query }) => ({ setting, url: `http://192.0.2.10/a/t/${path}?${query}` }));
  expect(text({ actionUrls }).match(/^action_url\./gm)).toHaveLength(45);
});

test('a name is no address: the allow list is left to the reader, never opened to all', () => {
  const file = text({ gatewayHost: 'gateway.example' });
  expect(file).toContain('push_xml.server = gateway.example');
  expect(file).toContain('## features.action_uri_limit_ip =');
  expect(file).not.toMatch(/^features\.action_uri_limit_ip/m);
});

test('the push user is named, the password is not known here', () => {
  const phone = profile({ options: { pushUsername: 'pusher', pushPassword: 'hunter2' } });
  expect(text({ phone })).toContain('push_xml.username = pusher');
  expect(text({ phone })).not.toContain('hunter2');
});

test('a URL that does not fit is left out, and the file says so', () => {
  const file = text({ actionUrls: [{ setting: 'action_url.mute', url: `http://x/${'a'.repeat(511)}` }] });
  expect(file).toContain('## action_url.mute is left out: The URL has 520 characters');
  expect(file).not.toMatch(/^action_url\.mute =/m);
});

test('nothing can add a line of its own', () => {
  const file = text({
    gatewayHost: '192.0.2.10\nsecurity.user_password = admin:x',
    actionUrls: [{ setting: 'action_url.mute', url: 'http://x/\nsecurity.user_password = admin:x' }],
  });
  expect(file).not.toMatch(/^security/m);
});

test('a phone with a SIP URI takes XML by NOTIFY; whom to trust is left to the reader', () => {
  const file = text({ phone: profile({ reachableBy: { http: true, sip: true } }) });
  expect(file).toMatch(/^push_xml\.sip_notify = 1$/m);
  expect(file).toMatch(/^sip\.notify_reboot_enable = 0$/m);
  expect(file).toMatch(/^## sip\.trust_ctrl = 1$/m);
  expect(text()).not.toMatch(/sip/);
});
