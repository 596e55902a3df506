import type { Application } from '../../application.ts';
import type { Phone } from '../../model.ts';
import type { Reach } from './reach.ts';

/** Reading needs `phones:read`; the registry is the admin's, and so are action URLs, which hold a secret. */
export function authorisePhones(phones: Application['phones'], reach: Reach): Application['phones'] {
  const visible = (phone: Phone | null): Phone | null => (phone !== null && reach.seesPhone(phone) ? phone : null);
  /** Of a phone that is visible. */
  const read = <Value>(ask: (id: string) => Value): ((id: string) => Value) => {
    return (id) => {
      reach.need('phones:read');
      reach.needPhone(id);
      return ask(id);
    };
  };
  const administer = <Rest extends readonly unknown[], Value>(
    change: (id: string, ...rest: Rest) => Value,
  ): ((id: string, ...rest: Rest) => Value) => {
    return (id, ...rest) => {
      reach.need('admin');
      reach.needPhone(id);
      return change(id, ...rest);
    };
  };
  return {
    get(id) {
      reach.need('phones:read');
      return visible(phones.get(id));
    },
    byMac(mac) {
      reach.need('phones:read');
      return visible(phones.byMac(mac));
    },
    async bySipUser(user) {
      reach.need('phones:read');
      return visible(await phones.bySipUser(user));
    },
    list(filter, page) {
      reach.need('phones:read');
      return phones.list({ ...filter, withinTags: reach.withinTags }, page);
    },
    async add(input, caller) {
      reach.need('admin');
      return await phones.add(input, caller);
    },
    async identify(device, caller) {
      reach.need('admin');
      return await phones.identify(device, caller);
    },
    update: administer(phones.update),
    remove: administer(phones.remove),
    rotateActionUrls: administer(phones.rotateActionUrls),
    reachability: read(phones.reachability),
    lastEventAt: read(phones.lastEventAt),
    silentSince: read(phones.silentSince),
    wishes: read(phones.wishes),
    capabilities: read(phones.capabilities),
    keys: read(phones.keys),
    leds: read(phones.leds),
    features: read(phones.features),
    actionUrls: (id, caller) => (reach.holds('admin') && reach.sees(id) ? phones.actionUrls(id, caller) : null),
    provisioning: async (id, caller) =>
      reach.holds('admin') && reach.sees(id) ? await phones.provisioning(id, caller) : null,
  };
}

/** What the phone itself tells, now. */
export function authoriseReadings(readings: Application['readings'], reach: Reach): Application['readings'] {
  const read = <Rest extends readonly unknown[], Value>(
    ask: (id: string, ...rest: Rest) => Promise<Value>,
  ): ((id: string, ...rest: Rest) => Promise<Value>) => {
    return async (id, ...rest) => {
      reach.need('phones:read');
      reach.needPhone(id);
      return await ask(id, ...rest);
    };
  };
  return {
    phoneInfo: read(readings.phoneInfo),
    settings: read(readings.settings),
    screen: read(readings.screen),
    diagnosis: read(readings.diagnosis),
  };
}
