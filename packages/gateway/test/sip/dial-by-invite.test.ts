import { expect, test } from 'vitest';
import { type SnomOffice, type SnomOfficeOptions, snomOffice } from './snom-office.ts';

/** A phone on which nothing else dials than a call that it answers by itself. */
const office = (more: SnomOfficeOptions = {}): Promise<SnomOffice> =>
  snomOffice({
    options: { dialByInvite: 'true' },
    settings: { answer_after_policy: 'idle', csta_control: 'off' },
    ...more,
  });
const dial = { name: 'dial', arguments: { to: '1002' } } as const;

/** What went between the gateway and the phone: requests, and statuses that the phone told of its own call. */
const toPhone = ({ virtual }: SnomOffice): readonly string[] | undefined =>
  virtual.sipRequests?.all.map(({ method }) => method).filter((method) => /^(?:INVITE|REFER|BYE)$/.test(method));

test('the call is ended when the phone says that it is through', async () => {
  await using given = await office();
  const colleague = given.virtual.telephony.exchange.addParty({ number: '1002' });
  const command = given.running.run(given.phone, dial);
  await expect.poll(() => given.virtual.calls.map(({ state }) => state)).toEqual(['ringing']);
  // As long as it only rings the call stands.
  expect(toPhone(given)?.slice(-2)).toEqual(['INVITE', 'REFER']);
  colleague.answer();
  expect(await command).toMatchObject({ status: 'ACCEPTED', transport: 'SIP_INVITE' });
  expect(toPhone(given)?.slice(-3)).toEqual(['INVITE', 'REFER', 'BYE']);
});

test.each([
  ['is busy', { busy: true }, 486],
  ['declines', { rejects: true }, 603],
  ['is nobody', undefined, 404],
])('a number that %s is a failure with that status, and the phone is hung up', async (_, party, phoneStatus) => {
  await using given = await office();
  if (party !== undefined) given.virtual.telephony.exchange.addParty({ number: '1002', ...party });
  expect(await given.running.run(given.phone, dial)).toMatchObject({
    status: 'FAILED',
    transport: 'SIP_INVITE',
    failure: { code: 'PHONE_REJECTED', phoneStatus },
  });
  expect(toPhone(given)?.at(-1)).toBe('BYE');
});

test('a phone that tells nothing is hung up after a while, and has taken the command', async () => {
  await using given = await office({ quirks: { referProgress: 'silent' } });
  given.virtual.telephony.exchange.addParty({ number: '1002', answersAfterMs: 0 });
  expect(await given.running.run(given.phone, dial)).toMatchObject({ status: 'ACCEPTED', transport: 'SIP_INVITE' });
  expect(toPhone(given)?.at(-1)).toBe('BYE');
}, 15_000);
