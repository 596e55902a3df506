import { describe, expect, test } from 'vitest';
import { callOf, sipReplyOf } from '../fake-context.ts';
import { run, type Scene } from '../run.ts';

const options = { dialByInvite: 'true', accounts: '101@pbx.example' };
const phone = { model: 'D862', http: false, sip: true, options } as const;
const dial = (scene: Scene = {}, from?: string) =>
  run('dial', { to: '200', ...(from === undefined ? {} : { from }) }, { phone, on: 'SIP_INVITE', ...scene });

describe('dialling by an INVITE that the phone answers by itself', () => {
  test('is offered only where the option says so, and last', async () => {
    const without = { ...phone, options: { accounts: '101@pbx.example' } };
    expect((await dial({ phone: without })).transport).toBeUndefined();
    expect((await run('dial', { to: '200' }, { phone })).transport).toBe('SIP_NOTIFY');
  });
  test('the phone is called, referred, and hung up', async () => {
    const { outcome, context } = await dial();
    expect(outcome.status).toBe('ACCEPTED');
    expect(context.steps).toEqual(['INVITE application/sdp', 'REFER sip:200@pbx.example', 'BYE']);
  });
  test('a REFER that is refused comes after the phone acted', async () => {
    const { outcome } = await dial({ sip: { dialog: { refer: sipReplyOf(405) } } });
    expect(outcome).toMatchObject({ status: 'FAILED', failure: { code: 'PHONE_REJECTED' } });
  });
  test('a transfer that the phone says failed is a failure with its status', async () => {
    const { outcome, context } = await dial({ sip: { dialog: { progress: [100, 180, 486] } } });
    expect(outcome).toMatchObject({
      status: 'FAILED',
      failure: { code: 'PHONE_REJECTED', phoneStatus: 486, retryable: false },
    });
    expect(context.steps.at(-1)).toBe('BYE');
  });
  test.each([[[]], [[100]], [[100, 183]]])(
    'of %j nothing more is known: the phone took the REFER',
    async (progress) => {
      const { outcome, context } = await dial({ sip: { dialog: { progress } } });
      expect([outcome.status, context.steps.at(-1)]).toEqual(['ACCEPTED', 'BYE']);
    },
  );
  test('a phone that does not answer', async () => {
    const { outcome } = await dial({ sip: { dialog: { refused: sipReplyOf(486) } } });
    expect(outcome).toMatchObject({ status: 'FAILED', failure: { phoneStatus: 486 } });
  });
  test('nothing is sent without an identity, from another one, or during a call', async () => {
    const nobody = { ...phone, options: { dialByInvite: 'true' } };
    for (const ran of [
      await dial({ phone: nobody }),
      await dial({}, '102@pbx.example'),
      await dial({ calls: [callOf('a', 'CONNECTED')] }),
    ]) {
      expect([ran.outcome.status, ran.context.steps]).toEqual(['NOT_HERE', []]);
    }
    const wrong = await run('dial', { to: 'a b' }, { phone, on: 'SIP_INVITE' });
    expect(wrong.outcome).toMatchObject({ failure: { argument: 'to' } });
  });
});
