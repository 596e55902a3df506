import { describe, expect, test } from 'vitest';
import { provisioning } from '../src/provisioning.ts';
import { parseXml } from '../src/wire/xml.ts';
import { profileOf } from './fake-context.ts';
import { fixture } from './fixture.ts';

const actionUrls = [
  { setting: 'action_incoming_url', url: 'http://gw.example/a/TOKEN/incoming?csta_id=$csta_id&remote=$remote' },
];

describe('provisioning file', () => {
  test('as templates have it', async () => {
    const { mediaType, text } = provisioning({ phone: await profileOf(), actionUrls, gatewayHost: 'gw.example' });
    expect(mediaType).toBe('application/xml');
    expect(text.trimEnd()).toBe(fixture('provisioning.xml'));
  });

  test('a D8xx gets no switches of a remote control that it does not have', async () => {
    const phone = await profileOf({ model: 'D862', firmware: '10.1.226.13' });
    const { text } = provisioning({ phone, actionUrls, gatewayHost: 'gw<&>' });
    const names = parseXml(text)?.children[0]?.children.map(({ name }) => name);
    expect(names).toEqual(['action_incoming_url', 'disconnected_url_on_reject', 'mb_trusted_hosts']);
    expect(text).toContain('gw&lt;&amp;&gt;');
  });

  test('uaCSTA is switched on where the phone is reached by SIP', async () => {
    const phone = await profileOf({ model: 'D862', firmware: '10.1.226.13', http: false, sip: true });
    expect(provisioning({ phone, actionUrls, gatewayHost: 'g' }).text).toContain('<csta_control perm="">on<');
  });

  test('no CSTA where the firmware has none', async () => {
    const phone = await profileOf({ model: '720', firmware: '8.7.2' });
    expect(provisioning({ phone, actionUrls, gatewayHost: 'g' }).text).not.toContain('csta_control');
  });
});
