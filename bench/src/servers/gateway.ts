import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGateway, parseConfig } from '@hookswitch/gateway';
import { argument, serve } from './child.ts';

/** What the benchmark needs to know of a running gateway. */
export interface GatewayReady {
  readonly url: string;
  readonly key: string;
  /** Of the phones that take commands, as GraphQL names them, in the order of their addresses. */
  readonly phoneIds: readonly string[];
  /** Origin-form targets of other phones' action URLs, in turn a call that begins and its end. See `targetOf`. */
  readonly targets: readonly string[];
}

const key = 'bench-key-0123456789';
/** An office of them: events of one phone alone would be no load that occurs. */
const REPORTERS = 100;
const { phoneAddresses } = argument<{ readonly phoneAddresses: readonly string[] }>();
const dataDir = await mkdtemp(join(tmpdir(), 'hookswitch-bench-'));
const parsed = parseConfig(
  {
    HOOKSWITCH_PORT: '0',
    HOOKSWITCH_DATA_DIR: dataDir,
    HOOKSWITCH_ADMIN_KEY: key,
    HOOKSWITCH_ALLOWED_TARGETS: '127.0.0.0/8',
    HOOKSWITCH_LOG_LEVEL: 'error',
  },
  null,
);
if ('faults' in parsed) throw new Error(parsed.faults.join('\n'));
const gateway = await createGateway({ config: parsed.config });
const { application, url } = gateway;
const session = await gateway.authenticator.authenticate(key);
if (session === null) throw new Error('the key is not known');
const { principal: caller } = session;
const phoneIds: string[] = [];
for (const [index, address] of phoneAddresses.entries()) {
  const id = await add({ name: `Takes commands ${index}`, vendor: 'snom', model: 'D785', address });
  phoneIds.push(Buffer.from(`Phone:${id}`).toString('base64url'));
}
const targets: string[] = [];
for (let index = 0; index < REPORTERS; index += 1) {
  const urls =
    application.phones.actionUrls(await add({ name: `Reports ${index}`, vendor: 'yealink', model: 'T46U' }), caller) ??
    [];
  for (const setting of ['action_url.incoming_call', 'action_url.call_terminated']) {
    const found = urls.find((one) => one.setting === setting);
    if (found === undefined) throw new Error(`the phone has no ${setting}`);
    targets.push(found.url.slice(url.length).replaceAll(/\$(?!(call_id|display_remote)\b)\w+/g, 'sip:101@pbx.example'));
  }
}
const ready: GatewayReady = { url, key, phoneIds, targets };
serve(ready, async () => {
  await gateway.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function add(phone: Parameters<typeof application.phones.add>[0]): Promise<string> {
  if (caller === null) throw new Error('the key is not known');
  const added = await application.phones.add(phone, caller);
  if (!added.ok) throw new Error(added.failure.message);
  return added.value.id;
}
