import { describe, expect, test } from 'vitest';
import {
  ACCEPTED,
  type CallState,
  confirmed,
  type DriverContext,
  type KnownCall,
  type NamedCall,
  namedCall,
  notForTones,
  type Outcome,
  onEachNamedCall,
  onNamedCall,
  UNKNOWN_PARTY,
  unknown,
} from '../src/index.ts';

const call = (id: string, state: CallState, ref: string | null = id): KnownCall => ({
  ...{ id, state, direction: null, remote: UNKNOWN_PARTY, local: UNKNOWN_PARTY, muted: null },
  vendorIds: ref === null ? {} : { ref },
});
const STATES: readonly CallState[] = ['CONNECTED', 'HELD'];
const NAMING = { idName: 'ref', states: STATES };

/** Nobody here is asked for more than its calls. */
function contextOf(calls: readonly KnownCall[]): DriverContext {
  const never = (): never => {
    throw new Error('Nothing is sent.');
  };
  return {
    phone: { model: null, firmware: null, mac: null, options: {}, reachableBy: { http: true, sip: false } },
    ...{ calls, features: [], http: { send: never }, sip: { send: never, converse: never } },
    ...{ documents: { publish: never }, clock: { now: never, sleep: never }, log: { debug: never, warn: never } },
    signal: new AbortController().signal,
  };
}

describe('the call that a command is about', () => {
  const chosen = (given: KnownCall | undefined, calls: readonly KnownCall[]) => {
    const found = namedCall(given, { calls }, NAMING);
    return 'status' in found ? found.failure.code : found.id;
  };

  test('is the one that it names, in whatever state', () => {
    expect(chosen(call('a', 'RINGING'), [call('b', 'CONNECTED')])).toBe('a');
  });

  test('else the only one of the first state that a call is in', () => {
    expect(chosen(undefined, [call('a', 'HELD'), call('b', 'CONNECTED'), call('c', 'RINGING')])).toBe('b');
    expect(chosen(undefined, [call('a', 'HELD'), call('c', 'RINGING')])).toBe('a');
  });

  test('else none, where none, several, or one without a name fits', () => {
    expect(chosen(undefined, [])).toBe('INVALID_CALL_STATE');
    expect(chosen(undefined, [call('a', 'RINGING')])).toBe('INVALID_CALL_STATE');
    expect(chosen(undefined, [call('a', 'HELD'), call('b', 'HELD')])).toBe('STATE_UNKNOWN');
    expect(chosen(undefined, [call('a', 'HELD', null)])).toBe('STATE_UNKNOWN');
    expect(chosen(call('a', 'HELD', ''), [])).toBe('STATE_UNKNOWN');
  });
});

test('a command acts on its call, or is refused', async () => {
  const done: string[] = [];
  const act = async (one: NamedCall, command: { readonly call?: KnownCall; readonly to: string }): Promise<Outcome> => {
    done.push(`${one.id} ${command.to}`);
    return ACCEPTED;
  };
  const run = onNamedCall(NAMING, act);
  expect(await run({ to: 'x' }, contextOf([call('a', 'HELD')]))).toBe(ACCEPTED);
  expect(await run({ to: 'y' }, contextOf([]))).toMatchObject({ status: 'FAILED' });
  expect(done).toEqual(['a x']);
});

describe('a command on each call', () => {
  const run = async (
    given: readonly KnownCall[] | undefined,
    calls: readonly KnownCall[],
    says: Outcome = ACCEPTED,
  ) => {
    const done: string[] = [];
    const outcome = await onEachNamedCall(given, contextOf(calls), {
      idName: 'ref',
      act: async ({ id }) => {
        done.push(id);
        return says;
      },
    });
    return [outcome.status === 'FAILED' ? outcome.failure.code : outcome.status, ...done];
  };
  const two = [call('a', 'HELD'), call('b', 'CONNECTED')];

  test('goes through those that are given, or all', async () => {
    expect(await run(undefined, two)).toEqual(['ACCEPTED', 'a', 'b']);
    expect(await run(two.slice(1), two)).toEqual(['ACCEPTED', 'b']);
  });

  test('ends where the phone does not accept one', async () => {
    expect(await run(undefined, two, unknown('Lost.'))).toEqual(['UNKNOWN', 'a']);
  });

  test('does nothing where one has no name, or there is none', async () => {
    expect(await run(undefined, [...two, call('c', 'HELD', null)])).toEqual(['STATE_UNKNOWN']);
    expect(await onEachNamedCall(undefined, contextOf([]), { idName: 'ref', act: async () => ACCEPTED })).toEqual(
      confirmed(false),
    );
  });
});

test('tones go into the call that is connected', () => {
  expect([notForTones(undefined), notForTones(call('a', 'CONNECTED'))]).toEqual([null, null]);
  expect(notForTones(call('a', 'HELD'))).toMatchObject({ failure: { code: 'INVALID_CALL_STATE', actual: 'HELD' } });
});
