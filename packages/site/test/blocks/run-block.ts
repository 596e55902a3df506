import { parseConfig } from '@hookswitch/gateway';
import { parse as parseYaml } from 'yaml';
import { type Block, directive } from './extract.ts';
import { runGraphql, type Stage } from './graphql-block.ts';
import { clearCalls, SCENES, spare } from './office.ts';
import { runShell } from './shell-block.ts';
import { runTypescript } from './typescript-block.ts';

/** Which number a block is about that names none. */
const USUAL_PHONE = '101';

/** Languages whose blocks are run, with or without a mark. */
const RUN = new Set(['graphql', 'sh', 'bash', 'json', 'yaml', 'ts']);

/** Pages whose programs are files of a package that are compiled and tested there; a test holds the page to them. */
const HELD_ELSEWHERE = new Set(['docs/writing-a-driver.md']);

/** Whether the block is one that has to run, or to say why it cannot. */
export function isForRunning({ page, language, info }: Block): boolean {
  if (language === 'ts' && HELD_ELSEWHERE.has(page)) return false;
  return RUN.has(language) && !/^variables\b/.test(info);
}

/** Whether a page promises nothing about it. */
export function isSkipped({ mark }: Block): boolean {
  return mark?.kind === 'not run';
}

/** Runs a block. @returns what is wrong; empty: it does what the page says */
export async function runBlock(
  block: Block,
  stage: Pick<Stage, 'office' | 'schema' | 'memory'>,
): Promise<readonly string[]> {
  const number = directive(block, 'phone')?.[0] ?? USUAL_PHONE;
  switch (block.language) {
    case 'json':
      return faultsOf(() => JSON.parse(block.text));
    case 'yaml':
      return directive(block, 'configuration') === null
        ? faultsOf(() => parseYaml(block.text))
        : configurationFaults(block);
    case 'graphql':
      return onStage(block, { ...stage, number });
    case 'ts':
      return runTypescript(block, stage.office, number);
    default:
      if (block.mark === null) return ['Commands of a shell run only where the page says so.'];
      return runShell(block, stage.office, number);
  }
}

async function onStage(block: Block, stage: Omit<Stage, 'spare'>): Promise<readonly string[]> {
  const words = directive(block, 'spare');
  await using stack = new AsyncDisposableStack();
  const phone = words === null ? null : stack.use(await spare(stage.office, words));
  const scene = Object.keys(SCENES).find((word) => directive(block, word) !== null);
  try {
    if (scene !== undefined) await SCENES[scene]?.(stage.office, stage.number);
    return await runGraphql(block, { ...stage, spare: phone });
  } finally {
    await clearCalls(stage.office);
  }
}

/** In the place of a fingerprint that a page cuts short. */
const FINGERPRINT = 'AB:CD:'.repeat(16).slice(0, -1);

/** What the gateway itself says of a configuration file. */
function configurationFaults(block: Block): readonly string[] {
  const text = block.text.replaceAll('AB:CD:…', FINGERPRINT);
  const parsed = parseConfig({}, { text, name: 'the page', folder: '.' });
  return 'faults' in parsed ? parsed.faults : [];
}

function faultsOf(read: () => unknown): readonly string[] {
  try {
    read();
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
