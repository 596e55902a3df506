import type { FirstContacts } from '../onboarding/first-contacts.ts';
import type { PhoneRegistry } from '../phones/phone-registry.ts';
import type { Authenticator } from '../security/authenticator.ts';
import type { Store } from '../store/ports.ts';
import { isStoreAway } from '../store/store-away.ts';

/** What other gateways change in the store is read again. */
export function followStore(
  store: Pick<Store, 'onChanged'>,
  {
    registry,
    contacts,
    authenticator,
    onError,
  }: {
    readonly registry: PhoneRegistry;
    readonly contacts: FirstContacts;
    readonly authenticator: Authenticator;
    readonly onError: (error: unknown) => void;
  },
): void {
  const read = {
    phones: () => registry.catchUp(),
    keys: () => authenticator.refresh(),
    links: () => contacts.reloadLinks(),
  };
  store.onChanged?.((part) => {
    read[part]().catch((error: unknown) => {
      // It is looked at again in a moment.
      if (!isStoreAway(error)) onError(error);
    });
  });
}
