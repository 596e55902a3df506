import type { Driver } from '@hookswitch/core';
import { driver as snom } from '@hookswitch/driver-snom';
import { driver as yealink } from '@hookswitch/driver-yealink';
import { expect, test } from 'vitest';
import { createRandom } from '../support/random.ts';
import { hostileValue } from './hostile-values.ts';
import { SLOTS, type Slot } from './slots.table.ts';
import { createStand, type Kind, type Member, type Stand } from './stand.ts';
import { decoded, type View, viewOf, withUri, withValue } from './wire-view.ts';

/*
 * Each hostile value is put into each text of each command, on each rung of the drivers. Either the phone sees exactly what
 * it sees for a harmless value, with that value in its place, or the driver refuses it and the phone sees nothing.
 */

const snomOptions = { accounts: '1001@pbx.example', talkAndHold: 'on', dialByInvite: 'true', ledOffset: '1' };
const KINDS: readonly (Kind & { readonly title: string })[] = [
  { title: 'Snom D785', driver: snom as Driver, model: 'D785', firmware: '10.1.169.16', options: snomOptions },
  {
    title: 'Snom 821, quoted documents',
    driver: snom as Driver,
    model: '821',
    firmware: '8.7.5.35',
    options: { ...snomOptions, xmlPushForm: 'quoted', csta_legacy_control: '0' },
  },
  {
    title: 'Snom D862, documents as CDATA',
    driver: snom as Driver,
    model: 'D862',
    firmware: '10.1.182.0',
    options: { ...snomOptions, xmlPushForm: 'cdata' },
  },
  { title: 'Yealink T46S', driver: yealink as Driver, model: 'T46S', firmware: '66.86.0.15', options: {} },
  {
    title: 'Yealink T29G, login in the URL',
    driver: yealink as Driver,
    model: 'T29G',
    firmware: '46.80.0.130',
    options: { loginForm: 'true', notifyDialForm: 'key' },
  },
];

/** Of every slot and rung so many values. */
const ROUNDS = 100;
const MIN_SLOTS = 15;

interface Count {
  tried: number;
  intact: number;
  refused: number;
  readonly slots: Set<string>;
}

const total: Count = { tried: 0, intact: 0, refused: 0, slots: new Set() };

const titleOf = ({ command, name }: Slot): string => `${command} ${name}`;

function spellingsOf(slot: Slot, value: string): readonly string[] {
  return [...new Set([value, ...(slot.same?.(value) ?? [])])];
}

async function tryOn(
  { attempt }: Stand,
  { member, slot, random }: { readonly member: Member; readonly slot: Slot; readonly random: () => number },
): Promise<readonly string[]> {
  const intended = await attempt(member, slot, slot.marker);
  const template = intended.seen.map(viewOf);
  // Another vendor's name of a setting, a rung that has no way for that: nothing to compare with.
  if (template.length === 0) return [];
  if (slot.closed !== true && !JSON.stringify(template).includes(slot.marker)) return [];
  total.slots.add(titleOf(slot));
  const wrong: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const value = hostileValue(random);
    // A word of the list after all.
    if (slot.closed === true && /^[\w*#+]{1,9}$/.test(value)) continue;
    const { outcome, seen } = await attempt(member, slot, value);
    total.tried += 1;
    if (seen.length === 0) {
      total.refused += 1;
      const failure = outcome.status === 'FAILED' ? outcome.failure.code : outcome.status;
      if (failure !== 'INVALID_ARGUMENT' && failure !== 'NOT_HERE')
        wrong.push(`${failure} for ${JSON.stringify(value)}`);
      continue;
    }
    const view = JSON.stringify(seen.map(viewOf));
    if (slot.closed === true) {
      wrong.push(`${JSON.stringify(value)} was taken for a word`);
      continue;
    }
    const views = spellingsOf(slot, value).map((one) => joined(template, slot.marker, one));
    const expected = [
      ...views,
      ...views.map((view) => withUri(view, decoded)),
      ...views.map((view) => withUri(view, (number) => `sip:${number}`)),
    ].map((one) => JSON.stringify(one));
    if (expected.includes(view)) total.intact += 1;
    else wrong.push(`${JSON.stringify(value).slice(0, 160)} became ${view.slice(0, 500)}`);
  }
  return wrong.map((what) => `${slot.command} ${slot.name}, ${member.title}: ${what}`);
}

function joined(template: readonly View[], marker: string, value: string): readonly View[] {
  return template.map((view) => withValue(view, marker, value));
}

test.each(KINDS)(
  '$title: what is hostile arrives intact or not at all',
  async ({ title, ...kind }) => {
    await using stand = await createStand(kind);
    const random = createRandom(title.length * 7919);
    const wrong: string[] = [];
    const own = new Set<string>();
    for (const slot of SLOTS) {
      for (const member of stand.members(slot)) {
        const triedBefore = total.tried;
        wrong.push(...(await tryOn(stand, { member, slot, random })));
        if (total.tried > triedBefore) own.add(titleOf(slot));
      }
    }
    // One of each place is enough to see.
    const places = new Map(wrong.toReversed().map((one) => [one.slice(0, one.indexOf(': ')), one]));
    expect([...places.values()]).toEqual([]);
    expect(own.size).toBeGreaterThanOrEqual(MIN_SLOTS);
  },
  120_000,
);

test.each(KINDS)('$title: a document is pushed to the letter or not at all', async ({ title, ...kind }) => {
  await using stand = await createStand(kind);
  const random = createRandom(title.length * 104_729);
  const root = title.startsWith('Snom') ? 'SnomIPPhoneText' : 'YealinkIPPhoneTextScreen';
  const slot: Slot = { command: 'pushXml', name: 'document', marker: '', arguments: (document) => ({ document }) };
  const letters = (text: string): string => text.replace(/\r\n?/g, '\n');
  const [taken, wrong]: [string[], string[]] = [[], []];
  for (const member of stand.members(slot)) {
    for (let round = 0; round < 200; round += 1) {
      const document = `<${root}><Title>t</Title><Text>${hostileValue(random)}</Text></${root}>`;
      const { seen } = await stand.attempt(member, slot, document);
      if (seen.length === 0) continue;
      taken.push(document);
      const [{ body } = { body: '' }] = seen.filter((one) => one.body !== '');
      // CSTA carries it as a text of its own: undone once, it is the document.
      const carried = [body, unescaped(body)].some((one) => letters(one).includes(letters(document)));
      if (!carried || /<!DOCTYPE/i.test(document)) wrong.push(document.slice(0, 300));
    }
  }
  expect(wrong).toEqual([]);
  expect(taken.length).toBeGreaterThan(20);
});

/** XML text as it is read: references undone, CDATA sections opened. */
function unescaped(text: string): string {
  return text
    .replace(/\]\]><!\[CDATA\[/g, '')
    .replace(/&(lt|gt|quot|apos);/g, (_all, name: string) => ({ lt: '<', gt: '>', quot: '"', apos: "'" })[name] ?? '')
    .replaceAll('&amp;', '&');
}

test('every slot and 10,000 values were tried, and neither all were refused nor all were taken', () => {
  expect(SLOTS.map(titleOf).filter((title) => !total.slots.has(title))).toEqual([]);
  expect(total.tried).toBeGreaterThanOrEqual(10_000);
  expect(total.intact).toBeGreaterThan(1_000);
  expect(total.refused).toBeGreaterThan(1_000);
});
