import { CONTRACT_VERSION } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { checkDriverPackage, FINDINGS, type FindingCode } from '../../src/check/index.ts';
import { ENTRY, type Files, MANIFEST, smallPackage } from '../support/driver-package.ts';

/** A package in which one thing is wrong, and what is told of it. */
interface Fault {
  readonly manifest?: Readonly<Record<string, unknown>>;
  readonly files?: Files;
  readonly patienceMs?: number;
  readonly told: string;
}

const models = (text: string): Files => ({ 'dist/models.js': `${text}\nexport const models = [];\n` });
const { '.': entry } = MANIFEST.exports;

const FAULTS: Readonly<Record<FindingCode, readonly Fault[]>> = {
  E101: [
    { manifest: { license: undefined }, told: 'package.json: there is no `license`' },
    { manifest: { name: ' ' }, told: 'package.json: there is no `name`' },
  ],
  E102: [{ manifest: { keywords: ['hookswitch'] }, told: 'package.json: the keyword is missing' }],
  E103: [{ manifest: { type: undefined }, told: 'package.json: `type` is not "module"' }],
  E104: [
    { manifest: { exports: { '.': entry } }, told: 'package.json: `exports` has no "./package.json"' },
    {
      manifest: { exports: { ...MANIFEST.exports, './virtual': './dist/virtual.js' } },
      told: 'package.json: `exports` names ./dist/virtual.js, which is not there',
    },
  ],
  E105: [
    {
      manifest: { files: ['src'], exports: { ...MANIFEST.exports, '.': './dist/index.js' } },
      told: 'package.json: `files` leaves ./dist/index.js out',
    },
  ],
  E106: [
    { manifest: { engines: {} }, told: 'package.json: `engines.node` is missing, or no range' },
    { manifest: { engines: { node: '>=22' } }, told: 'package.json: ">=22" admits an older Node.js' },
    { manifest: { engines: { node: 'new' } }, told: 'package.json: `engines.node` is missing, or no range' },
  ],
  E107: [
    { manifest: { peerDependencies: {} }, told: 'package.json: @hookswitch/core is no peer dependency' },
    {
      manifest: { dependencies: { '@hookswitch/core': '^0.0.0' } },
      told: 'package.json: @hookswitch/core is among `dependencies`',
    },
  ],
  E108: [
    {
      manifest: { peerDependencies: { '@hookswitch/core': '^7.0.0' } },
      told: 'package.json: @hookswitch/core 0.0.0 is installed, and the range is ^7.0.0',
    },
  ],
  E109: [
    {
      manifest: { dependencies: { '@hookswitch/driver-kit': '^0.0.0' } },
      told: 'package.json: @hookswitch/driver-kit is among `dependencies`',
    },
    {
      manifest: { peerDependencies: { '@hookswitch/core': '^0.0.0', '@hookswitch/driver-kit': '^0.0.0' } },
      told: 'package.json: @hookswitch/driver-kit is a peer dependency that is not optional',
    },
  ],
  E110: [
    {
      manifest: { scripts: { postinstall: 'node a.js' } },
      told: 'package.json: the script `postinstall` runs when it is installed',
    },
    { files: { 'binding.gyp': '{}' }, told: 'binding.gyp: it is compiled' },
  ],
  E111: [
    {
      manifest: { peerDependencies: { '@hookswitch/core': '*' } },
      told: 'package.json: "*" of @hookswitch/core admits versions for ever',
    },
    {
      manifest: { peerDependencies: { '@hookswitch/core': '>=0.0.0' } },
      told: 'package.json: ">=0.0.0" of @hookswitch/core admits versions for ever',
    },
    {
      manifest: {
        peerDependencies: { '@hookswitch/core': '^0.0.0', '@hookswitch/driver-kit': 'latest' },
        peerDependenciesMeta: { '@hookswitch/driver-kit': { optional: true } },
      },
      told: 'package.json: "latest" of @hookswitch/driver-kit is no range of semver',
    },
  ],
  E201: [
    { files: { 'dist/index.js': 'export const other = 1;' }, told: './dist/index.js: it exports no `driver`' },
    { files: { 'dist/index.js': 'export const driver = {};' }, told: './dist/index.js: it exports no `driver`' },
    {
      files: { 'dist/index.js': "throw new Error('Not today.');" },
      told: './dist/index.js: it cannot be imported: Error: Not today.',
    },
  ],
  E202: [
    {
      files: { 'dist/index.js': ENTRY.replace('contractVersion: CONTRACT_VERSION', "contractVersion: '9.0.0'") },
      told: `./dist/index.js: it is for contract 9.0.0; this kit has ${CONTRACT_VERSION}`,
    },
  ],
  E204: ['new', '*', '^0.9', '>=1.2'].map((stated, place) => ({
    files: { 'dist/index.js': ENTRY.replace('contractVersion: CONTRACT_VERSION', `contractVersion: '${stated}'`) },
    told: `./dist/index.js: "${stated}" ${
      [
        'is neither a version nor a range of semver',
        'says not which contract it is for',
        'says not which contract it is for',
        'admits contracts that nobody has seen yet',
      ][place]
    }`,
  })),
  E203: [
    {
      files: { 'dist/index.js': ENTRY.replace("'1.2.3'", "'1.2.2'") },
      told: './dist/index.js: the driver says 1.2.2, the package 1.2.3',
    },
  ],
  E301: [
    { files: models("import 'node:net';"), told: 'dist/models.js: it imports node:net' },
    { files: models("export const later = () => import('http');"), told: 'dist/models.js: it imports http' },
    { files: models("export { a } from './a.js';"), told: 'dist/a.js: it imports node:dgram' },
  ],
  E302: [{ files: models("import 'node:fs';"), told: 'dist/models.js: it imports node:fs' }],
  E303: [{ files: models("import 'acorn';"), told: 'dist/models.js: it imports acorn' }],
  E304: [
    { files: models("export const a = () => fetch('http://a');"), told: 'dist/models.js: it uses fetch' },
    { files: models('export const a = process.env.A;'), told: 'dist/models.js: it uses process' },
  ],
  E305: [
    { files: models('export const a = () => setTimeout(() => {}, 1);'), told: 'dist/models.js: it uses setTimeout' },
  ],
  E306: [
    {
      files: models('export const a = (name) => import(name);'),
      told: 'dist/models.js: import() of a computed name',
    },
  ],
  E307: [
    {
      manifest: { dependencies: {} },
      files: models("export const a = () => import('@hookswitch/driver-kit/virtual');"),
      told: 'dist/models.js: it imports @hookswitch/driver-kit/virtual',
    },
  ],
  E308: [
    {
      files: {
        'dist/index.js': `const { port1 } = new MessageChannel();\nport1.onmessage = () => {};\n${ENTRY}`,
      },
      patienceMs: 1000,
      told: './dist/index.js: a process that imports it still runs after 1000 ms',
    },
  ],
  E401: [{ files: { 'src/diagnose.ts': null }, told: 'src/diagnose.ts: it is not there' }],
  E402: [{ files: { 'test/conformance.test.ts': null }, told: 'test/conformance.test.ts: it is not there' }],
  E501: [{ files: { 'README.md': null }, told: 'README.md: it is not there' }],
  E502: [{ files: { 'README.md': 'S1, answerKeys' }, told: 'README.md: it does not name the option answerKey' }],
  E503: [{ files: { 'README.md': 'S10, answerKey' }, told: 'README.md: it does not name the model S1' }],
};

