import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Capability } from '@hookswitch/core';
import { createLog } from '@hookswitch/gateway';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DemoOffice, startDemoOffice } from '../src/office.ts';
import { FURTHER_PEOPLE, PEOPLE } from '../src/people.ts';
import { ask, settledCommand } from './support/command.ts';
import { type Claims, supportMatrix } from './support/matrix.ts';
import { Stage, type Tried } from './support/stage.ts';
import { inTrialOrder, TRIALS } from './support/trials.ts';
import { overWebSocket, type Updates } from './support/updates.ts';

const EVERYBODY = [...PEOPLE, ...Object.values(FURTHER_PEOPLE).flat()];
const MATRIX = fileURLToPath(new URL('../../../docs/support-matrix.md', import.meta.url));
// A Yealink phone goes away without a reply, and once it is reset it does not know where to report.
const WITHOUT_REPLY: readonly string[] = ['UNKNOWN'];
// Snom phones do not tell whether they are muted, and some not whether DND is on.
const TOGGLES = 'policy: { unknownState: press }\n';
const DONE: readonly string[] = ['ACCEPTED', 'CONFIRMED', 'READ'];

describe('every capability of every demo phone', () => {
  let office: DemoOffice;
  let updates: Updates;
  let dataDir: string;
  const claims = new Map<string, Claims>();
  const tried = new Map<string, ReadonlyMap<Capability, Tried>>();

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'hookswitch-capabilities-'));
    office = await startDemoOffice({
      people: EVERYBODY,
      environment: { HOOKSWITCH_PORT: '0', HOOKSWITCH_DATA_DIR: dataDir },
      file: { text: TOGGLES, name: 'hookswitch.yaml', folder: dataDir },
      log: createLog('silent'),
    });
    updates = await overWebSocket(office);
    const query = 'query ($id: ID!) { phone(by: { id: $id }) { capabilities { capability transports evidence } } }';
    for (const { person, id } of office.phones) {
      const { phone } = await ask<{ phone: { capabilities: Claims } }>(office, query, { id });
      claims.set(person.number, phone.capabilities);
    }
  });
  afterAll(async () => {
    await updates.close();
    await office.stop();
    await rm(dataDir, { recursive: true });
  });

  // Side by side: a command whose proof never comes is open for as long as the gateway waits.
  test.concurrent.each(EVERYBODY)('$vendor $model ($number)', async ({ number, vendor }) => {
    const claimed = inTrialOrder((claims.get(number) ?? []).map(({ capability }) => capability));
    expect(claimed.length).toBeGreaterThan(0);
    const stage = new Stage(office, office.phone(number), updates.received);
    const results = new Map<Capability, Tried>();
    for (const capability of claimed) results.set(capability, await TRIALS[capability](stage));
    await Promise.all(
      [...results].map(async ([capability, { awaited, ...result }]) => {
        const status = awaited === undefined ? result.status : (await settledCommand(office, awaited)).status;
        const expected = capability === 'FACTORY_RESET' && vendor === 'yealink' ? WITHOUT_REPLY : DONE;
        expect(expected, `${capability} on ${number}`).toContain(status);
        results.set(capability, { ...result, status });
      }),
    );
    tried.set(number, results);
    expect(office.phone(number).phone.handlerErrors).toEqual([]);
  });

  test('all that is claimed was tried, and the support matrix says how it went', async () => {
    const claimed = EVERYBODY.flatMap(({ number }) =>
      (claims.get(number) ?? []).map(({ capability }) => `${capability} ${number}`),
    );
    const done = [...tried].flatMap(([number, results]) =>
      [...results.keys()].map((capability) => `${capability} ${number}`),
    );
    expect(done.toSorted()).toEqual(claimed.toSorted());
    const markdown = supportMatrix(EVERYBODY, { claims, tried });
    expect(markdown.match(/^\| `/gm)?.length).toBeGreaterThan(25);
    if (process.env['UPDATE_MATRIX'] === '1') await writeFile(MATRIX, markdown);
    expect(markdown).toBe(await readFile(MATRIX, 'utf8'));
    expect(updates.failures).toEqual([]);
  });
});
