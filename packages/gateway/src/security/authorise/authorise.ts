import { type Application, RequestError } from '../../application.ts';
import { maskNumbersOf } from '../mask/masked-application.ts';
import type { Principal } from '../principal.ts';
import type { OnSecurityEvent } from '../security-events.ts';
import { authoriseCommands } from './commands.ts';
import { authoriseCalls, authoriseEvents } from './events.ts';
import { authorisePhones, authoriseReadings } from './phones.ts';
import { type Reach, reachOf } from './reach.ts';

/**
 * The application as one caller has it. Every method of it has its rule in this folder; one that is added without does
 * not compile. What belongs to a phone that the caller may not see does not exist: NOT_FOUND, left out of lists and
 * counts, not delivered. What needs a scope that the caller lacks throws ForbiddenError, whichever phone is meant.
 */
export function authorise(
  unmasked: Application,
  principal: Principal,
  onSecurityEvent: OnSecurityEvent = () => {},
): Application {
  const application = principal.masksNumbers ? maskNumbersOf(unmasked) : unmasked;
  const reach = reachOf(application, principal, onSecurityEvent);
  return {
    phones: authorisePhones(application.phones, reach),
    drivers: authoriseDrivers(application.drivers, reach),
    readings: authoriseReadings(application.readings, reach),
    calls: authoriseCalls(application.calls, reach),
    events: authoriseEvents(application.events, reach),
    commands: authoriseCommands(application, reach),
    apiKeys: authoriseApiKeys(application.apiKeys, reach),
    onboarding: authoriseOnboarding(application.onboarding, reach),
    audit: authoriseAudit(application.audit, reach),
  };
}

function authoriseDrivers(drivers: Application['drivers'], reach: Reach): Application['drivers'] {
  return {
    all() {
      reach.need('phones:read');
      return drivers.all();
    },
    get(vendor) {
      reach.need('phones:read');
      return drivers.get(vendor);
    },
  };
}

/** A device that is no phone has no tags: whoever is narrowed to some sees none. */
function authoriseOnboarding(onboarding: Application['onboarding'], reach: Reach): Application['onboarding'] {
  return {
    async links() {
      reach.need('admin');
      return await onboarding.links();
    },
    async createLink(input, caller) {
      reach.need('admin');
      return await onboarding.createLink(input, caller);
    },
    async revokeLink(id, caller) {
      reach.need('admin');
      return await onboarding.revokeLink(id, caller);
    },
    async unknownDevices() {
      reach.need('device:manage');
      return reach.withinTags === undefined ? await onboarding.unknownDevices() : { devices: [], incomplete: [] };
    },
    async draftDefinition(of) {
      reach.need('device:manage');
      if ('phoneId' in of) reach.needPhone(of.phoneId);
      else if (reach.withinTags !== undefined)
        throw new RequestError('NOT_FOUND', 'There is no unknown device with this id.');
      return await onboarding.draftDefinition(of);
    },
  };
}

function authoriseAudit(audit: Application['audit'], reach: Reach): Application['audit'] {
  return {
    async list(filter, page) {
      reach.need('audit:read');
      return await audit.list({ ...filter, withinTags: reach.withinTags }, page);
    },
  };
}

function authoriseApiKeys(apiKeys: Application['apiKeys'], reach: Reach): Application['apiKeys'] {
  return {
    async list() {
      reach.need('admin');
      return await apiKeys.list();
    },
    async create(input, caller) {
      reach.need('admin');
      return await apiKeys.create(input, caller);
    },
    async revoke(id, caller) {
      reach.need('admin');
      return await apiKeys.revoke(id, caller);
    },
  };
}
