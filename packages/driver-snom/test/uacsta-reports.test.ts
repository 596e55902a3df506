import { expect, test } from 'vitest';
import { uaCstaReports } from '../src/uacsta-reports.ts';

test('events by uaCSTA are those that the table has a meaning for, of both sides', () => {
  const reports = uaCstaReports();
  const kinds = new Set(reports.map(({ event }) => (event.type === 'CALL' ? event.callEventKind : event.type)));
  expect([...kinds].toSorted()).toMatchInlineSnapshot(`
    [
      "CANCELED",
      "CONFERENCED",
      "CONNECTED",
      "ENDED",
      "FEATURE",
      "FORWARDED",
      "HELD",
      "INCOMING",
      "OUTGOING",
      "REJECTED",
      "REMOTE_BUSY",
      "REMOTE_CANCELED",
      "REMOTE_HELD",
      "REMOTE_RESUMED",
      "RESUMED",
      "TRANSFER_FINISHED",
      "TRANSFER_RECEIVED",
    ]
  `);
  const switches = reports.flatMap(({ event }) =>
    event.type === 'FEATURE' ? [`${event.feature} ${event.enabled}`] : [],
  );
  expect(switches).toEqual(
    ['true', 'false'].flatMap((on) =>
      ['DO_NOT_DISTURB', 'FORWARD_ALWAYS', 'FORWARD_BUSY', 'FORWARD_NO_ANSWER'].map((name) => `${name} ${on}`),
    ),
  );
});
