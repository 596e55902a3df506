import type { LoggedEvent } from '../model.ts';
import type { CallStore } from '../store/ports.ts';

/** Whether the gateway's picture of a phone's calls is good enough to refuse a command for it. */
export interface CallSight {
  /**
   * False where the phone has never told of a call (its action URLs are not set), or kept silent on the last command that
   * should have changed one: there a refusal would lock people out of phones that work.
   */
  sees(phoneId: string): Promise<boolean>;
  /** Takes in an event of the log. */
  apply(event: LoggedEvent): void;
  /** The phone took a command about a call, and told nothing of it. */
  keptSilent(phoneId: string): void;
}

/** @param store asked once a phone, for what it told before the gateway started */
export function createCallSight(store: Pick<CallStore, 'list'>): CallSight {
  const heard = new Map<string, boolean>();
  const silent = new Set<string>();
  return {
    async sees(phoneId) {
      if (silent.has(phoneId)) return false;
      const known = heard.get(phoneId);
      if (known !== undefined) return known;
      const { items } = await store.list({ phoneIds: [phoneId] }, { limit: 1 });
      const isKnown = heard.get(phoneId) === true || items.length > 0;
      heard.set(phoneId, isKnown);
      return isKnown;
    },
    apply({ phoneId, event, vendorEvent }) {
      if (event.type !== 'CALL' || vendorEvent === null) return;
      heard.set(phoneId, true);
      silent.delete(phoneId);
    },
    keptSilent: (phoneId) => void silent.add(phoneId),
  };
}
