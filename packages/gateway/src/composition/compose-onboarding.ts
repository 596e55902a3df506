import { createFirstContacts, type FirstContactsOptions } from '../onboarding/first-contacts.ts';
import { openOnboardingLinks } from '../onboarding/onboarding-links.ts';
import { createRefusalLimiter } from '../security/refusal-limiter.ts';
import type { Container } from './container.ts';
import { ADDRESS_POLICY, CONFIG, DRIVERS, LOG, NOW, resolve, STORE, TICKS } from './tokens.ts';

/** A phone that starts reports a few times, and one behind a NAT shares its address. */
const CONTACTS_PER_MINUTE = 60;

/** What phones that nobody has added yet come by. */
export async function composeOnboarding(
  container: Container,
  parts: Pick<FirstContactsOptions, 'registry' | 'registrars' | 'baseUrl'>,
): Promise<ReturnType<typeof createFirstContacts>> {
  const now = resolve(container, NOW);
  return createFirstContacts({
    ...parts,
    links: await openOnboardingLinks(resolve(container, STORE).onboardingLinks, now),
    events: resolve(container, STORE).events,
    drivers: resolve(container, DRIVERS),
    precedence: resolve(container, CONFIG).driverPrecedence ?? [],
    policy: resolve(container, ADDRESS_POLICY),
    limiter: createRefusalLimiter({ perMinute: CONTACTS_PER_MINUTE, now: resolve(container, TICKS) }),
    now,
    onDriverError: (error) => resolve(container, LOG).error({ err: error }, 'a driver failed'),
  });
}
