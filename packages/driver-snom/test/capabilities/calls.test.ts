import { describe, expect, test } from 'vitest';
import { callOf, replyOf } from '../fake-context.ts';
import { fixture } from '../fixture.ts';
import { answering, run } from '../run.ts';

const old = { model: '320', firmware: '8.4.35' };
const noCsta = { model: '320', firmware: '8.7.2' };
const ringing = callOf('c1', 'RINGING', '-18');
const talking = callOf('c1', 'CONNECTED', '-18');
const held = callOf('c2', 'HELD', '2');
const unnamed = callOf('c3', 'CONNECTED');
const invalid = (argument: string) => ({ status: 'FAILED', failure: { code: 'INVALID_ARGUMENT', argument } });
const wrongState = { status: 'FAILED', failure: { code: 'INVALID_CALL_STATE' } };

describe('dial', () => {
  test('by number=, 302 is success', async () => {
    const { outcome, transport, sent } = await run('dial', { to: '0102', from: '101@pbx.example' });
    expect([outcome.status, transport]).toEqual(['ACCEPTED', 'HTTP']);
    expect(sent).toEqual(['/command.htm?number=0102&outgoing_uri=101@pbx.example']);
  });

  test.each([
    [{ to: '' }, 'to'],
    [{ to: '1 2' }, 'to'],
    [{ to: '1\n2' }, 'to'],
    [{ to: '1', from: '101' }, 'from'],
  ])('%j is refused', async (command, argument) => {
    const { outcome, sent } = await run('dial', command);
    expect(outcome).toMatchObject(invalid(argument));
    expect(sent).toEqual([]);
  });

  test('by MakeCall where there is no command.htm', async () => {
    const answer = answering('/command.htm', replyOf(404));
    const { outcome, transport, sent } = await run('dial', { to: '0102' }, { answer });
    expect([outcome.status, transport]).toEqual(['ACCEPTED', 'CSTA']);
    expect(sent[1]).toBe(
      '<MakeCall><callingDevice>1</callingDevice><calledDirectoryNumber>0102</calledDirectoryNumber><autoOriginate>doNotPrompt</autoOriginate></MakeCall>',
    );
  });

  test.each([
    [{ model: '320', firmware: '8.4.35' }, { to: '1' }, undefined],
    [{ model: '320', firmware: '8.4.35' }, { to: '1', from: 'sip:101@h' }, '<callingDevice>sip:101@h<'],
    [{ model: '320', firmware: '8.4.35', options: { accounts: '101@h' } }, { to: '1' }, '<callingDevice>sip:101@h<'],
    [{ model: '720', firmware: '8.7.3.25' }, { to: '1' }, undefined],
    [{ model: '720', firmware: '8.7.4' }, { to: '1' }, '<callingDevice>1<'],
  ])('the device that MakeCall names: %o', async (phone, command, device) => {
    const { outcome, sent } = await run('dial', command, { phone, on: 'CSTA' });
    if (device === undefined) expect([outcome.status, sent]).toEqual(['NOT_HERE', []]);
    else expect(sent[0]).toContain(device);
  });
});