/** What a fault needs besides, so that nothing else is wrong. */
const BESIDES: Files = { 'dist/a.js': "import 'node:dgram';\nexport const a = 1;\n" };

async function codesOf(fault: Partial<Fault>): Promise<readonly string[]> {
  await using made = await smallPackage(fault.manifest, { ...BESIDES, ...fault.files });
  const { patienceMs } = fault;
  const findings = await checkDriverPackage(made.folder, patienceMs === undefined ? {} : { patienceMs });
  return findings.map(({ code, file, message }) => `${code} ${file}: ${message}`);
}

test('a package as it has to be passes', async () => {
  expect(await codesOf({})).toEqual([]);
});

describe.each(Object.entries(FAULTS))('%s', (code, faults) => {
  test.each(faults)('$told', async (fault) => {
    expect(await codesOf(fault)).toEqual([`${code} ${fault.told}`]);
  });
});

test.each(['^1.2 || ^2', '1.0.0', '^1'])('the contract %s fits', async (stated) => {
  const files = { 'dist/index.js': ENTRY.replace('contractVersion: CONTRACT_VERSION', `contractVersion: '${stated}'`) };
  expect(await codesOf({ files })).toEqual([]);
});

test.each(['workspace:^', 'workspace:*', '^0.0.0 || ^1.0.0'])('the range %s of the core fits', async (range) => {
  expect(await codesOf({ manifest: { peerDependencies: { '@hookswitch/core': range } } })).toEqual([]);
});

test('a folder without a manifest has one finding', async () => {
  expect(await codesOf({ files: { 'package.json': null } })).toEqual([
    'E101 package.json: it is not there, or no JSON',
  ]);
});

test('own names that are called as globals are, and modules that compute, are no findings', async () => {
  const text =
    "import { createHash } from 'node:crypto';\nconst fetch = (o) => createHash('md5') && o.process;\nfetch({});";
  expect(await codesOf({ files: { 'dist/models.js': `${text}\nexport const models = [];` } })).toEqual([]);
});

test('the code of `./virtual` is none of the driver', async () => {
  const exports = { ...MANIFEST.exports, './virtual': './dist/virtual.js' };
  expect(await codesOf({ manifest: { exports }, files: { 'dist/virtual.js': "import 'node:net';" } })).toEqual([]);
});

test('codes belong to the families that the page names', () => {
  expect(Object.keys(FINDINGS).every((code) => /^E[1-5]\d\d$/.test(code))).toBe(true);
});
