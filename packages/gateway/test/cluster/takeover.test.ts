import { installed } from '@hookswitch/sip-peers/vitest';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { laneOfPhone } from '../../src/cluster/lanes-of-phones.ts';
import { NATS } from '../engines/nats.ts';
import { POSTGRESQL } from '../engines/postgres.ts';
import { addPhone } from '../support/process.ts';
import { scriptedPhone, staysSilent } from '../support/scripted-phone.ts';
import { type Engines, startEngines } from './cluster.ts';

const DIAL = `mutation ($id: ID!, $to: String!) {
  dial(phoneId: $id, command: { to: $to }) { id status unproven failure { code message } }
}`;
const HANG_UP = 'mutation ($id: ID!) { hangUp(phoneId: $id, command: {}) { id status failure { code message } } }';
const RECORDS = '{ commands { nodes { id arguments status unproven settledAt } } }';
const PATIENCE = { timeout: 60_000, interval: 50 };

describe.runIf(installed(POSTGRESQL, NATS))(
  'a gateway whose phones another one takes over',
  { timeout: 120_000 },
  () => {
    let engines: Engines;
    beforeAll(async () => {
      engines = await startEngines();
    });
    afterAll(() => engines[Symbol.asyncDispose]());

    const query = (office: string, sql: string) => engines.postgres.run(office, sql);
    /** @param id of the phone, as GraphQL names it */
    const tokenOf = async (office: string, id: string) => {
      const phoneId = Buffer.from(id, 'base64url')
        .toString()
        .replace(/^Phone:/, '');
      const [row] = await query(
        office,
        `SELECT token, owner FROM lane_tokens WHERE shard = '${laneOfPhone(phoneId, [])}'`,
      );
      return row;
    };

    test('killed: what it has sent is UNKNOWN and not sent again, what waited for it is done by the other', async () => {
      await using office = await engines.office();
      await using device = await scriptedPhone(staysSilent);
      await using owner = await office.process();
      const { id } = await addPhone(owner, { name: 'Desk', address: device.origin });
      const lost = owner.graphql(DIAL, { id, to: '101' }).catch(() => 'cut');
      // From now on the phone is busy: it stays with its owner.
      await device.received(1);
      const former = await tokenOf(office.name, id);
      await using other = await office.process();
      await other.url;
      const waiting = other.graphql(DIAL, { id, to: '102' });
      await vi.waitFor(async () => {
        const rows = await query(office.name, 'SELECT 1 FROM commands');
        expect(rows).toHaveLength(2);
      }, PATIENCE);
      device.script = (_request, response) => void response.end();
      const killedAt = performance.now();
      owner.kill('SIGKILL');
      expect(await lost).toBe('cut');
      expect(await waiting).toMatchObject({ dial: { status: 'ACCEPTED' } });
      process.stdout.write(`taken over after ${Math.round(performance.now() - killedAt)} ms\n`);
      await vi.waitFor(async () => {
        const { commands } = (await other.graphql(RECORDS)) as {
          readonly commands: { readonly nodes: readonly unknown[] };
        };
        expect(commands.nodes).toContainEqual(
          expect.objectContaining({
            arguments: expect.objectContaining({ to: '101' }),
            status: 'UNKNOWN',
            unproven: 'GATEWAY_STOPPED',
          }),
        );
      }, PATIENCE);
      expect(device.requests.map(({ target }) => target)).toEqual(['/dial?to=101', '/dial?to=102']);
      const now = await tokenOf(office.name, id);
      expect(now?.['owner']).not.toBe(former?.['owner']);
      expect(Number(now?.['token'])).toBeGreaterThan(Number(former?.['token']));
    });

    test('paused beyond its lease: what it was about to send goes out no more, and what waited for it is done by the other', async () => {
      await using office = await engines.office();
      // Asked for its calls, as it is before the command is sent, it does not answer.
      await using device = await scriptedPhone(staysSilent);
      await using owner = await office.process();
      const { id } = await addPhone(owner, { name: 'Desk', address: device.origin });
      const begun = owner.graphql(HANG_UP, { id });
      begun.catch(() => {});
      await device.received(1);
      owner.kill('SIGSTOP');
      const former = await tokenOf(office.name, id);
      const commands = (where: string) => query(office.name, `SELECT lane_token FROM commands WHERE ${where}`);
      device.script = ({ target }, response) => {
        response.statusCode = target === '/hangup' ? 200 : 500;
        response.end();
      };
      await using other = await office.process();
      const waiting = other.graphql(HANG_UP, { id });
      expect(await waiting).toMatchObject({ hangUp: { status: 'ACCEPTED', failure: null } });
      await vi.waitFor(async () => expect(await commands(`status = 'FAILED'`)).toHaveLength(1), PATIENCE);
      owner.kill('SIGCONT');
      expect(await begun).toMatchObject({ hangUp: { status: 'FAILED', failure: { code: 'COMMAND_EXPIRED' } } });
      expect(device.requests.filter(({ target }) => target === '/hangup')).toHaveLength(1);
      const now = await tokenOf(office.name, id);
      expect(now?.['owner']).not.toBe(former?.['owner']);
      expect(await commands('lane_token IS NOT NULL')).toEqual([{ lane_token: now?.['token'] }]);
    });
  },
);
