import type { DemoOffice } from '@hookswitch/demo';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gatewaySchema } from '../src/reference/schema.ts';
import type { Block } from './blocks/extract.ts';
import type { Stage } from './blocks/graphql-block.ts';
import { openOffice } from './blocks/office.ts';
import { pages } from './blocks/pages.ts';
import { isForRunning, isSkipped, runBlock } from './blocks/run-block.ts';

/**
 * How many blocks of a page are not run, each with its reason in the page (`<!-- not run: WHY -->`). A page that is not
 * here has none.
 */
const NOT_RUN: Readonly<Record<string, number>> = {
  'README.md': 1,
  'docs/install.md': 4,
  'docs/writing-a-driver.md': 1,
};

const schema = gatewaySchema();
const all = pages();

describe.each(all.filter(({ blocks }) => blocks.some((block) => isForRunning(block) && !isSkipped(block))))(
  '$page',
  ({ blocks }) => {
    const memory: Stage['memory'] = new Map();
    let office: DemoOffice;
    beforeAll(async () => {
      office = await openOffice();
    });
    afterAll(() => office.stop());

    test.each(named(blocks.filter((block) => isForRunning(block) && !isSkipped(block))))('%s', async (place, block) => {
      const faults = await runBlock(block, { office, schema, memory });
      expect(faults, help(place, block)).toEqual([]);
    });
  },
);

test('blocks that are not run say why, and are counted', () => {
  const skipped = all.flatMap(({ page, blocks }) => blocks.filter(isSkipped).map(({ mark }) => ({ page, mark })));
  const counts: Record<string, number> = {};
  for (const { page } of skipped) counts[page] = (counts[page] ?? 0) + 1;
  expect(skipped.filter(({ mark }) => mark?.kind === 'not run' && mark.reason === '')).toEqual([]);
  expect(counts, 'Change NOT_RUN in this file only where a block really cannot run.').toEqual(NOT_RUN);
});

test('every mark is understood', () => {
  const words = [
    'phone',
    'spare',
    'expect',
    'until',
    'dials',
    'in',
    'lines',
    'configuration',
    'ringing',
    'talking',
    'consulting',
    'missed',
  ];
  const unknown = all.flatMap(({ blocks }) =>
    blocks.flatMap(({ page, line, mark }) =>
      mark?.kind === 'run'
        ? mark.directives.filter(([word = '']) => !words.includes(word)).map(([word]) => `${page}:${line} ${word}`)
        : [],
    ),
  );
  expect(unknown).toEqual([]);
});

function named(blocks: readonly Block[]): readonly (readonly [string, Block])[] {
  return blocks.map((block) => [`line ${block.line}, ${block.language}`, block]);
}

function help(place: string, { page, language }: Block): string {
  const mark =
    language === 'graphql'
      ? '"<!-- run: phone 202; talking -->" (phone NUMBER, spare VENDOR MODEL FIRMWARE, ringing, talking, consulting, missed, expect CODE)'
      : '"<!-- run -->" or "<!-- run: until TEXT; lines N; in FOLDER; dials NUMBER -->"';
  return [
    `${page}, ${place}: this does not do what the page says. Mend the page or the code. In the line above the block`,
    `${mark} says how it is run; "<!-- not run: WHY -->" that it cannot be, which is then counted in NOT_RUN of`,
    'packages/site/test/blocks.test.ts. Values that stand for others end with "…"; how they are filled in: packages/site/README.md.',
  ].join('\n');
}
