import { ACCEPTED, type Ladders, notHere, TransportError, unknown } from '@hookswitch/core';
import { expect, test } from 'vitest';
import { conformance } from '../../src/index.ts';
import { CollectingRunner } from '../support/collecting-runner.ts';
import { press } from '../support/example-driver.ts';
import { exampleHarness, exampleSipPhone, SIP } from '../support/example-harness.ts';
import { EXAMPLE_SIP } from '../support/example-phone.ts';
import {
  dialogRung,
  exampleSipDriver,
  keyNotify,
  notify,
  notifyRung,
  pressInDialog,
  sipRefusal,
} from '../support/example-sip-driver.ts';

type Rungs = NonNullable<Ladders['ANSWER']>;
type Answer = Rungs[0]['answer'];

const NOTIFY = keyNotify('OK');

const byNotify = (answer: Answer): Rungs => [{ ...notifyRung, answer }];
const inDialog = (answer: Answer): Rungs => [{ ...dialogRung, answer }];

/** A fault that a driver may have over SIP, and the cases of which at least one must tell. */
const SPOILT: Readonly<Record<string, readonly [answer: Rungs, told: RegExp]>> = {
  'a wrong Event': [
    byNotify((_, context) => notify(context, { ...NOTIFY, headers: { ...NOTIFY.headers, Event: 'example-keys' } })),
    /ANSWER over SIP_NOTIFY: answer, the call named$/,
  ],
  'a wrong Content-Type': [
    byNotify((_, context) => notify(context, { ...NOTIFY, contentType: 'message/sipfrag' })),
    /answer, the call named$/,
  ],
  'an octet too many in the body': [
    byNotify((_, context) => notify(context, { ...NOTIFY, body: `${NOTIFY.body}\n` })),
    /answer, the call named$/,
  ],
  'the wrong key': [byNotify((_, context) => notify(context, keyNotify('CANCEL'))), /answer, the call named$/],
  'a header that belongs to the transport': [
    byNotify((_, context) => notify(context, { ...NOTIFY, headers: { ...NOTIFY.headers, 'Call-ID': '1' } })),
    /answer, the call named$/,
  ],
  'a second request of which the dry run did not tell': [
    byNotify(async (_, context) => {
      const outcome = await notify(context, NOTIFY);
      if (context.calls[0]?.state === 'RINGING') await notify(context, { ...NOTIFY, body: String(Math.random()) });
      return outcome;
    }),
    /answer, the call named$/,
  ],
  'a rung of SIP that speaks HTTP': [byNotify((_, context) => press(context, 'OK')), /answer, the call named$/],
  'a NOTIFY that is claimed to be a MESSAGE': [
    [{ ...notifyRung, transport: 'SIP_MESSAGE', answer: (_, context) => notify(context, NOTIFY) }],
    /ANSWER over SIP_MESSAGE: answer, the call named$/,
  ],
  'uaCSTA that is a NOTIFY': [
    inDialog((_, context) => notify(context, NOTIFY)),
    /over UACSTA: answer, the call named$/,
  ],
  'success whatever the status': [
    byNotify(async (_, { sip }) => {
      await sip.send(NOTIFY);
      return ACCEPTED;
    }),
    /NOT_HERE when the phone answers 481/,
  ],
  '481 taken for success': [
    byNotify(async (_, { sip }) => {
      const reply = await sip.send(NOTIFY);
      return reply.status === 481 ? ACCEPTED : (sipRefusal(reply) ?? ACCEPTED);
    }),
    /NOT_HERE when the phone answers 481/,
  ],
  '489 taken for a refusal': [
    byNotify(async (_, { sip }) => {
      const reply = await sip.send(NOTIFY);
      return sipRefusal(reply.status === 489 ? { ...reply, status: 400 } : reply) ?? ACCEPTED;
    }),
    /NOT_HERE when the phone answers 489/,
  ],
  '603 taken for not here': [
    byNotify(async (_, { sip }) => {
      const reply = await sip.send(NOTIFY);
      return reply.status === 603 ? notHere('Declined.') : (sipRefusal(reply) ?? ACCEPTED);
    }),
    /PHONE_REJECTED when the phone answers 603/,
  ],
  'not here after the phone has acted': [
    byNotify(async (_, context) => {
      await context.sip.send(NOTIFY);
      return notify(context, NOTIFY);
    }),
    /NOT_HERE when the phone answers 404, and not once something was done/,
  ],
  'a second try of its own': [
    byNotify(async (_, context) => {
      try {
        return await notify(context, NOTIFY);
      } catch {
        return notify(context, NOTIFY);
      }
    }),
    /is UNKNOWN when a reply is lost/,
  ],
  'a lost reply that is taken for success': [
    byNotify(async (_, context) => {
      try {
        return await notify(context, NOTIFY);
      } catch (error) {
        return TransportError.is(error) && error.outcome.status === 'UNKNOWN' ? ACCEPTED : unknown('?');
      }
    }),
    /is UNKNOWN when a reply is no SIP/,
  ],
  'a state change that is said to only read': [
    byNotify((_, context) => notify(context, { ...NOTIFY, readOnly: true })),
    /is UNKNOWN when a reply is lost/,
  ],
  'a refusal that is hidden': [
    byNotify(async (_, context) => {
      try {
        return await notify(context, NOTIFY);
      } catch {
        return unknown('Something went wrong.');
      }
    }),
    /is PHONE_UNAUTHORIZED with wrong credentials[\s\S]*is PHONE_UNREACHABLE/,
  ],
  'another way once it is aborted': [
    byNotify(async (_, context) => {
      try {
        return await notify(context, NOTIFY);
      } catch (error) {
        return context.signal.aborted ? press(context, 'OK') : Promise.reject(error);
      }
    }),
    /sends nothing once it is aborted/,
  ],
  'success for what is aborted': [
    byNotify(async (_, context) => {
      try {
        return await notify(context, NOTIFY);
      } catch (error) {
        if (context.signal.aborted) return ACCEPTED;
        throw error;
      }
    }),
    /sends nothing once it is aborted[\s\S]*sends nothing when its time was over before/,
  ],
  'a password in a header': [
    byNotify((_, context) => notify(context, { ...NOTIFY, headers: { ...NOTIFY.headers, Subject: SIP.password } })),
    /answer, the call named$/,
  ],
  'success before the phone has said so': [
    inDialog(async (_, { sip }) => {
      const talk = await sip.converse({ contentType: EXAMPLE_SIP.csta }, async ({ info }) => {
        await info({ contentType: EXAMPLE_SIP.csta, body: 'key=OK' });
        return ACCEPTED;
      });
      return 'value' in talk ? talk.value : (sipRefusal(talk.refused) ?? ACCEPTED);
    }),
    /when the phone ends the dialog without having said[\s\S]*while it waits for the phone's INFO/,
  ],
  'a dialog that ends is not here': [
    inDialog(async (_, context) => {
      const outcome = await pressInDialog(context, 'OK');
      return outcome.status === 'UNKNOWN' ? notHere('It hung up.') : outcome;
    }),
    /when the phone ends the dialog without having said/,
  ],
  'an unreadable body that is not here': [
    inDialog(async (_, context) => {
      const outcome = await pressInDialog(context, 'OK');
      return outcome.status === 'UNKNOWN' ? notHere('What is that?') : outcome;
    }),
    /does not pass on to another rung/,
  ],
  'a refused dialog that counts as done': [
    inDialog(async (_, { sip }) => {
      const talk = await sip.converse(
        { contentType: EXAMPLE_SIP.csta, rehearsal: ['done key=OK'] },
        async ({ info, next }) => {
          const refusal = sipRefusal(await info({ contentType: EXAMPLE_SIP.csta, body: 'key=OK' }));
          return refusal ?? ((await next()) === null ? unknown('?') : ACCEPTED);
        },
      );
      return 'value' in talk ? talk.value : ACCEPTED;
    }),
    /NOT_HERE when the phone answers 404[\s\S]*PHONE_REJECTED when the phone answers 403/,
  ],
};

test.each(Object.entries(SPOILT))('%s is found out', async (_fault, [answer, told]) => {
  const runner = new CollectingRunner();
  const driver: typeof exampleSipDriver = {
    ...exampleSipDriver,
    capabilitiesFor: (profile) =>
      profile.reachableBy.sip ? { ...exampleSipDriver.capabilitiesFor(profile), ANSWER: answer } : {},
  };
  conformance(runner, exampleHarness(driver, [exampleSipPhone()]));
  const failed = await runner.failures();
  expect([...failed.keys()].join('\n')).toMatch(new RegExp(told, 'm'));
  expect([...failed.keys()].filter((name) => !name.includes('ANSWER'))).toEqual([]);
});

test('all faults were tried', () => {
  expect(Object.keys(SPOILT)).toHaveLength(25);
});