describe('answer, hang up, reject', () => {
  test.each([
    ['answer', ringing, '<AnswerCall><callToBeAnswered><callID>-18</callID></callToBeAnswered></AnswerCall>'],
    [
      'hangUp',
      talking,
      '<ClearConnection><connectionToBeCleared><callID>-18</callID></connectionToBeCleared></ClearConnection>',
    ],
    [
      'reject',
      ringing,
      '<ClearConnection><connectionToBeCleared><callID>-18</callID></connectionToBeCleared></ClearConnection>',
    ],
  ] as const)('%s by CSTA where the id is known, named or the only one', async (name, call, sent) => {
    expect((await run(name, { call }, { calls: [call] })).sent).toEqual([sent]);
    expect((await run(name, {}, { calls: [call] })).sent).toEqual([sent]);
    const bare = sent.replace('<callID>', '').replace('</callID>', '');
    expect((await run(name, { call }, { calls: [call], phone: old })).sent).toEqual([bare]);
    expect(
      (await run(name, { call }, { calls: [call], phone: { options: { csta_legacy_control: '0' } } })).sent,
    ).toEqual([bare]);
  });

  test.each([
    ['answer', 'ENTER'],
    ['hangUp', 'CANCEL'],
    ['reject', 'CANCEL'],
  ] as const)('%s by %s where it is not', async (name, key) => {
    for (const scene of [{}, { phone: noCsta }, { calls: [callOf('c1', 'RINGING')] }]) {
      expect((await run(name, {}, scene)).sent).toEqual([`/command.htm?key=${key}`]);
    }
  });

  test('the answer key is an option; 1xx and 2xx disconnect', async () => {
    expect((await run('answer', {}, { phone: { options: { answerKey: 'OFFHOOK' } } })).sent).toEqual([
      '/command.htm?key=OFFHOOK',
    ]);
    expect((await run('hangUp', {}, { phone: { model: '190', firmware: '3.6' } })).sent).toEqual([
      '/command.htm?key=DISCONNECT',
    ]);
  });

  test('of a held call and one in conversation, the latter is in focus', async () => {
    expect((await run('hangUp', {}, { calls: [held, talking] })).sent).toEqual([
      '<ClearConnection><connectionToBeCleared><callID>-18</callID></connectionToBeCleared></ClearConnection>',
    ]);
    for (const other of [callOf('c4', 'RINGING', '-9'), callOf('c4', 'CONNECTED', '9')]) {
      expect((await run('hangUp', {}, { calls: [talking, other] })).sent).toEqual(['/command.htm?key=CANCEL']);
    }
  });

  test('a named call is that call or none: keys are not pressed where the phone has others', async () => {
    const { outcome, sent } = await run('hangUp', { call: unnamed }, { calls: [unnamed, held] });
    expect([outcome.status, sent]).toEqual(['NOT_HERE', []]);
    expect((await run('hangUp', { call: unnamed }, { calls: [unnamed] })).sent).toEqual(['/command.htm?key=CANCEL']);
  });

  test.each(['answer', 'reject'] as const)('%s of a call that does not ring is refused', async (name) => {
    const { outcome, sent } = await run(name, { call: talking }, { calls: [talking] });
    expect(outcome).toMatchObject(wrongState);
    expect(sent).toEqual([]);
  });

  test('a fault is a refusal, not a reason to press keys', async () => {
    const answer = answering('/csta', replyOf(500, fixture('csta-fault-soap.500.xml')));
    const { outcome, sent } = await run('hangUp', { call: talking }, { calls: [talking], answer });
    expect(outcome).toMatchObject({
      failure: { code: 'PHONE_REJECTED', phoneStatus: 500, phoneCode: 'invalidCallID' },
    });
    expect(sent).toHaveLength(1);
  });

  test('CSTA switched off is a reason', async () => {
    const { transport, sent } = await run('hangUp', {}, { calls: [talking], answer: answering('/csta', replyOf(404)) });
    expect([transport, sent[1]]).toEqual(['HTTP', '/command.htm?key=CANCEL']);
  });
});

describe('hangUpAll', () => {
  test('all calls at once', async () => {
    expect((await run('hangUpAll', {}, { calls: [talking, held] })).sent).toEqual(['/command.htm?RELEASE_ALL_CALLS']);
  });
  test('some calls, each by its id', async () => {
    const { sent } = await run('hangUpAll', { calls: [talking, held] }, { calls: [talking, held, unnamed] });
    expect(sent).toHaveLength(2);
    expect(sent[1]).toContain('<callID>2</callID>');
  });
  test('some calls without ids: only where they are all', async () => {
    expect((await run('hangUpAll', { calls: [unnamed] }, { calls: [unnamed] })).sent).toEqual([
      '/command.htm?RELEASE_ALL_CALLS',
    ]);
    const { outcome, sent } = await run('hangUpAll', { calls: [unnamed] }, { calls: [unnamed, held] });
    expect([outcome.status, sent]).toEqual(['NOT_HERE', []]);
  });
  test('none', async () => {
    for (const phone of [{}, noCsta]) {
      const { outcome, sent } = await run('hangUpAll', { calls: [] }, { phone });
      expect([outcome, sent]).toEqual([{ status: 'CONFIRMED', changed: false, value: undefined }, []]);
    }
  });
  test('stops at the first that fails and says how far it got', async () => {
    const answer = answering('<csta:callID>2</csta:callID>', replyOf(404));
    const { outcome } = await run(
      'hangUpAll',
      { calls: [talking, held] },
      { calls: [talking, held], answer, on: 'CSTA' },
    );
    expect(outcome).toMatchObject({
      status: 'FAILED',
      failure: { message: expect.stringContaining('1 of 2 calls were ended') },
    });
  });
});

