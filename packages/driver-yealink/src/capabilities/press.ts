import type { DriverContext, HttpRequest, Outcome } from '@hookswitch/core';
import type { Traits } from '../traits.ts';
import { type ActionUriAccess, keyRequest } from '../wire/action-uri.ts';
import { acknowledged } from '../wire/refusal.ts';
import { inOrder, type Places, type Step, send } from './steps.ts';

/** A request for each place where this phone may have its Action URI. */
export function atEachPath(traits: Traits, request: (access: ActionUriAccess) => HttpRequest): Places {
  const { paths, options } = traits;
  const at = (path: string): HttpRequest => request({ path, loginForm: options.loginForm });
  const [first, ...others] = paths;
  return [at(first), ...others.map(at)];
}

/** A request that presses these keys, which are encoded already. */
export function press(traits: Traits, ...keys: readonly string[]): Places {
  return atEachPath(traits, (access) => keyRequest(access, keys));
}

/** Sends one value of `key` and reads the reply. */
export function act(traits: Traits, key: string, context: DriverContext): Promise<Outcome> {
  return send(context, press(traits, key), (reply) => acknowledged(reply, 'action-uri'));
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
 * Steps that press keys in order: one request `key=K1;K2` where the phone takes sequences, else one request a key.
 * A pause always ends a request, since a sequence has no room for one.
 */
export function strokeSteps(traits: Traits, strokes: readonly KeyStroke[]): readonly Step[] {
  return grouped(strokes, traits.keySequences).map((group) => ({
    request: press(traits, ...group.map(({ key }) => key)),
    read: (reply) => acknowledged(reply, 'action-uri'),
    done: `pressed ${group.map(({ key }) => decodeURIComponent(key)).join(' ')}`,
    pauseMs: group.at(-1)?.pauseMs,
  }));
}

/** Presses keys in order: see {@link strokeSteps}. */
export function pressInOrder(traits: Traits, strokes: readonly KeyStroke[], context: DriverContext): Promise<Outcome> {
  return inOrder(strokeSteps(traits, strokes), context);
}
