import { failed, phoneUnreachable, TransportError, unknown } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { callOf, replyOf } from '../fake-context.ts';
import { answering, run } from '../run.ts';

const noCsta = { model: '720', firmware: '8.7.2' };
const talking = callOf('c1', 'CONNECTED', '-18');
const held = callOf('c2', 'HELD', '2');
const unnamed = callOf('c3', 'CONNECTED');
const unnamedHeld = callOf('c4', 'HELD');

describe('blind transfer', () => {
  const to = (target: string) => ({ to: target, kind: 'BLIND' }) as const;

  test('by SingleStepTransferCall', async () => {
    expect((await run('transfer', to('0102'), { calls: [talking] })).sent).toEqual([
      '<SingleStepTransferCall><activeCall><callID>-18</callID></activeCall><transferredTo>0102</transferredTo></SingleStepTransferCall>',
    ]);
  });
  test('by keys, in one command', async () => {
    expect((await run('transfer', to('01*#'), { calls: [unnamed] })).sent).toEqual([
      '/command.htm?key=TRANSFER;0;1;%2A;%23;ENTER',
    ]);
  });
  test('beside a held call: of the one in conversation, and not by keys, which would join the two', async () => {
    expect((await run('transfer', to('0102'), { calls: [held, talking] })).sent).toEqual([
      '<SingleStepTransferCall><activeCall><callID>-18</callID></activeCall><transferredTo>0102</transferredTo></SingleStepTransferCall>',
    ]);
    const { outcome, sent } = await run('transfer', to('102'), { phone: noCsta, calls: [held, talking] });
    expect([outcome.status, sent]).toEqual(['NOT_HERE', []]);
  });
  test('to a SIP URI by TRANSFER, then number=', async () => {
    expect((await run('transfer', to('sip:102@h'), { phone: noCsta })).sent).toEqual([
      '/command.htm?key=TRANSFER',
      '/command.htm?number=sip:102@h',
    ]);
  });
  test('nowhere', async () => {
    for (const phone of [{}, noCsta]) {
      const { outcome, sent } = await run('transfer', to(''), { phone });
      expect(outcome).toMatchObject({ failure: { code: 'INVALID_ARGUMENT', argument: 'to' } });
      expect(sent).toEqual([]);
    }
  });
});

