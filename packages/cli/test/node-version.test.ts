import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { nodeFault } from '@hookswitch/gateway/node-version';
import { expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };

const [, NEEDED = ''] = /^>=(\d+)$/.exec(packageJson.engines.node) ?? [];
const TOO_OLD = `${Number(NEEDED) - 4}.9.0`;

/** Makes Node.js as Node.js 20 is, as far as it matters here: it says so, and has no `node:sqlite`. */
const AS_OLD = `
import { registerHooks } from 'node:module';
registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'node:sqlite') throw new Error('No such built-in module: node:sqlite');
    return next(specifier, context);
  },
});
Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${TOO_OLD}' } });`;

/** How a program ends on such a Node.js, and what it says. */
async function onOldNode(file: string): Promise<{ readonly code: unknown; readonly err: string }> {
  const path = fileURLToPath(new URL(`../../${file}`, import.meta.url));
  const preload = `data:text/javascript,${encodeURIComponent(AS_OLD)}`;
  const child = spawn(process.execPath, ['--import', preload, path], { stdio: ['ignore', 'ignore', 'pipe'] });
  const [err, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  return { code, err };
}

test.each(['cli/bin/hookswitch.js', 'gateway/dist/main.js', 'demo/dist/main.js'])(
  '%s says which Node.js it needs before it misses anything',
  async (file) => {
    expect(await onOldNode(file)).toEqual({
      code: 1,
      err: `error: this needs Node.js ${NEEDED} or newer, and runs on ${TOO_OLD}.\ndo: install a newer one: https://nodejs.org\n`,
    });
  },
);

test('what is needed is enough', () => {
  expect(nodeFault(`${NEEDED}.0.0`)).toBeNull();
  expect(nodeFault('100.1.0')).toBeNull();
});
