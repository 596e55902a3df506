// When a phone rings, shows who calls: node screen-pop/main.ts EXTENSION
import { readFile } from 'node:fs/promises';
import { createClient } from '@hookswitch/client';

interface Customer {
  readonly name: string;
  readonly page: string;
}

const [extension] = process.argv.slice(2);
const { HOOKSWITCH_URL: url = 'http://127.0.0.1:4000', HOOKSWITCH_KEY: token } = process.env;
if (extension === undefined || token === undefined) {
  process.stderr.write('usage: HOOKSWITCH_KEY=… node screen-pop/main.ts EXTENSION\n');
  process.exit(2);
}
const customers: Readonly<Record<string, Customer>> = JSON.parse(
  await readFile(new URL('customers.json', import.meta.url), 'utf8'),
);

await using hookswitch = createClient({ url, token });
// Of its SIP URI: the number alone may also stand in the address of another phone.
const found = await hookswitch.phones({ filter: { search: `sip:${extension}@` } });
if (!found.ok) throw new Error(found.failure.message);
const [phone] = found.value.items;
if (phone === undefined) throw new Error(`There is no phone ${extension}.`);

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
const rings = hookswitch.phoneEvents({
  filter: { phoneIds: [phone.id], callEventKinds: ['INCOMING'], types: ['CALL'] },
  signal: stop.signal,
});
for await (const event of rings) {
  if (event.__typename === 'CaughtUp') process.stdout.write(`Waiting for calls to ${phone.name}.\n`);
  if (event.__typename !== 'CallEvent') continue;
  const { number, displayName } = event.call?.remote ?? {};
  const customer = customers[number ?? ''];
  process.stdout.write(
    `${number ?? 'Somebody'} calls: ${customer?.name ?? displayName ?? 'not known'} ${customer?.page ?? ''}\n`,
  );
}