describe('deflect', () => {
  test('by DeflectCall', async () => {
    const { sent } = await run('deflect', { call: ringing, to: '0102' }, { calls: [ringing] });
    expect(sent).toEqual([
      '<DeflectCall><callToBeDiverted><callID>-18</callID></callToBeDiverted><newDestination>0102</newDestination></DeflectCall>',
    ]);
  });
  test('not without an id, not without a target', async () => {
    expect((await run('deflect', { to: '1' })).outcome.status).toBe('NOT_HERE');
    expect((await run('deflect', { call: ringing, to: '' })).outcome).toMatchObject(invalid('to'));
  });
});

describe('setHold', () => {
  test('by CSTA, absolutely', async () => {
    expect((await run('setHold', { held: true, call: talking }, { calls: [talking, held] })).sent).toEqual([
      '<HoldCall><callToBeHeld><callID>-18</callID></callToBeHeld></HoldCall>',
    ]);
    expect((await run('setHold', { held: false, call: held }, { calls: [talking, held] })).sent).toEqual([
      '<RetrieveCall><callToBeRetrieved><callID>2</callID></callToBeRetrieved></RetrieveCall>',
    ]);
  });
  test.each([
    [{ model: '720', firmware: '8.7.2' }, 'F_R'],
    [{ model: '370', firmware: '8.7.3.7' }, 'F_HOLD'],
    [{ model: '220', firmware: '5.5' }, 'RECALL'],
  ])('by key: %o presses %s', async (phone, key) => {
    expect((await run('setHold', { held: true }, { phone, calls: [unnamed] })).sent).toEqual([
      `/command.htm?key=${key}`,
    ]);
  });
  test('nothing where it already is so', async () => {
    for (const phone of [{}, noCsta]) {
      const { outcome, sent } = await run('setHold', { held: true, call: held }, { calls: [held, talking], phone });
      expect([outcome, sent]).toEqual([{ status: 'CONFIRMED', changed: false, value: undefined }, []]);
    }
  });
  test('beside a held call: the wish decides which is meant, and the toggle is not pressed against it', async () => {
    expect((await run('setHold', { held: false }, { calls: [held, talking] })).sent).toEqual([
      '<RetrieveCall><callToBeRetrieved><callID>2</callID></callToBeRetrieved></RetrieveCall>',
    ]);
    expect((await run('setHold', { held: true }, { calls: [held, talking] })).sent).toEqual([
      '<HoldCall><callToBeHeld><callID>-18</callID></callToBeHeld></HoldCall>',
    ]);
    const { outcome, sent } = await run('setHold', { held: false }, { phone: noCsta, calls: [held, talking] });
    expect([outcome.status, sent]).toEqual(['NOT_HERE', []]);
    expect((await run('setHold', { held: true }, { phone: noCsta, calls: [held, talking] })).sent).toEqual([
      '/command.htm?key=F_R',
    ]);
    expect((await run('setHold', { held: false }, { calls: [held, { ...talking, state: 'HELD' }] })).sent).toEqual([
      '/command.htm?key=F_HOLD',
    ]);
    const both = await run('setHold', { held: true }, { calls: [held, { ...talking, state: 'HELD' }] });
    expect([both.outcome, both.sent]).toEqual([{ status: 'CONFIRMED', changed: false, value: undefined }, []]);
  });
  test('not a call that rings', async () => {
    expect((await run('setHold', { held: true, call: ringing }, { calls: [ringing] })).outcome).toMatchObject(
      wrongState,
    );
  });
});

