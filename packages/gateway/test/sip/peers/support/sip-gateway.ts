import { driver as snom } from '@hookswitch/driver-snom';
import { driver as yealink } from '@hookswitch/driver-yealink';
import { parseConfig } from '../../../../src/config/config.ts';
import { ADMIN_KEY, type TestGateway, testGateway } from '../../../support/gateway.ts';
import { sipAcme } from '../../driver.ts';

/** What became of a command. */
export interface CommandView {
  readonly status: string;
  readonly transport: string | null;
  readonly sentAt: string | null;
  readonly failure: {
    readonly code: string;
    readonly message: string;
    readonly phoneStatus?: number | null;
  } | null;
}

/** A gateway with the drivers of both vendors that speaks SIP, and is talked to over GraphQL. */
export interface SipGateway extends AsyncDisposable {
  readonly running: TestGateway;
  /** @throws Error where the answer has errors */
  ask<Data>(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Data>;
  /** @returns the phone's id */
  addPhone(input: Readonly<Record<string, unknown>>): Promise<string>;
  /** Gives a command by its mutation, such as `pressKeys`. @param type of its argument; null: it has none */
  give(name: string, phoneId: string, command?: Readonly<Record<string, unknown>>): Promise<CommandView>;
  /** The value of one line of `/metrics`, labels included. */
  metric(line: string): Promise<number>;
}

/** The gateway's own address: neither the peers' nor that of a phone. */
export const GATEWAY_HOST = '127.0.0.2';

/** A D862 that has no other way than SIP. */
export const D862 = { name: 'D862', vendor: 'snom', model: 'D862', firmware: '10.1.226.13' } as const;

const COMMAND = 'status transport sentAt failure { code message ... on PhoneRejected { phoneStatus } }';

/**
 * @param sip the section `sip` of the configuration file, as YAML in one line
 * @param replyTimeoutSeconds the longest wait for one reply
 */
export async function sipGateway(sip = '{}', replyTimeoutSeconds = 5): Promise<SipGateway> {
  const text = `sip: ${sip}\npolicy: { replyTimeoutSeconds: ${replyTimeoutSeconds} }`;
  const parsed = parseConfig({ HOOKSWITCH_SIP_HOST: GATEWAY_HOST }, { text, name: 'test.yaml', folder: '/' });
  if ('faults' in parsed) throw new Error(parsed.faults.join('\n'));
  const { sip: section, policy } = parsed.config;
  const running = await testGateway({ drivers: [snom, yealink, sipAcme], config: { sip: section, policy } });
  const { url } = running.gateway;
  const ask: SipGateway['ask'] = async <Data>(query: string, variables = {}): Promise<Data> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const answer = (await response.json()) as { readonly data: Data; readonly errors?: unknown };
    if (answer.errors !== undefined) throw new Error(JSON.stringify(answer.errors));
    return answer.data;
  };
  return {
    running,
    ask,
    async addPhone(input) {
      const { added } = await ask<{ added: { readonly id?: string; readonly message?: string } }>(
        `mutation ($input: AddPhoneInput!) { added: addPhone(input: $input) { ... on Phone { id } ... on Failure { message } } }`,
        { input },
      );
      if (added.id === undefined) throw new Error(added.message);
      return added.id;
    },
    async give(name, phoneId, command) {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Command`;
      const [declared, given] = command === undefined ? ['', ''] : [`, $command: ${type}!`, ', command: $command'];
      const query = `mutation ($id: ID!${declared}) { given: ${name}(phoneId: $id${given}) { ${COMMAND} } }`;
      return (await ask<{ given: CommandView }>(query, { id: phoneId, command })).given;
    },
    async metric(line) {
      const text = await (await fetch(`${url}/metrics`)).text();
      const found = text.split('\n').find((one) => one.startsWith(`${line} `));
      return found === undefined ? 0 : Number(found.slice(line.length));
    },
    [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
  };
}
