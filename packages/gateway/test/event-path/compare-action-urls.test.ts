import { expect, test } from 'vitest';
import { compareActionUrls, describeDrifts } from '../../src/event-path/compare-action-urls.ts';

const base = 'http://192.0.2.1:4000';
const url = `${base}/a/AAAAAAAAAAAAAAAAAAAAAAAA/incoming?remote=$remote`;
const wanted = [{ setting: 'incoming', url }];
const other = 'http://192.0.2.9/a/AAAAAAAAAAAAAAAAAAAAAAAA/incoming?remote=$remote';

test.each<[string, string, readonly (string | null)[]]>([
  ['right', url, [null, null]],
  ['with spaces around it', ` ${url} `, [null, null]],
  ['another address', other, ['ADDRESS', 'ADDRESS']],
  ['another token', url.replace('AAAA/', 'BBBB/'), ['TOKEN', 'TOKEN']],
  ['another path', url.replace('/incoming', '/outgoing'), ['OTHER', 'OTHER']],
  ['other variables', `${url}&local=$local`, ['OTHER', 'OTHER']],
  ['empty', '', ['MISSING', null]],
  ['another system', 'http://192.0.2.9/cti?x=$remote', ['ADDRESS', null]],
  ['no URL', 'nonsense', ['ADDRESS', null]],
])('%s: %s', (_what, held, [managed, unmanaged]) => {
  const faultWith = (settings: ReadonlySet<string> | null) =>
    compareActionUrls(wanted, new Map([['incoming', held]]), settings).drifts[0]?.fault ?? null;
  expect([faultWith(new Set(['incoming'])), faultWith(null), faultWith(new Set(['hold']))]).toEqual([
    managed,
    unmanaged,
    null,
  ]);
});

test('what cannot be read is no drift; what is said of one holds no token', () => {
  expect(compareActionUrls(wanted, new Map(), new Set(['incoming']))).toEqual({ readable: 0, right: 0, drifts: [] });
  const { drifts } = compareActionUrls(wanted, new Map([['incoming', other]]), null);
  expect(describeDrifts(drifts)).toBe('incoming lead to another address (http://192.0.2.9)');
});
