import { serverAudits } from 'graphql-http';
import { expect, test } from 'vitest';
import { KEY } from './fake-application.ts';
import { startGateway } from './gateway.ts';

const audits = serverAudits({ url: 'http://never.invalid' });

test('the suite is the one that is known: all of its 61 audits', () => {
  expect(audits).toHaveLength(61);
  expect(new Set(audits.map(({ id }) => id)).size).toBe(61);
});

// GraphQL over HTTP, by the audits of graphql-http: each against a server of its own.
test.each(audits.map(({ id, name }) => [id, name]))('%s %s', async (id) => {
  const gateway = await startGateway();
  const withKey = (url: string, init: RequestInit = {}) =>
    fetch(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${KEY}` } });
  const audit = serverAudits({ url: gateway.url, fetchFn: withKey }).find((candidate) => candidate.id === id);
  expect(await audit?.fn()).toMatchObject({ status: 'ok' });
});