describe('setMuted', () => {
  test('presses MUTE, unless the call is known to be so', async () => {
    expect((await run('setMuted', { muted: true }, { calls: [talking] })).sent).toEqual(['/command.htm?key=MUTE']);
    const { outcome, sent } = await run('setMuted', { muted: true }, { calls: [{ ...talking, muted: true }] });
    expect([outcome.status, sent]).toEqual(['CONFIRMED', []]);
  });
});

describe('a toggle of which nobody knows how it stands, where policy is to refuse', () => {
  const refuse = { unknownState: 'refuse' } as const;
  const doubtful = new Set(['HOLD'] as const);

  test.each([
    ['setHold', { held: true }, { phone: noCsta }],
    ['setHold', { held: true }, { phone: noCsta, calls: [talking], doubtful }],
    ['setHold', { held: true }, { phone: noCsta, calls: [held], doubtful }],
    ['setMuted', { muted: true }, { calls: [talking] }],
    ['setDoNotDisturb', { enabled: true }, { phone: noCsta }],
  ] as const)('%s %j %#', async (name, command, scene) => {
    const { outcome, sent } = await run(name, command, { ...scene, ...refuse });
    expect(outcome).toMatchObject({ status: 'FAILED', failure: { code: 'STATE_UNKNOWN' } });
    expect(sent).toEqual([]);
  });

  test('by CSTA hold is no toggle: it is told again', async () => {
    const { sent } = await run('setHold', { held: true, call: held }, { calls: [held], doubtful, ...refuse });
    expect(sent).toEqual([expect.stringContaining('<HoldCall>')]);
  });

  test('known by an event it is pressed once', async () => {
    const features = [{ feature: 'DO_NOT_DISTURB', enabled: false, target: null }] as const;
    const scene = { phone: noCsta, features, ...refuse };
    expect((await run('setDoNotDisturb', { enabled: true }, scene)).sent).toEqual(['/command.htm?key=DND']);
    expect((await run('setDoNotDisturb', { enabled: false }, scene)).sent).toEqual([]);
  });
});

describe('sendDtmf', () => {
  test('into the active call', async () => {
    expect((await run('sendDtmf', { digits: '12*#' }, { calls: [talking] })).sent).toEqual([
      '/command.htm?key_dtmf=12%2A%23',
    ]);
  });
  test('into a call that is not in focus, by CSTA', async () => {
    const { sent, transport } = await run('sendDtmf', { digits: '1', call: talking }, { calls: [talking, held] });
    expect([transport, sent[0]]).toEqual([
      'CSTA',
      '<GenerateDigits><connectionToSendDigits><callID>-18</callID></connectionToSendDigits><charactersToSend>1</charactersToSend></GenerateDigits>',
    ]);
  });
  test.each(['', 'A', '1,2', '1 2'])('"%s" is refused', async (digits) => {
    for (const on of ['HTTP', 'CSTA'] as const) {
      const { outcome, sent } = await run('sendDtmf', { digits }, { on });
      expect(outcome).toMatchObject(invalid('digits'));
      expect(sent).toEqual([]);
    }
  });
});

describe('conference', () => {
  test('by CSTA with a held and an active call', async () => {
    const message =
      '<ConferenceCall><heldCall><callID>2</callID></heldCall><activeCall><callID>-18</callID></activeCall></ConferenceCall>';
    expect((await run('conference', {}, { calls: [held, talking] })).sent).toEqual([message]);
    expect((await run('conference', { calls: [talking, held] }, { calls: [held, talking] })).sent).toEqual([message]);
  });
  test('else by key, where all calls are meant', async () => {
    expect((await run('conference', {}, { calls: [unnamed, held] })).sent).toEqual(['/command.htm?key=F_CONFERENCE']);
    const { outcome } = await run('conference', { calls: [unnamed, held] }, { calls: [unnamed, held, talking] });
    expect(outcome.status).toBe('NOT_HERE');
  });
  test('not with one call', async () => {
    for (const phone of [{}, noCsta]) {
      expect((await run('conference', { calls: [talking] }, { phone })).outcome).toMatchObject(invalid('calls'));
    }
  });
});
