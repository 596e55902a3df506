import type { ProvisioningRequest, ProvisioningText } from '@hookswitch/core';
import { urlObjection } from './action-urls.ts';
import type { YealinkOptions } from './options.ts';

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$/;

/**
 * Who may command the phone: the gateway and nobody else. The allow list of the Action URI takes IPv4 addresses only
 * (`*` for an octet); a name in it would shut everybody out, so it is left to whoever reads the file.
 */
function gate(host: string): readonly string[] {
  const allowed = IPV4.test(host)
    ? [`features.action_uri_limit_ip = ${host}`]
    : [
        `## Put the IPv4 address of ${host} here, as the phone sees it; a name is not understood and blank refuses all:`,
        '## features.action_uri_limit_ip =',
      ];
  return [
    'features.action_uri.enable = 1',
    ...allowed,
    'features.show_action_uri_option = 0',
    `push_xml.server = ${host}`,
  ];
}

/**
 * What a NOTIFY needs. Whom to trust is left to whoever reads the file: the allow list does not hold for SIP, and only
 * they know whether the gateway sends through the phone's SIP server.
 */
const BY_SIP: readonly string[] = [
  'push_xml.sip_notify = 1',
  'sip.notify_reboot_enable = 0',
  '## 1 has the phone obey a NOTIFY of its SIP server or outbound proxy only: right where the gateway sends through it. With 0 it',
  '## obeys everybody who reaches it by SIP, since features.action_uri_limit_ip does not hold there:',
  '## sip.trust_ctrl = 1',
];

function pushUser({ pushUsername }: YealinkOptions): readonly string[] {
  if (pushUsername === undefined) return [];
  return [
    `push_xml.username = ${pushUsername}`,
    '## The password is kept secret: set the one that the gateway has as pushPassword.',
    '## push_xml.password =',
  ];
}

/**
 * A configuration file for one phone (`<mac>.cfg`, or lines for the common file): it opens the phone to the gateway and
 * sends its events there. A URL that the phone cannot hold is left out, and a comment says so.
 */
export function provisioning(request: ProvisioningRequest<YealinkOptions>): ProvisioningText {
  const host = request.gatewayHost.replace(/[\s\p{Cc}]/gu, '');
  const urls = request.actionUrls.map(({ setting, url }) => {
    const objection = urlObjection(url);
    return objection === null ? `${setting} = ${url}` : `## ${setting} is left out: ${objection}`;
  });
  const { options, reachableBy } = request.phone;
  const bySip = reachableBy.sip ? BY_SIP : [];
  const lines = ['#!version:1.0.0.1', ...gate(host), ...bySip, ...pushUser(options), ...urls];
  return { mediaType: 'text/plain; charset=utf-8', text: `${lines.join('\n')}\n` };
}
