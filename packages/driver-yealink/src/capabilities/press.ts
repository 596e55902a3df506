import type { DriverContext, HttpRequest, Outcome } from '@hookswitch/core';
import type { Traits } from '../traits.ts';
import { type ActionUriAccess, dialed, keyRequest } from '../wire/action-uri.ts';
import { acknowledged } from '../wire/refusal.ts';
import { type Places, send } from './places.ts';
import { inOrder, type Step } from './steps.ts';
import type { KeyWay } from './way.ts';

/** A request for each place where this phone may have its Action URI. */
export function atEachPath(traits: Traits, request: (access: ActionUriAccess) => HttpRequest): Places {
  const { paths, options } = traits;
  const at = (path: string): HttpRequest => request({ path, loginForm: options.loginForm });
  const [first, ...others] = paths;
  return [at(first), ...others.map(at)];
}

/** The Action URI over HTTP: all texts can be percent-encoded. */
export function byActionUri(traits: Traits): KeyWay {
  const press: KeyWay['press'] = (keys, context) => {
    const request = atEachPath(traits, (access) => keyRequest(access, keys));
    return send(context, request, (reply) => acknowledged(reply, 'action-uri'));
  };
  return {
    traits,
    canAsk: true,
    sequences: traits.keySequences,
    objectionTo: () => null,
    press,
    dial: (number, account, context) => press([dialed(number, account)], context),
  };
}

/** Sends one value of `key`, percent-encoded, and reads the reply. */
export function act(way: KeyWay, key: string, context: DriverContext): Promise<Outcome> {
  return way.press([key], context);
}

/** A step that sends one value of `key`, percent-encoded. */
export function keyStep(way: KeyWay, key: string, rest: Omit<Step, 'run'>): Step {
  return { run: (context) => act(way, key, context), ...rest };
}

/** A key of a row of keys, encoded, with the pause after it. */
export interface KeyStroke {
  readonly key: string;
  readonly pauseMs?: number | undefined;
}

/** Strokes that go out as one request: up to and with the next one that is followed by a pause. */
function grouped(strokes: readonly KeyStroke[], together: boolean): readonly (readonly KeyStroke[])[] {
  const groups: KeyStroke[][] = [];
  for (const stroke of strokes) {
    const open = groups.at(-1);
    if (together && open !== undefined && (open.at(-1)?.pauseMs ?? 0) === 0) open.push(stroke);
    else groups.push([stroke]);
  }
  return groups;
}

/**
 * Steps that press keys in order: one request `key=K1;K2` where the way takes sequences, else one request a key.
 * A pause always ends a request, since a sequence has no room for one.
 */
export function strokeSteps(way: KeyWay, strokes: readonly KeyStroke[]): readonly Step[] {
  return grouped(strokes, way.sequences).map((group) => {
    const keys = group.map(({ key }) => key);
    return {
      run: (context) => way.press(keys, context),
      done: `pressed ${keys.map((key) => decodeURIComponent(key)).join(' ')}`,
      pauseMs: group.at(-1)?.pauseMs,
    };
  });
}

/** Presses keys in order: see {@link strokeSteps}. */
export function pressInOrder(way: KeyWay, strokes: readonly KeyStroke[], context: DriverContext): Promise<Outcome> {
  return inOrder(strokeSteps(way, strokes), context);
}