describe('attended transfer', () => {
  const to = (target: string) => ({ to: target, kind: 'ATTENDED' }) as const;

  test('by CSTA: ConsultationCall, TransferCall', async () => {
    expect((await run('transfer', to('0102'), { calls: [talking] })).sent).toEqual([
      '<ConsultationCall><existingCall><callID>-18</callID></existingCall><consultedDevice>0102</consultedDevice></ConsultationCall>',
    ]);
    const transfer =
      '<TransferCall><heldCall><callID>2</callID></heldCall><activeCall><callID>-18</callID></activeCall></TransferCall>';
    expect((await run('completeTransfer', {}, { calls: [held, talking] })).sent).toEqual([transfer]);
    expect(
      (await run('completeTransfer', { heldCall: held, consultationCall: talking }, { calls: [held, talking] })).sent,
    ).toEqual([transfer]);
  });

  test("by keys: Snom's recipe in one command", async () => {
    expect((await run('transfer', to('102'), { calls: [unnamed] })).sent).toEqual([
      '/command.htm?key=F_HOLD;1;0;2;ENTER',
    ]);
    expect((await run('completeTransfer', {}, { calls: [unnamedHeld, unnamed] })).sent).toEqual([
      '/command.htm?key=TRANSFER',
    ]);
  });

  test('before ConsultationCall (8.7.4) by keys', async () => {
    const phone = { model: '720', firmware: '8.7.3.6' };
    expect((await run('transfer', to('102'), { phone, calls: [talking] })).sent).toEqual([
      '/command.htm?key=F_R;1;0;2;ENTER',
    ]);
    expect((await run('completeTransfer', {}, { phone, calls: [held, talking] })).transport).toBe('HTTP');
  });

  test('or by HoldCall and MakeCall, where the identity is known', async () => {
    const phone = { model: '320', firmware: '8.4.35', options: { accounts: '101@h' } };
    expect((await run('transfer', to('102'), { phone, calls: [talking] })).sent).toEqual([
      '<HoldCall><callToBeHeld>-18</callToBeHeld></HoldCall>',
      '<MakeCall><callingDevice>sip:101@h</callingDevice><calledDirectoryNumber>102</calledDirectoryNumber><autoOriginate>doNotPrompt</autoOriginate></MakeCall>',
    ]);
    expect((await run('completeTransfer', {}, { phone, calls: [held, talking] })).sent).toEqual([
      '<TransferCall><heldCall>2</heldCall><activeCall>-18</activeCall></TransferCall>',
    ]);
    const answer = answering('MakeCall', replyOf(500));
    const { outcome } = await run('transfer', to('102'), { phone, calls: [talking], answer });
    expect(outcome).toMatchObject({ failure: { message: expect.stringContaining('The call is held.') } });
  });

  test('HOLD is a toggle: not pressed on a call that is held', async () => {
    expect((await run('transfer', to('102'), { calls: [held] })).sent).toEqual(['/command.htm?key=1;0;2;ENTER']);
    expect((await run('transfer', to('sip:102@h'), { calls: [unnamedHeld] })).sent).toEqual([
      '/command.htm?number=sip:102@h',
    ]);
  });

  test('Call Join on Xfer, and pauses between steps, by option', async () => {
    const options = { callJoinOnTransfer: 'true', stepPauseMs: '500' };
    expect((await run('transfer', to('1'), { phone: { options } })).sent).toEqual([
      '/command.htm?key=F_HOLD,,500;1;ENTER',
    ]);
    expect((await run('completeTransfer', {}, { phone: { options } })).sent).toEqual([
      '/command.htm?key=TRANSFER,,500;ENTER',
    ]);
    const join = { callJoinOnTransfer: 'true' };
    expect((await run('completeTransfer', {}, { phone: { options: join } })).sent).toEqual([
      '/command.htm?key=TRANSFER;ENTER',
    ]);
  });

  test('taken back', async () => {
    expect((await run('cancelTransfer', {}, { calls: [held, talking] })).sent).toEqual([
      '<ClearConnection><connectionToBeCleared><callID>-18</callID></connectionToBeCleared></ClearConnection>',
      '<RetrieveCall><callToBeRetrieved><callID>2</callID></callToBeRetrieved></RetrieveCall>',
    ]);
    expect((await run('cancelTransfer', {}, { calls: [unnamedHeld, unnamed] })).sent).toEqual([
      '/command.htm?key=CANCEL;F_HOLD',
    ]);
  });

  test('keys are not pressed where there are other calls', async () => {
    const calls = [unnamed, unnamedHeld, talking];
    for (const [name, command] of [
      ['completeTransfer', { heldCall: unnamedHeld }],
      ['completeTransfer', {}],
      ['cancelTransfer', { consultationCall: unnamed }],
      ['cancelTransfer', {}],
    ] as const) {
      const { outcome, sent } = await run(name, command, { calls });
      expect([outcome.status, sent]).toEqual(['NOT_HERE', []]);
    }
  });

  test('nor where both calls are held', async () => {
    for (const name of ['completeTransfer', 'cancelTransfer'] as const) {
      const { outcome, sent } = await run(name, {}, { calls: [held, unnamedHeld] });
      expect(outcome).toMatchObject({ failure: { code: 'INVALID_CALL_STATE', actual: 'HELD' } });
      expect(sent).toEqual([]);
    }
  });

  test('a held call is no consultation', async () => {
    const { outcome } = await run(
      'completeTransfer',
      { heldCall: talking, consultationCall: held },
      { calls: [held, talking] },
    );
    expect(outcome).toMatchObject({ failure: { code: 'INVALID_CALL_STATE' } });
  });
});

describe('a step that fails', () => {
  const command = { to: 'sip:102@h', kind: 'ATTENDED' } as const;

  test('the first: as if nothing had been tried', async () => {
    const { outcome, sent } = await run('transfer', command, { phone: noCsta, answer: () => replyOf(404) });
    expect([outcome.status, sent]).toEqual(['NOT_HERE', ['/command.htm?key=F_R']]);
  });

  test('a later one: no other way is tried, and the state is told', async () => {
    const { outcome } = await run('transfer', command, { phone: noCsta, answer: answering('number=', replyOf(404)) });
    expect(outcome).toMatchObject({
      status: 'FAILED',
      failure: { code: 'PHONE_REJECTED', message: expect.stringContaining('The call is held.'), retryable: false },
    });
  });

  test.each([
    [
      failed(phoneUnreachable('Refused.')),
      {
        status: 'FAILED',
        failure: { code: 'PHONE_UNREACHABLE', message: 'Refused. The call is held.', retryable: false },
      },
    ],
    [unknown('Lost.'), { status: 'UNKNOWN', reason: 'Lost. The call is held.' }],
  ])('a fault of the transport too: %o', async (thrown, expected) => {
    const { outcome } = await run('transfer', command, {
      phone: noCsta,
      answer: ({ target }) => {
        if (target.includes('number=')) throw new TransportError(thrown);
        return undefined;
      },
    });
    expect(outcome).toEqual(expected);
  });

  test('a bug is not swallowed', async () => {
    const answer = ({ target }: { readonly target: string }) => {
      if (target.includes('number=')) throw new RangeError('bug');
      return undefined;
    };
    await expect(run('transfer', command, { phone: noCsta, answer })).rejects.toThrow(RangeError);
  });

  test('cancelTransfer that ends the consultation only', async () => {
    const { outcome } = await run(
      'cancelTransfer',
      {},
      {
        calls: [held, talking],
        answer: answering('RetrieveCall', replyOf(500)),
        on: 'CSTA',
      },
    );
    expect(outcome).toMatchObject({ failure: { message: expect.stringContaining('still held') } });
  });
});
