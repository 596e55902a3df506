import { Writable } from 'node:stream';
import { createLog } from '@hookswitch/gateway';
import { expect, test } from 'vitest';
import { FURTHER_PEOPLE, WEB_LOGIN } from '../src/people.ts';
import { ask, give } from './support/command.ts';
import { openOffice } from './support/open-office.ts';

const FIND = 'query ($id: ID!) { phoneInfo(phoneId: $id) { __typename ... on Failure { message } } }';
const COMMANDS = 'query { commands(first: 50) { nodes { id name status failure { message } } } }';

test('a password that stands in the URL of every command comes out nowhere', async () => {
  let logged = '';
  const output = new Writable({
    write(chunk: Buffer, _, done) {
      logged += chunk;
      done();
    },
  });
  const log = createLog('trace', Object.assign(output, { isTTY: false }) as NodeJS.WriteStream);
  const office = await openOffice({ people: FURTHER_PEOPLE['grandstream'] ?? [], log });
  const told: unknown[] = [];
  const [first, second] = ['501', '502'];
  if (first === undefined || second === undefined) throw new Error('Nobody has such a phone.');
  told.push(await give(office, first, ['dial', { to: '300' }]));
  const { phone, id } = office.phone(first);
  // A phone that says no, one that says nothing, and one that is gone.
  phone.faults.unavailable = 1;
  told.push(await give(office, first, ['reboot', { evenInCall: true }]));
  phone.faults.dropReplyAfterActing = 1;
  told.push(await give(office, first, ['factoryReset', { confirmMac: phone.mac }]));
  await phone.refuseConnections(true);
  told.push(await give(office, first, ['answer', {}]), await ask(office, FIND, { id }));
  // One that has another password by now.
  const update =
    'mutation ($id: ID!) { updatePhone(phoneId: $id, input: { password: "wrong-canary" }) { __typename } }';
  await ask(office, update, { id: office.phone(second).id });
  told.push(await give(office, second, ['dial', { to: '300' }]), await ask(office, COMMANDS, {}));

  const sent = phone.requests.all.map(({ target }) => target).join('\n');
  expect(sent).toContain(`passcode=${WEB_LOGIN.password}`);
  expect(logged).toContain('api-make_call');
  expect(JSON.stringify(told)).toMatch(/PHONE_UNAUTHORIZED|refused/);
  for (const secret of [WEB_LOGIN.password, 'wrong-canary']) {
    expect(logged).not.toContain(secret);
    expect(JSON.stringify(told)).not.toContain(secret);
  }
});
