import { access, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startDemoOffice } from '../src/office.ts';
import { PEOPLE } from '../src/people.ts';
import { describeOffice } from '../src/print.ts';
import { ask } from './support/command.ts';
import { openOffice } from './support/open-office.ts';

describe('the office', () => {
  test('finds out what the phones are that it was not told about', async () => {
    const office = await openOffice();
    const query = '{ phones { nodes { name vendor model firmware reachability activeCalls { id } } } }';
    const { phones } = await ask<{ phones: { nodes: unknown[] } }>(office, query);
    const expected = PEOPLE.toSorted((a, b) => a.name.localeCompare(b.name)).map(
      ({ name, vendor, model, firmware, reach }) => ({
        name,
        vendor,
        model,
        firmware,
        // Nothing has been asked of a phone that has no web interface for it.
        reachability: reach === 'sip' ? 'UNKNOWN' : 'ONLINE',
        activeCalls: [],
      }),
    );
    expect(phones.nodes).toEqual(expected);
    expect(PEOPLE.filter(({ told }) => told.vendor === undefined).length).toBeGreaterThanOrEqual(4);
  });

  test('a phone that learned its action URLs holds the address of the gateway', async () => {
    const office = await openOffice();
    for (const { person, phone } of office.phones) {
      const setting = person.vendor === 'snom' ? 'action_incoming_url' : 'action_url.incoming_call';
      expect(phone.settings.get(setting), person.number).toMatch(new RegExp(`^${office.gateway.url}/a/`));
    }
  });

  test('a data directory that is kept knows the phones at their new addresses', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'hookswitch-kept-'));
    onTestFinished(() => rm(directory, { recursive: true }));
    const options = {
      people: PEOPLE.filter(({ number }) => number === '103' || number === '201'),
      environment: { HOOKSWITCH_DATA_DIR: directory },
    };
    const first = await openOffice(options);
    await first.stop();
    const second = await openOffice(options);
    expect(second.phones.map(({ id }) => id)).toEqual(first.phones.map(({ id }) => id));
    const { phones } = await ask<{ phones: { nodes: unknown[] } }>(second, '{ phones { nodes { address } } }');
    expect(phones.nodes).toEqual(second.phones.map(({ phone }) => ({ address: phone.address })));
    await second.stop();
    await access(directory);
  });

  test('says that the usual port is taken, and takes another', async () => {
    const other = createServer().listen(4000, '127.0.0.1');
    onTestFinished(() => void other.close());
    // Whether this test or another program has the port is all the same.
    await new Promise<void>((resolve) => other.once('listening', resolve).once('error', () => resolve()));
    const office = await startDemoOffice({ people: PEOPLE.slice(0, 1) });
    onTestFinished(() => office.stop());
    expect(office.portWasTaken).toBe(4000);
    expect(new URL(office.gateway.url).port).not.toBe('4000');
    expect(describeOffice(office)).toContain('Port 4000 is taken');
  });

  test('does not take another port than the one that was asked for', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await new Promise<void>((resolve) => other.once('listening', resolve));
    const address = other.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const starting = startDemoOffice({ people: [], environment: { HOOKSWITCH_PORT: port } });
    await expect(starting).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('leaves no data and no listener behind', async () => {
    const office = await openOffice({ people: PEOPLE.slice(0, 1) });
    await office.stop();
    await expect(fetch(office.gateway.url)).rejects.toThrow();
    for (const { phone } of office.phones) await expect(fetch(phone.address)).rejects.toThrow();
    await expect(access(office.dataDir)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('refuses a configuration that is wrong, with everything that is wrong', async () => {
    const starting = startDemoOffice({ environment: { HOOKSWITCH_PORT: 'x', HOOKSWITCH_LOG_LEVEL: 'loud' } });
    await expect(starting).rejects.toMatchObject({
      faults: [expect.stringContaining('HOOKSWITCH_PORT'), expect.stringContaining('HOOKSWITCH_LOG_LEVEL')],
    });
  });
});
