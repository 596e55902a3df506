import type { VirtualExchange } from '@hookswitch/driver-kit/virtual';
import { createVirtualSnomPhone, VirtualSnomPhone } from '@hookswitch/driver-snom/virtual';
import { createVirtualYealinkPhone, openTo, type VirtualYealinkPhone } from '@hookswitch/driver-yealink/virtual';
import { rawIdOf } from '../../../gateway/src/graphql/ids.ts';
import type { GraphqlClient } from '../../src/graphql-client.ts';
import { WEB_LOGIN } from '../../src/people.ts';

/** A phone of the fleet, joined to the gateway. */
export interface FleetPhone {
  readonly number: string;
  readonly phone: VirtualSnomPhone | VirtualYealinkPhone;
  readonly kind: PhoneKind;
  /** The gateway's own id of it. */
  readonly id: string;
  /** Its id in the API. */
  readonly node: string;
  /** Whether the gateway can ask it which calls it has. */
  readonly canBeAsked: boolean;
  /** What names it in its action URLs. */
  readonly token: string;
}

/** One of the kinds of phone that the fleet has. */
export interface PhoneKind {
  readonly vendor: 'snom' | 'yealink';
  readonly model: string;
  readonly firmware: string;
  /** Its action URLs have no ids of calls. */
  readonly nameless: boolean;
}

/**
 * Both vendors, old and new: with CSTA and without (190 and 320 with old firmware), with keys that name a call and
 * without, with a touch display. No Yealink phone tells over HTTP which calls it has.
 */
export const KINDS: readonly PhoneKind[] = [
  { vendor: 'snom', model: 'D785', firmware: '10.1.33.33', nameless: false },
  { vendor: 'yealink', model: 'T54W', firmware: '96.85.0.5', nameless: false },
  { vendor: 'snom', model: '320', firmware: '8.4.35', nameless: false },
  { vendor: 'yealink', model: 'T46U', firmware: '108.86.0.45', nameless: false },
  { vendor: 'snom', model: '720', firmware: '8.9.3.80', nameless: false },
  { vendor: 'yealink', model: 'T42S', firmware: '66.81.0.110', nameless: false },
  { vendor: 'snom', model: '320', firmware: '8.4.35', nameless: true },
  { vendor: 'yealink', model: 'T48U', firmware: '108.85.0.39', nameless: false },
  { vendor: 'snom', model: '870', firmware: '8.7.5.35', nameless: false },
  { vendor: 'yealink', model: 'T28P', firmware: '2.73.0.50', nameless: true },
];

/** How long a phone is away when it restarts, milliseconds. */
export const BOOT_MS = 25_000;

const HOST = '127.0.0.1';
const ADD = `mutation ($input: AddPhoneInput!) {
  result: addPhone(input: $input) { __typename ... on Phone { id } ... on Failure { message } }
}`;
const CAPABILITIES = `query ($id: ID!) { phone(by: { id: $id }) { capabilities { capability } } }`;
const WRITE = `mutation ($id: ID!) { result: configureActionUrls(phoneId: $id) { status failure { message } } }`;

/** Makes a phone; it does nothing until it is started. */
export function createFleetPhone(
  { vendor, model, firmware }: PhoneKind,
  index: number,
  exchange: VirtualExchange,
): FleetPhone['phone'] {
  const number = String(1000 + index);
  const suffix = index.toString(16).padStart(6, '0');
  if (vendor === 'snom')
    return createVirtualSnomPhone({
      model,
      firmware,
      mac: `000413${suffix}`,
      exchange,
      host: HOST,
      identities: [{ number, displayName: `Desk ${number}` }],
      login: { user: WEB_LOGIN.username, password: WEB_LOGIN.password },
      settings: { use_hidden_tags: 'off', mb_trusted_hosts: HOST },
      quirks: { keyTiming: 'none', rebootMs: BOOT_MS },
    });
  return createVirtualYealinkPhone({
    model,
    firmware,
    mac: `805ec0${suffix}`,
    exchange,
    host: HOST,
    number,
    displayName: `Desk ${number}`,
    credentials: WEB_LOGIN,
    settings: openTo(HOST),
    bootMs: BOOT_MS,
  });
}

/** What a phone is joined to. */
export interface Office {
  readonly api: GraphqlClient;
  readonly withoutIds: (token: string) => void;
}

/** Makes a phone known to the gateway, which writes its action URLs to it. */
export async function join(
  phone: FleetPhone['phone'],
  kind: PhoneKind,
  { api, withoutIds }: Office,
): Promise<FleetPhone> {
  const { number, mac, address } = phone;
  const { vendor, model, firmware } = kind;
  const options =
    phone instanceof VirtualSnomPhone
      ? [{ name: 'accounts', value: `${number}@${phone.accounts[0]?.domain ?? ''}` }]
      : [];
  const input = { name: number, ...WEB_LOGIN, mac, address, vendor, model, firmware, options };
  const added = await api.request<{ result: { id?: string; message?: string } }>(ADD, { input });
  const { id: node } = added.result;
  if (node === undefined) throw new Error(`The gateway does not take the phone ${number}: ${added.result.message}`);
  const written = await api.request<{ result: { status: string; failure: { message: string } | null } }>(WRITE, {
    id: node,
  });
  if (written.result.failure !== null) throw new Error(`${number}: ${written.result.failure.message}`);
  const name = vendor === 'snom' ? 'action_incoming_url' : 'action_url.incoming_call';
  const token = /\/a\/([^/]+)\//.exec(phone.settings.get(name) ?? '')?.[1];
  if (token === undefined) throw new Error(`The phone ${number} has no action URL.`);
  if (kind.nameless) withoutIds(token);
  const asked = await api.request<{ phone: { capabilities: { capability: string }[] } }>(CAPABILITIES, { id: node });
  const canBeAsked = asked.phone.capabilities.some(({ capability }) => capability === 'CALL_SNAPSHOT');
  return { number, phone, kind, canBeAsked, id: rawIdOf('Phone', node), node, token };
}
