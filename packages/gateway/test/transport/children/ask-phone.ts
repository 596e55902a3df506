import { createKamailioRegistrar } from '../../../src/sip/registrar/kamailio.ts';
import { createAddressPolicy } from '../../../src/transport/address-policy.ts';
import { createHttpAgent } from '../../../src/transport/http-agent.ts';

// Asks a phone and a registrar, both at the origin given, and says what came back.

const [origin = ''] = process.argv.slice(2);
const { signal } = new AbortController();
const agent = createHttpAgent({ policy: createAddressPolicy({ networks: ['127.0.0.0/8'] }) });
const reply = await agent.exchange({
  origin,
  method: 'GET',
  target: '/phone',
  headers: {},
  body: undefined,
  close: true,
  timeoutMs: 5_000,
  signal,
});
await agent.close();
const registrar = createKamailioRegistrar({ url: `${origin}/RPC`, table: 'location', domains: [] });
const found = await registrar.find({ user: '101', domain: null, profile: null }, signal);
process.stdout.write(JSON.stringify(['status' in reply ? reply.status : reply.error.message, found.length]));
