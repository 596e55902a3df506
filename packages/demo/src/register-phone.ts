import type { GraphqlClient } from './graphql-client.ts';
import { type Person, PUSH_LOGIN, WEB_LOGIN } from './people.ts';
import type { OfficePhone } from './virtual-phones.ts';

const FIND = `query ($mac: MacAddress!) { phone(by: { mac: $mac }) { id } }`;
const RESULT = `{ __typename ... on Phone { id } ... on Failure { message } }`;
const ADD = `mutation ($input: AddPhoneInput!) { result: addPhone(input: $input) ${RESULT} }`;
const UPDATE = `mutation ($id: ID!, $input: UpdatePhoneInput!) { result: updatePhone(phoneId: $id, input: $input) ${RESULT} }`;
const WRITE = `mutation ($id: ID!) { result: configureActionUrls(phoneId: $id) { status failure { message } } }`;
// Else a Snom phone says nothing of a call that is rejected there: its provisioning file, and its diagnosis, say the same.
const REPORT_REJECTED = `mutation ($id: ID!) {
  result: writeSettings(phoneId: $id, command: { settings: [{ name: "disconnected_url_on_reject", value: "on" }] }) {
    status
    failure { message }
  }
}`;
const ASK = `query ($id: ID!) { result: phoneInfo(phoneId: $id) { __typename ... on Failure { message } } }`;
const ACTION_URLS = `query ($id: ID!) { phone(by: { id: $id }) { actionUrls { setting url } } }`;
const PROVISIONING = `query ($id: ID!) { phone(by: { id: $id }) { provisioning { url } } }`;

/** What a phone's driver must be told, by the account with which the phone is registered. */
const OPTIONS: Readonly<Record<Person['vendor'], (account: string) => readonly { name: string; value: string }[]>> = {
  // Older firmware is addressed by its account, which it does not tell.
  snom: (account) => [{ name: 'accounts', value: account }],
  yealink: () => [],
  grandstream: (account) => [{ name: 'accounts', value: account }],
  poly: (account) => [
    { name: 'accounts', value: account },
    { name: 'pushUsername', value: PUSH_LOGIN.username },
    { name: 'pushPassword', value: PUSH_LOGIN.password },
  ],
};

type PhoneResult = { readonly result: { readonly id?: string; readonly message?: string } };
type CommandResult = {
  readonly result: { readonly status: string; readonly failure: { readonly message: string } | null };
};

type ActionUrlsResult = {
  readonly phone: { readonly actionUrls: readonly { readonly setting: string; readonly url: string }[] } | null;
};

/** The gateway, and how it finds phones by SIP. */
export interface Reception {
  readonly api: GraphqlClient;
  /** By the name under which a phone has registered; else by its own address. */
  readonly byRegistrar: boolean;
}

/**
 * Makes a phone known to the gateway, over the public API, and sends the phone's events there.
 * @returns the phone's id
 * @throws Error with the gateway's own words where it refuses
 */
export async function registerPhone(person: Person, phone: OfficePhone, reception: Reception): Promise<string> {
  const { api } = reception;
  const id = await save(person, phone, reception);
  if (person.setup === 'written') await give(WRITE, person, { id, api });
  if (person.vendor === 'snom' && person.setup === 'written') await give(REPORT_REJECTED, person, { id, api });
  if (person.setup === 'provisioned') await provision(person, id, { phone, api });
  if (person.setup === 'entered') await enter(phone, { id, api });
  return id;
}

/** A data directory that was kept knows the phone already, at the address that it had then. */
async function save(
  { name, number, mac, told, vendor, reach }: Person,
  phone: OfficePhone,
  { api, byRegistrar }: Reception,
): Promise<string> {
  const [account] = phone.accounts;
  const registered = `${number}@${account?.domain ?? ''}`;
  const sipUri = byRegistrar && phone.sipUri !== undefined ? `sip:${registered}` : phone.sipUri;
  const input = {
    name,
    ...WEB_LOGIN,
    mac,
    tags: ['demo', vendor],
    ...(reach === 'sip' ? {} : { address: phone.address }),
    ...(sipUri === undefined ? {} : { sipUri }),
  };
  const options = OPTIONS[vendor](registered);
  const { phone: known } = await api.request<{ phone: { id: string } | null }>(FIND, { mac });
  const { result } =
    known === null
      ? await api.request<PhoneResult>(ADD, { input: { ...input, ...told, options } })
      : await api.request<PhoneResult>(UPDATE, { id: known.id, input: { ...input, options } });
  if (result.id === undefined) throw new Error(`The gateway does not take the phone ${number}: ${result.message}`);
  return result.id;
}

interface Registered {
  readonly id: string;
  readonly api: GraphqlClient;
}

async function give(mutation: string, { number }: Person, { id, api }: Registered): Promise<void> {
  const { result } = await api.request<CommandResult>(mutation, { id });
  if (result.status === 'ACCEPTED' || result.status === 'CONFIRMED') return;
  throw new Error(`The phone ${number} does not take its settings: ${result.failure?.message ?? result.status}`);
}

/** Somebody sits at the phone's web interface and copies each URL into its option. */
async function enter(phone: OfficePhone, { id, api }: Registered): Promise<void> {
  const answer = await api.request<ActionUrlsResult>(ACTION_URLS, { id });
  for (const { setting, url } of answer.phone?.actionUrls ?? []) phone.settings.set(setting, url);
}

async function provision(
  { number, reach }: Person,
  id: string,
  { phone, api }: { readonly phone: OfficePhone; readonly api: GraphqlClient },
): Promise<void> {
  const answer = await api.request<{ phone: { provisioning: { url: string } | null } | null }>(PROVISIONING, { id });
  const url = answer.phone?.provisioning?.url;
  if (url === undefined) throw new Error(`The gateway has no provisioning file for the phone ${number}.`);
  await phone.fetchProvisioning?.(url);
  // What it is cannot be asked for by SIP.
  if (reach === 'sip') return;
  const { result } = await api.request<{ result: { __typename: string; message?: string } }>(ASK, { id });
  if (result.__typename !== 'PhoneInfo') throw new Error(`The phone ${number} does not answer: ${result.message}`);
}
