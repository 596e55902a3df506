import type { DemoOffice } from './office.ts';
import { SERVICES } from './people.ts';

const VENDORS = { snom: 'Snom', yealink: 'Yealink', poly: 'Poly', grandstream: 'Grandstream' } as const;

/** What is said once the office runs: where it is, who is there, what to try. */
export function describeOffice(office: DemoOffice): string {
  const { gateway, apiKey, portWasTaken, graphiqlHasKey } = office;
  const port =
    portWasTaken === null
      ? []
      : [`Port ${portWasTaken} is taken by another program; HOOKSWITCH_PORT chooses another. This is a free one.`, ''];
  return [
    '',
    ...port,
    // What stands behind # stays in the browser.
    `Console   ${gateway.url}/${graphiqlHasKey ? `#key=${apiKey}` : ''}`,
    `GraphiQL  ${gateway.url}/graphql`,
    `API key   ${apiKey}`,
    `SIP       ${describeSip(office)}`,
    '',
    ...table(office),
    '',
    'To try first',
    ...tryFirst(office),
    '',
    'Ctrl-C ends all of it.',
    '',
  ].join('\n');
}

function describeSip({ registrar }: DemoOffice): string {
  if (registrar.kamailio === null) return `straight to the phones: ${registrar.why}.`;
  const { host, port } = registrar.kamailio;
  return `the phones have registered at a Kamailio (${host}:${port}), which the gateway asks where they are.`;
}

function table({ phones }: DemoOffice): readonly string[] {
  const rows = [
    ['No.', 'Name', 'Phone', 'Firmware', 'Address', 'Id'],
    ...phones.map(({ person, phone, id }) => [
      person.number,
      person.name,
      `${VENDORS[person.vendor]} ${person.model}`,
      person.firmware,
      phone.address,
      id,
    ]),
    ...SERVICES.map(({ number, name, answersAfterMs }) => [
      number,
      name,
      answersAfterMs === undefined ? '(takes no call)' : '(answers after a second)',
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  '),
  );
}

function tryFirst({ phones, graphiqlHasKey }: DemoOffice): readonly string[] {
  const [first] = phones;
  const key = graphiqlHasKey
    ? '   The key is in both already, since only this machine reaches them.'
    : '   Put {"authorization": "Bearer API-KEY"} under Headers: the page is reached from other machines too.';
  return [
    '1. Open the console: choose a phone, dial another, answer it there.',
    '   Or open GraphiQL. Its tabs hold a query, mutations and a subscription that run as they are.',
    key,
    '2. Run the subscription in its tab, and leave it open in a second window.',
    `3. Run the mutation Dial: ${first?.person.name ?? 'a phone'} calls, another phone rings. Then Answer, Hold, Resume, HangUp.`,
    '   Phones do not answer by themselves; 300 does.',
  ];
}
