import { installed } from '@hookswitch/sip-peers/vitest';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Phone } from '../../src/model.ts';
import { openConfiguredStore } from '../../src/store/open-configured.ts';
import { NATS } from '../engines/nats.ts';
import { POSTGRESQL } from '../engines/postgres.ts';
import { dialling } from '../policy/rules.ts';
import { ADMIN_KEY, type TestGateway } from '../support/gateway.ts';
import { scriptedPhone } from '../support/scripted-phone.ts';
import { range } from '../support/wait.ts';
import { type Engines, startEngines } from './cluster.ts';

const PATIENT = { timeout: 30_000 };
const KEY = { name: 'reader', scopes: ['events:read'], tags: null, masksNumbers: false, expiresAt: null } as const;

describe.runIf(installed(POSTGRESQL, NATS))('what gateways keep in memory of one store', () => {
  let engines: Engines;
  beforeAll(async () => {
    engines = await startEngines();
  });
  afterAll(() => engines[Symbol.asyncDispose]());

  const known = ({ application }: TestGateway, { id }: Phone) => application.phones.get(id);
  const reported = async (at: TestGateway, path: string) =>
    (await fetch(`${at.gateway.url}${path}/incoming?remote=101&id=1`)).status;

  test('a phone that was just added at one reports to the other, and is changed and removed there too', async () => {
    await using office = await engines.office();
    await using a = await office.gateway();
    await using b = await office.gateway();
    for (const [here, there] of [
      [a, b],
      [b, a],
    ] as const) {
      const phone = await here.addPhone();
      // Whether word of it has come or not.
      expect(await reported(there, here.actionUrlPath(phone))).toBe(200);
      expect(known(there, phone)).toEqual(known(here, phone));
      await here.application.phones.update(phone.id, { name: 'Reception' }, here.caller);
      await vi.waitFor(() => expect(known(there, phone)?.name).toBe('Reception'), PATIENT);
      await there.application.phones.update(phone.id, { tags: ['hall'] }, there.caller);
      await vi.waitFor(() => expect(known(here, phone)).toMatchObject({ name: 'Reception', tags: ['hall'] }), PATIENT);
      const before = here.actionUrlPath(phone);
      await here.application.phones.rotateActionUrls(phone.id, 0, here.caller);
      const after = here.actionUrlPath(phone);
      await vi.waitFor(async () => expect(await reported(there, before)).toBe(404), PATIENT);
      expect(await reported(there, after)).toBe(200);
      await there.application.phones.remove(phone.id, there.caller);
      await vi.waitFor(async () => expect(await reported(here, after)).toBe(404), PATIENT);
      expect(known(here, phone)?.removedAt).not.toBeNull();
    }
  });

  test('changes of one phone at both at once are all there, and of two phones with one address one is refused', async () => {
    await using office = await engines.office();
    await using a = await office.gateway();
    await using b = await office.gateway();
    const phone = await a.addPhone();
    await vi.waitFor(() => expect(known(b, phone)).not.toBeNull(), PATIENT);
    for (const n of range(5)) {
      await Promise.all([
        a.application.phones.update(phone.id, { name: `Desk ${n}` }, a.caller),
        b.application.phones.update(phone.id, { sipUri: `sip:${n}@pbx.example` }, b.caller),
      ]);
    }
    for (const at of [a, b]) {
      await vi.waitFor(
        () => expect(known(at, phone)).toMatchObject({ name: 'Desk 4', sipUri: 'sip:4@pbx.example' }),
        PATIENT,
      );
    }
    // Whoever was paused in the middle of a change has not seen what others have changed since.
    const { dataDir = '', store = { kind: 'sqlite' }, bus = null } = await office.config();
    const late = await openConfiguredStore({ dataDir, configDir: null, store, bus }, { warn() {}, error() {} });
    const [stored] = await late.phones.all();
    const place = (await late.phones.changes?.place()) ?? 0;
    if (stored === undefined) throw new Error('no phone');
    await expect(late.phones.put(stored, place - 1)).rejects.toThrow('Another gateway has changed the phone');
    await late.phones.put(stored, place);
    await late.close();
    const twin = { name: 'Twin', vendor: 'acme', address: 'http://127.0.0.9' };
    const added = await Promise.all([a, b].map((at) => at.application.phones.add(twin, at.caller)));
    expect(added.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('a key that is made at one opens the other, and revoked at one it ends sessions at the other', async () => {
    await using office = await engines.office();
    await using a = await office.gateway();
    await using b = await office.gateway();
    expect((await b.gateway.authenticator.authenticate(ADMIN_KEY))?.principal.id).toBe(a.caller.id);
    const { key, apiKey } = await a.application.apiKeys.create(KEY, a.caller);
    const session = await vi.waitFor(async () => {
      const opened = await b.gateway.authenticator.authenticate(key);
      if (opened === null) throw new Error('it is not known yet');
      return opened;
    }, PATIENT);
    const { promise: over, resolve } = Promise.withResolvers<void>();
    session.watch({ sessionOver: resolve });
    await a.application.apiKeys.revoke(apiKey.id, a.caller);
    await over;
    expect(await b.gateway.authenticator.authenticate(key)).toBeNull();
  });

  test('an onboarding link of one is open at the other until it is revoked', async () => {
    await using office = await engines.office();
    await using a = await office.gateway();
    await using b = await office.gateway();
    const { link, urls } = await a.application.onboarding.createLink({}, a.caller);
    const [, path = ''] = /^http:\/\/[^/]+(\/a\/[^/]+)\//.exec(urls[0]?.url ?? '') ?? [];
    expect(path).not.toBe('');
    await vi.waitFor(async () => expect(await reported(b, path)).toBe(200), PATIENT);
    await b.application.onboarding.revokeLink(link.id, b.caller);
    await vi.waitFor(async () => expect(await reported(a, path)).toBe(404), PATIENT);
  });

  test('what was changed while NATS was away is known when it is back', async () => {
    await using office = await engines.office();
    await using a = await office.gateway();
    await using b = await office.gateway();
    const phone = await a.addPhone();
    await vi.waitFor(() => expect(known(b, phone)).not.toBeNull(), PATIENT);
    await engines.nats.crash();
    await a.application.phones.update(phone.id, { name: 'Meanwhile' }, a.caller);
    await engines.nats.start();
    await vi.waitFor(() => expect(known(b, phone)?.name).toBe('Meanwhile'), PATIENT);
  });

  test('a document that one has published is fetched from the other, and one that nobody has is not there', async () => {
    await using office = await engines.office();
    await using a = await office.gateway();
    await using b = await office.gateway();
    const phone = await a.addPhone();
    const file = await a.application.phones.provisioning(phone.id, a.caller);
    const { pathname } = new URL(file?.url ?? '');
    for (const method of ['GET', 'HEAD']) {
      const [here, there] = await Promise.all([a, b].map(({ gateway }) => fetch(gateway.url + pathname, { method })));
      expect(there?.status).toBe(200);
      expect(there?.headers.get('content-type')).toBe(here?.headers.get('content-type'));
      expect(await there?.text()).toBe(method === 'GET' ? file?.text : '');
    }
    const nobodys = pathname.replace(/.{4}$/, (end) => (end === 'AAAA' ? 'BBBB' : 'AAAA'));
    expect((await fetch(b.gateway.url + nobodys)).status).toBe(404);
  });

  test('a dial limit holds over both', async () => {
    await using office = await engines.office();
    await using device = await scriptedPhone();
    await using other = await scriptedPhone();
    const limits = dialling({
      limits: [
        { per: 'key', calls: 5, within: 'day' },
        { per: 'phone', calls: 4, within: 60 },
      ],
    });
    await using a = await office.gateway({ config: { dialling: limits } });
    await using b = await office.gateway({ config: { dialling: limits } });
    const phones = [
      await a.addPhone({ name: 'One', address: device.origin }),
      await a.addPhone({ name: 'Two', address: other.origin }),
    ];
    for (const phone of phones) await vi.waitFor(() => expect(known(b, phone)).not.toBeNull(), PATIENT);
    const given = await Promise.all(
      range(16).map((n) => {
        const [at, phone] = [n % 2 === 0 ? a : b, phones[n % 4 < 2 ? 0 : 1]];
        if (phone === undefined) throw new Error('no phone');
        return at.run(phone, { name: 'dial', arguments: { to: '+4930123' } });
      }),
    );
    const rules = given.map(({ status, failure }) => (failure?.code === 'POLICY_DENIED' ? failure.rule : status));
    expect(rules.filter((rule) => rule === 'ACCEPTED')).toHaveLength(5);
    for (const rule of rules) expect(rule).toMatch(/^(?:ACCEPTED|dialling\.limits\.[01])$/);
    expect(device.requests.length + other.requests.length).toBe(5);
    const explained = await b.application.commands.explain(
      phones[0]?.id ?? '',
      { name: 'dial', arguments: { to: '+4930123' } },
      b.caller,
    );
    expect(JSON.stringify(explained)).toContain('dialling.limits.0');
  });
});
