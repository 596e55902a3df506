import { DEFAULT_LIMITS } from '../../../src/config/api.ts';
import { authConfig } from '../../../src/config/auth.ts';
import { encodeId } from '../../../src/graphql/ids.ts';
import type { Phone } from '../../../src/model.ts';
import type { Scope } from '../../../src/security/scopes.table.ts';
import type { Answer } from '../../graphql/gateway.ts';
import { type TestGateway, testGateway } from '../../support/gateway.ts';
import { type IdentityProvider, identityProvider } from '../../support/identity-provider.ts';
import { type Script, type ScriptedPhone, scriptedPhone } from '../../support/scripted-phone.ts';
import type { Target } from './rules.table.ts';

/** Stands in all that belongs to the foreign phone: a caller who ever reads it has been shown too much. */
export const CANARY = 'hidden';
/** The number that called the foreign phone. */
export const FOREIGN_NUMBER = '+33301111111';
/** The number that called the own phone. */
export const OWN_NUMBER = '+49302222222';

/** A real gateway with one phone of the department `sales` and one of `hr`, each with calls, events and commands. */
export interface World extends AsyncDisposable {
  readonly running: TestGateway;
  readonly provider: IdentityProvider;
  readonly own: Target;
  readonly foreign: Target;
  /** Names what never was. */
  readonly never: Target;
  readonly ownPhone: Phone;
  readonly foreignPhone: Phone;
  /** The foreign phone itself: what it is asked. */
  readonly foreignDevice: ScriptedPhone;
  /** A batch that went to both phones. */
  readonly mixedBatch: string;
  /** Whether a text tells of the foreign phone. */
  leaks(text: string): boolean;
  /** A key of `sales` unless it is said otherwise. */
  keyWith(scopes: readonly Scope[], tags?: readonly string[] | null, masksNumbers?: boolean): Promise<string>;
  /** A token of `sales`. */
  tokenWith(scopes: readonly Scope[]): Promise<string>;
  ask(credential: string, query: string): Promise<Answer>;
}

const WITHOUT_LIMITS = {
  ...DEFAULT_LIMITS,
  ...{ tokens: 1e6, fields: 1e6, aliases: 1e6, depth: 100, cost: 1e12 },
};

export async function createWorld(): Promise<World> {
  const provider = await identityProvider();
  const { jwt } = authConfig({ jwt: { issuer: provider.issuer, audience: 'hookswitch', jwksUrl: provider.jwksUrl } });
  const running = await testGateway({
    config: {
      auth: { jwt },
      // The gateway asks no phone by itself: what comes to the foreign one, somebody sent.
      calls: { askMs: 0, ringMs: 180_000, callMs: 43_200_000 },
      // Whole answers are asked for here.
      api: { limits: WITHOUT_LIMITS, persisted: { file: null, only: false } },
      policy: { deny: [], commandTimeoutMs: 1_000, replyTimeoutMs: 1_000, screening: 'allow' },
    },
  });
  const [ownDevice, foreignDevice] = [await scriptedPhone(answer), await scriptedPhone(answer)];
  const ownPhone = await running.addPhone({
    name: 'Own desk',
    address: ownDevice.origin,
    mac: '00:04:13:00:00:01',
    sipUri: 'sip:2222@127.0.0.1:5999',
    tags: ['sales'],
  });
  const foreignPhone = await running.addPhone({
    name: `${CANARY} desk`,
    address: foreignDevice.origin,
    mac: '00:04:13:00:00:99',
    sipUri: 'sip:1111@127.0.0.1:5999',
    tags: ['hr', `${CANARY} tag`],
  });
  const own = await populate(running, ownPhone, OWN_NUMBER);
  const foreign = await populate(running, foreignPhone, FOREIGN_NUMBER);
  const { caller, application } = running;
  const mixed = await application.commands.runOnPhones(
    { ids: [ownPhone.id, foreignPhone.id] },
    { name: 'showMessage', arguments: { title: 'to both', text: 'hello' } },
    { caller },
  );
  // dial, the light, and a message of each batch: what comes after these nobody was allowed to send.
  await foreignDevice.received(4);
  const marks = [CANARY, foreignPhone.id, ...Object.values(foreign), FOREIGN_NUMBER.slice(1), '3330***'];
  const keyWith: World['keyWith'] = async (scopes, tags = ['sales'], masksNumbers = false) => {
    const input = { name: `key of ${scopes.length} scopes`, scopes, tags, masksNumbers, expiresAt: null };
    return (await application.apiKeys.create(input, caller)).key;
  };
  return {
    running,
    provider,
    own,
    foreign,
    never: NEVER,
    ownPhone,
    foreignPhone,
    foreignDevice,
    mixedBatch: encodeId('CommandBatch', mixed.id),
    leaks: (text) => marks.some((mark) => text.includes(mark)),
    keyWith,
    tokenWith: (scopes) => provider.sign({ scope: scopes.join(' '), hookswitch_tags: ['sales'] }),
    async ask(credential, query) {
      const response = await fetch(`${running.gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${credential}` },
        body: JSON.stringify({ query }),
      });
      return (await response.json()) as Answer;
    },
    async [Symbol.asyncDispose]() {
      await running[Symbol.asyncDispose]();
      await Promise.all([ownDevice, foreignDevice, provider].map((one) => one[Symbol.asyncDispose]()));
    },
  };
}

/** It does what it is told, except to provoke an event: the test of that would wait for it. */
const answer: Script = ({ target }, response) => void response.writeHead(target === '/test' ? 500 : 200).end();

const NEVER: Target = {
  phone: encodeId('Phone', 'never'),
  mac: '00:04:13:ff:ff:ff',
  sipUser: '9999',
  call: encodeId('Call', 'never'),
  event: encodeId('CallEvent', '999999'),
  command: encodeId('Command', 'never'),
  batch: encodeId('CommandBatch', 'never'),
};

/** Events, a call, a command and a batch of that phone alone. */
async function populate(running: TestGateway, phone: Phone, number: string): Promise<Target> {
  const { application, caller } = running;
  await running.report(phone, 'incoming', `id=1&remote=${encodeURIComponent(number)}&name=${phone.name}`);
  await running.report(phone, 'dnd', 'on=1');
  await running.report(phone, 'hello', `n=${phone.name}`);
  const command = await running.run(phone, { name: 'dial', arguments: { to: number } });
  // Its proof: without one the gateway would ask the phone for its calls, later and by itself.
  await running.report(phone, 'outgoing', `id=2&remote=${encodeURIComponent(number)}`);
  await running.run(phone, { name: 'setLed', arguments: { key: 'FUNCTION_1', light: 'ON', label: phone.name } });
  const batch = await application.commands.runOnPhones(
    { ids: [phone.id] },
    { name: 'showMessage', arguments: { title: 'a', text: phone.name } },
    { caller },
  );
  const { items: events } = await application.events.list({ phoneIds: [phone.id], types: ['CALL'] }, { first: 1 });
  const { items: calls } = await application.calls.list({ phoneIds: [phone.id] }, { first: 1 });
  const [event, call] = [events[0], calls[0]?.node];
  if (event === undefined || call === undefined) throw new Error('the phone has no event or no call');
  return {
    phone: encodeId('Phone', phone.id),
    mac: phone.mac ?? '',
    sipUser: /^sip:(\d+)@/.exec(phone.sipUri ?? '')?.[1] ?? '',
    call: encodeId('Call', call.id),
    event: encodeId('CallEvent', String(event.sequence)),
    command: encodeId('Command', command.id),
    batch: encodeId('CommandBatch', batch.id),
  };
}
