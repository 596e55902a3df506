import { VirtualExchange } from '@hookswitch/driver-kit/virtual';
import { createVirtualSnomPhone, type VirtualSnomPhone } from '@hookswitch/driver-snom/virtual';
import { ACME_CONFIG } from '../../support/process.ts';
import { range } from '../../support/wait.ts';

/** A configuration with the driver of the tests, whose events are numbered, and that of the virtual phones. */
export const OFFICE_CONFIG = ACME_CONFIG.replace(']', ', "@hookswitch/driver-snom"]');

/** A gateway that may be another process by the next question. */
export interface Api {
  graphql(query: string, variables?: object): Promise<Record<string, unknown>>;
}

/** A virtual phone that the gateway knows, and that reports to it. */
export interface OfficePhone {
  readonly id: string;
  readonly phone: VirtualSnomPhone;
}

/** Virtual phones at one exchange. */
export interface Office extends AsyncDisposable {
  readonly phones: readonly OfficePhone[];
  /** How often each number was dialled at any of the phones. */
  readonly dialled: ReadonlyMap<string, number>;
}

const ADD = `mutation ($input: AddPhoneInput!) {
  addPhone(input: $input) { ... on Phone { id } ... on Failure { message } }
}`;
const WRITE = 'mutation ($id: ID!) { configureActionUrls(phoneId: $id) { status failure { message } } }';

/** Opens an office, makes its phones known to the gateway and has their action URLs written. */
export async function openOffice(api: Api, size: number): Promise<Office> {
  const dialled = new Map<string, number>();
  const exchange = new VirtualExchange({
    onLeg({ direction, remote }) {
      if (direction === 'outgoing') dialled.set(remote.number, (dialled.get(remote.number) ?? 0) + 1);
    },
  });
  const phones: OfficePhone[] = [];
  const office: Office = {
    phones,
    dialled,
    async [Symbol.asyncDispose]() {
      await Promise.all(phones.map(({ phone }) => phone.stop()));
      exchange[Symbol.dispose]();
    },
  };
  for (const index of range(size)) {
    const number = String(1000 + index);
    const phone = createVirtualSnomPhone({
      model: 'D785',
      mac: `000413${index.toString(16).padStart(6, '0')}`,
      exchange,
      identities: [{ number }],
      settings: { use_hidden_tags: 'off', mb_trusted_hosts: '127.0.0.1' },
      quirks: { keyTiming: 'none' },
    });
    // How patient a phone is is not what these tests are about, and a busy machine takes its time.
    phone.actionUrls.settings.timeoutMs = 60_000;
    await phone.start();
    phones.push({ phone, id: await join(api, phone) });
  }
  return office;
}

async function join(api: Api, phone: VirtualSnomPhone): Promise<string> {
  const input = { vendor: 'snom', name: phone.number, model: phone.model, mac: phone.mac, address: phone.address };
  const { addPhone: added } = (await api.graphql(ADD, { input })) as { addPhone: { id?: string; message?: string } };
  if (added.id === undefined) throw new Error(added.message);
  const { configureActionUrls: written } = (await api.graphql(WRITE, { id: added.id })) as {
    configureActionUrls: { failure: { message: string } | null };
  };
  if (written.failure !== null) throw new Error(written.failure.message);
  return added.id;
}
