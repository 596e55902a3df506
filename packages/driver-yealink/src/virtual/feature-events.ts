import type { ForwardKind, PhoneFeatures } from '@hookswitch/driver-kit/virtual';
import type { ActionUrlEvent } from './action-url-events.table.ts';
import type { ActionUrlReporter } from './action-url-reporter.ts';
import { type CallDesk, isAnswered } from './call-desk.ts';

const FLAG_EVENTS: Readonly<Record<string, readonly [on: ActionUrlEvent, off: ActionUrlEvent]>> = {
  dnd: ['dnd_on', 'dnd_off'],
  callWaiting: ['call_waiting_on', 'call_waiting_off'],
  mute: ['mute', 'unmute'],
};

const FORWARD_EVENTS: Readonly<Record<ForwardKind, readonly [on: ActionUrlEvent, off: ActionUrlEvent]>> = {
  always: ['always_fwd_on', 'always_fwd_off'],
  busy: ['busy_fwd_on', 'busy_fwd_off'],
  noAnswer: ['no_answer_fwd_on', 'no_answer_fwd_off'],
};

/** Fires the action URLs of features, whoever changed them: a key, a person, a test. */
export const reportFeatures = (features: PhoneFeatures, desk: CallDesk, reporter: ActionUrlReporter): void => {
  features.flags.onChange(({ key, after }) => {
    const events = FLAG_EVENTS[key];
    // A call that is over takes its mute with it; the guide has mute and unmute for calls only.
    if (events === undefined || (key === 'mute' && !desk.legs.some(isAnswered))) return;
    const [on, off] = events;
    reporter.report(after ? on : off, { leg: key === 'mute' ? desk.current : undefined });
  });
  features.forwards.onChange(({ key, after }) => {
    const events = FORWARD_EVENTS[key as ForwardKind];
    const [on, off] = events;
    reporter.report(after?.on ? on : off);
  });
};
