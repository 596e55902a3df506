import type { VirtualExchange } from '@hookswitch/driver-kit/virtual';
import type { ActionUrlEvent } from './action-url-events.table.ts';
import { type AudioPath, CallDesk } from './call-desk.ts';
import { CallEvents } from './call-events.ts';
import { Consultation } from './consultation.ts';
import { reportFeatures } from './feature-events.ts';
import { followForwardSettings } from './forward-settings.ts';
import { lineKey } from './line-keys.ts';
import { DARK, lineLedOf } from './line-leds.ts';
import type { PhoneBase } from './phone-base.ts';
import { Registrations } from './registrations.ts';

/** What a phone's calls are kept in. */
export interface PhoneCalls {
  readonly desk: CallDesk;
  readonly consultation: Consultation;
  readonly events: CallEvents;
  readonly registrations: Registrations;
}

/**
 * Makes the calls part of a phone and joins it to the exchange's callbacks.
 * @param onIdle called after a change that leaves no call.
 */
export const phoneCalls = (base: PhoneBase, exchange: VirtualExchange | undefined, onIdle: () => void): PhoneCalls => {
  const { quirks, reporter, features, secondMs, state } = base;
  const desk: CallDesk = new CallDesk({
    lines: () => registrations.lines,
    onDialed: (number) => {
      state.lastDialed = number;
    },
    onTransfer: (mode, leg) => {
      if (quirks.transferCallFiresToo) reporter.report('transfer_call', { leg });
      reporter.report(`${mode}_transfer_call`, { leg });
    },
    onPath: (path, before) => {
      const event = hookEvent(path, before, quirks.speakerFiresHook);
      if (event) reporter.report(event);
      events.changed();
    },
  });
  const consultation = new Consultation(desk, quirks);
  const lightLines = ownLineLights(base, () => registrations);
  const onChange = () => {
    if (quirks.callsDriveLineLeds) lightLines();
    if (desk.legs.length === 0) onIdle();
  };
  const events = new CallEvents({ desk, consultation, features, reporter, quirks, secondMs, onChange });
  const registrations = new Registrations(base.accounts, exchange, events);
  reportFeatures(features, desk, reporter);
  followForwardSettings(base.settings, features);
  return { desk, consultation, events, registrations };
};

const hookEvent = (path: AudioPath, before: AudioPath, speakerFires: boolean): ActionUrlEvent | undefined => {
  const lifts = (one: AudioPath) => (speakerFires ? one !== 'none' : one === 'handset');
  if (lifts(path) === lifts(before)) return undefined;
  return lifts(path) ? 'off_hook' : 'on_hook';
};

/** Keeps the LEDs of keys of type 15, which the calls of their account own. What was pushed stays until a call needs the LED. */
const ownLineLights = ({ model, settings, lights }: PhoneBase, registrations: () => Registrations): (() => void) => {
  const litByCalls = new Set<string>();
  return () => {
    const { accounts } = registrations();
    for (let number = 1; number <= model.lineKeys; number += 1) {
      const key = lineKey(number, settings, accounts);
      const line = key.action === 'line' ? registrations().lineOf(key.account) : undefined;
      const light = lineLedOf(line?.legs ?? []);
      const name = `LINE${number}`;
      if (light !== DARK) {
        lights.set(name, light);
        litByCalls.add(name);
      } else if (litByCalls.delete(name)) lights.set(name, DARK);
    }
  };
};
