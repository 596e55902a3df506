// The virtual phone alone, to try the driver in a gateway: `npm run phone`, until Ctrl-C. 2001 answers; Enter has 2002 call.
// A second one needs a MAC address of its own, by which gateways tell phones apart: `npm run phone -- 1.0 02000000ac02`.
import { VirtualExchange } from '@hookswitch/driver-kit/virtual';
import { VirtualAcmePhone } from '../src/virtual/index.ts';

const [firmware = '1.2', mac = '02000000ac01'] = process.argv.slice(2);
const exchange = new VirtualExchange();
exchange.addParty({ number: '2001', displayName: 'Bo', answersAfterMs: 1000 });
const caller = exchange.addParty({ number: '2002', displayName: 'Cy' });
const phone = new VirtualAcmePhone({
  exchange,
  model: 'A1',
  firmware,
  mac,
  number: '1001',
  credentials: { username: 'admin', password: 'virtual-phone' },
});
await phone.start();
console.log(`${phone.address}, user admin, password virtual-phone`);
process.stdin.on('data', () => void caller.dial(phone.number));
