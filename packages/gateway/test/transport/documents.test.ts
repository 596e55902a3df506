import { expect, test } from 'vitest';
import { createDocumentShelf } from '../../src/transport/documents.ts';

const DOCUMENT = { mediaType: 'text/xml', body: '<a/>' };

test('a document is at an unguessable address until its time is over', async () => {
  let now = 1_000;
  const shelf = createDocumentShelf(
    () => 'http://192.0.2.1:4000',
    () => now,
  );
  const { url, expiresAt } = shelf.publish(DOCUMENT, 500);
  const [, token = ''] = /^http:\/\/192\.0\.2\.1:4000\/d\/([A-Za-z0-9_-]{22})$/.exec(url) ?? [];
  expect(expiresAt).toBe(1_500);
  expect(shelf.fetch(token)).toMatchObject(DOCUMENT);
  expect((await shelf.publisher.publish(DOCUMENT)).url).not.toBe(url);
  now = 1_500;
  expect(shelf.fetch(token)).toBeNull();
  expect(shelf.fetch('A'.repeat(22))).toBeNull();
});

test('of too many the oldest go', () => {
  const shelf = createDocumentShelf(
    () => '',
    () => 0,
  );
  const tokens = Array.from({ length: 10_001 }, () => shelf.publish(DOCUMENT, 1).url.slice('/d/'.length));
  expect(shelf.fetch(tokens[0] ?? '')).toBeNull();
  expect(shelf.fetch(tokens[1] ?? '')).not.toBeNull();
  expect(shelf.fetch(tokens.at(-1) ?? '')).not.toBeNull();
});
