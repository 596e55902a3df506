import type { Forward, ForwardKind } from '@hookswitch/driver-kit/virtual';
import { firmwareAtLeast } from '../firmware.ts';
import { FORWARD_KINDS, onForward } from '../forwards.ts';
import type { SnomParts } from '../parts.ts';

type Settings = Readonly<Record<string, string>>;

/** How a firmware's settings hold call forwarding. */
interface ForwardStore {
  /** What a phone has after a reset. */
  readonly factory: Settings;
  /** What they say about one kind. */
  readonly read: (get: (name: string) => string, kind: ForwardKind) => Forward;
  /** What they are to hold after one kind was switched at the phone. */
  readonly write: (get: (name: string) => string, kind: ForwardKind, forward: Forward) => Settings;
}

const SECONDS = '12';

const NUMBERS = { always: 'redirect_number', busy: 'redirect_busy_number', noAnswer: 'redirect_time_number' } as const;
const NO_NUMBERS = { redirect_number: '', redirect_busy_number: '', redirect_time_number: '', redirect_time: SECONDS };

const redirect = (get: (name: string) => string, kind: ForwardKind, on: boolean): Forward => ({
  on,
  target: get(NUMBERS[kind]),
  afterSeconds: kind === 'noAnswer' ? Number(get('redirect_time')) : 0,
});
const numbers = (kind: ForwardKind, { target, afterSeconds }: Forward): Settings => ({
  [NUMBERS[kind]]: target,
  ...(kind === 'noAnswer' ? { redirect_time: String(afterSeconds) } : {}),
});

/** Until 8.7: `redirect_event` names the one kind that is on (wiki.snom.com, "Settings/redirect_event"). */
const EVENTS = { always: 'all', busy: 'busy', noAnswer: 'time' } as const;
const byEvent: ForwardStore = {
  factory: { redirect_event: 'none', ...NO_NUMBERS },
  read: (get, kind) => redirect(get, kind, get('redirect_event') === EVENTS[kind]),
  write: (get, kind, forward) => {
    const isTheOne = get('redirect_event') === EVENTS[kind];
    const event = forward.on ? EVENTS[kind] : isTheOne ? 'none' : get('redirect_event');
    return { ...numbers(kind, forward), redirect_event: event };
  },
};

/** 8.7 up to 8.7.4: a switch for each kind, as in the dump of a 720 with 8.7.3.17. */
const SWITCHES = { always: 'redirect_allways', busy: 'redirect_on_busy', noAnswer: 'redirect_on_timeout' } as const;
const bySwitches: ForwardStore = {
  factory: { redirect_allways: 'off', redirect_on_busy: 'off', redirect_on_timeout: 'off', ...NO_NUMBERS },
  read: (get, kind) => redirect(get, kind, get(SWITCHES[kind]) === 'on'),
  write: (_get, kind, forward) => ({ ...numbers(kind, forward), [SWITCHES[kind]]: forward.on ? 'on' : 'off' }),
};

/** From 8.7.4: for each identity (service.snom.com, "fwd_all_enabled"). A virtual phone forwards by its first only. */
const WORDS = { always: 'all', busy: 'busy', noAnswer: 'time' } as const;
const byIdentity: ForwardStore = {
  factory: {
    ...Object.fromEntries(
      FORWARD_KINDS.flatMap((kind) => [
        [`fwd_${WORDS[kind]}_enabled1`, 'off'],
        [`fwd_${WORDS[kind]}_target1`, ''],
      ]),
    ),
    fwd_time_secs1: SECONDS,
  },
  read: (get, kind) => ({
    on: get(`fwd_${WORDS[kind]}_enabled1`) === 'on',
    target: get(`fwd_${WORDS[kind]}_target1`),
    afterSeconds: kind === 'noAnswer' ? Number(get('fwd_time_secs1')) : 0,
  }),
  write: (_get, kind, { on, target, afterSeconds }) => ({
    [`fwd_${WORDS[kind]}_target1`]: target,
    ...(kind === 'noAnswer' ? { fwd_time_secs1: String(afterSeconds) } : {}),
    [`fwd_${WORDS[kind]}_enabled1`]: on ? 'on' : 'off',
  }),
};

const storeOf = (firmware: string): ForwardStore => {
  if (firmwareAtLeast(firmware, '8.7.4')) return byIdentity;
  return firmwareAtLeast(firmware, '8.7') ? bySwitches : byEvent;
};

/** The settings of call forwarding after a factory reset. */
export const factoryForwards = (firmware: string): Settings => storeOf(firmware).factory;

/** Keeps call forwarding and its settings in line, whichever is changed. Settings written together act together. */
export const followForwards = ({ memory, features, firmware }: SnomParts): void => {
  const store = storeOf(firmware);
  const get = (name: string) => memory.get(name);
  let isPending = false;
  let isWriting = false;
  const apply = () => {
    isPending = false;
    for (const kind of FORWARD_KINDS) features.setForward(kind, store.read(get, kind));
  };
  memory.running.onChange(({ key }) => {
    if (isPending || isWriting || !(key in store.factory)) return;
    isPending = true;
    queueMicrotask(apply);
  });
  onForward(features, (kind) => {
    isWriting = true;
    memory.running.assign(store.write(get, kind, features.forward(kind)));
    isWriting = false;
    // Where one setting holds all kinds, another one may be off now.
    apply();
  });
  apply();
};
