import type { PhoneEvent } from '@hookswitch/core';
import type { CommandRequest } from '../application.ts';
import type { Caller, Led } from '../model.ts';
import type { PhoneRegistry } from '../phones/phone-registry.ts';
import type { PhoneStore } from '../store/ports.ts';

/** What sending lights again needs. */
export interface RestoreLedsOptions {
  readonly store: Pick<PhoneStore, 'leds'>;
  readonly registry: PhoneRegistry;
  readonly run: (phoneId: string, request: CommandRequest, by: { readonly caller: Caller }) => Promise<unknown>;
  readonly onError: (error: unknown) => void;
}

/** Lights are desired state: a phone that forgot them is told again. */
export interface LedRestorer {
  /** Takes an event of a phone. Each cause sends the lights once; those that come while it runs count as one. */
  readonly after: (phoneId: string, event: PhoneEvent) => void;
  /** Takes no more, and resolves when nothing runs. */
  stop(): Promise<void>;
}

/** In whose name the lights are set: it stands in the list of commands. */
const GATEWAY: Caller = { id: 'gateway', name: 'gateway: lights of a phone that started or registered' };

/** @returns what is to be told of every event */
export function createLedRestorer({ store, registry, run, onError }: RestoreLedsOptions): LedRestorer {
  /** Phones whose lights are being sent; true: once more after that. */
  const running = new Map<string, boolean>();
  const runs = new Set<Promise<void>>();
  let stopped = false;

  const send = async (phoneId: string): Promise<void> => {
    for (const { key } of await store.leds(phoneId)) {
      // As it is wished now: somebody may have changed it since the list was read.
      const led = (await store.leds(phoneId)).find((one) => one.key === key);
      if (stopped || registry.get(phoneId)?.ladders.LED === undefined) return;
      if (led === undefined) continue;
      await run(phoneId, { name: 'setLed', arguments: argumentsOf(led) }, { caller: GATEWAY });
    }
  };
  const restore = async (phoneId: string): Promise<void> => {
    do {
      running.set(phoneId, false);
      await send(phoneId);
    } while (running.get(phoneId) === true && !stopped);
  };

  return {
    after(phoneId, event) {
      if (stopped || !forgetsLights(event) || registry.get(phoneId)?.ladders.LED === undefined) return;
      if (running.has(phoneId)) {
        running.set(phoneId, true);
        return;
      }
      running.set(phoneId, false);
      const done = restore(phoneId)
        .catch(onError)
        .finally(() => {
          running.delete(phoneId);
          runs.delete(done);
        });
      runs.add(done);
    },
    async stop() {
      stopped = true;
      await Promise.all(runs);
    },
  };
}

/** After a start the lights are dark; a phone that was not registered may have dropped what was sent to it. */
function forgetsLights(event: PhoneEvent): boolean {
  if (event.type === 'DEVICE') return event.deviceEventKind === 'STARTED';
  return event.type === 'REGISTRATION' && event.registrationState === 'REGISTERED';
}

function argumentsOf({ key, light, color, label, onPress }: Led): Readonly<Record<string, unknown>> {
  const given = Object.entries({ key, light, color, label, onPress });
  return Object.fromEntries(given.filter(([, value]) => value !== null));
}
