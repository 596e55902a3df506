import type { Failure } from '@hookswitch/core';
import type { Application, EventUpdate, PhoneFailure, Result } from '../../application.ts';
import type { LoggedEvent, Phone } from '../../model.ts';
import { maskNumber, maskText, maskUri } from './mask-numbers.ts';
import {
  maskAudit,
  maskCall,
  maskCommand,
  maskEvent,
  maskFailure,
  maskFeature,
  maskLed,
  maskPhone,
  maskSkipped,
} from './mask-records.ts';

/** The application with every phone number cut short. One place for queries, mutations and subscriptions alike. */
export function maskNumbersOf(application: Application): Application {
  return {
    phones: phonesOf(application.phones),
    drivers: application.drivers,
    readings: readingsOf(application.readings),
    calls: callsOf(application.calls),
    events: eventsOf(application.events),
    commands: commandsOf(application.commands),
    apiKeys: application.apiKeys,
    onboarding: onboardingOf(application.onboarding),
    audit: {
      list: async (filter, page) => listed(await application.audit.list(filter, page), maskAudit),
    },
  };
}

function listed<Item, Page extends { readonly items: readonly { readonly node: Item; readonly cursor: string }[] }>(
  page: Page,
  mask: (item: Item) => Item,
): Page {
  return { ...page, items: page.items.map(({ node, cursor }) => ({ node: mask(node), cursor })) };
}

function orNull<Item>(item: Item | null, mask: (item: Item) => Item): Item | null {
  return item === null ? null : mask(item);
}

/** For what cannot be masked: pictures of the display, and settings of which nobody knows which are numbers. */
const UNMASKABLE: Failure = {
  code: 'POLICY_DENIED',
  message: 'It may show phone numbers, and this caller sees none.',
  rule: 'maskNumbers',
  retryable: false,
};

function phonesOf(phones: Application['phones']): Application['phones'] {
  const changed = async (change: Promise<Result<Phone, PhoneFailure>>): Promise<Result<Phone, PhoneFailure>> => {
    const result = await change;
    return result.ok ? { ok: true, value: maskPhone(result.value) } : result;
  };
  return {
    get: (id) => orNull(phones.get(id), maskPhone),
    byMac: (mac) => orNull(phones.byMac(mac), maskPhone),
    bySipUser: async (user) => orNull(await phones.bySipUser(user), maskPhone),
    list: (filter, page) => listed(phones.list(filter, page), maskPhone),
    add: (input, caller) => changed(phones.add(input, caller)),
    update: (id, patch, caller) => changed(phones.update(id, patch, caller)),
    remove: (id, caller) => changed(phones.remove(id, caller)),
    rotateActionUrls: (id, seconds, caller) => changed(phones.rotateActionUrls(id, seconds, caller)),
    leds: async (id) => (await phones.leds(id)).map(maskLed),
    features: async (id) => (await phones.features(id)).map(maskFeature),
    wishes: async (id) => (await phones.wishes(id)).map(maskFeature),
    reachability: phones.reachability,
    silentSince: phones.silentSince,
    lastEventAt: phones.lastEventAt,
    capabilities: phones.capabilities,
    keys: phones.keys,
    // The admin's, who sees numbers.
    identify: phones.identify,
    actionUrls: phones.actionUrls,
    provisioning: phones.provisioning,
  };
}

function readingsOf(readings: Application['readings']): Application['readings'] {
  return {
    async phoneInfo(phoneId, caller) {
      const result = await readings.phoneInfo(phoneId, caller);
      if (!result.ok) return { ok: false, failure: maskFailure(result.failure) };
      const { accounts, features } = result.value;
      return {
        ok: true,
        value: {
          ...result.value,
          accounts: accounts.map((account) => ({
            ...account,
            user: orNull(account.user, maskNumber),
            displayName: orNull(account.displayName, maskText),
            label: orNull(account.label, maskText),
          })),
          features: features.map(maskFeature),
        },
      };
    },
    settings: async () => ({ ok: false, failure: UNMASKABLE }),
    screen: async () => ({ ok: false, failure: UNMASKABLE }),
    async diagnosis(phoneId, caller) {
      const findings = await readings.diagnosis(phoneId, caller);
      return findings.map((finding) => ({
        ...finding,
        message: maskText(finding.message),
        ...(typeof finding.fix === 'string' && { fix: maskText(finding.fix) }),
      }));
    },
  };
}

function onboardingOf(onboarding: Application['onboarding']): Application['onboarding'] {
  return {
    ...onboarding,
    async unknownDevices() {
      const { devices, incomplete } = await onboarding.unknownDevices();
      return {
        devices: devices.map((device) => ({ ...device, sipUri: orNull(device.sipUri, maskUri) })),
        incomplete: incomplete.map(maskText),
      };
    },
  };
}

function callsOf(calls: Application['calls']): Application['calls'] {
  return {
    get: async (id) => orNull(await calls.get(id), maskCall),
    active: (phoneId) => calls.active(phoneId).map(maskCall),
    list: async (filter, page) => listed(await calls.list(filter, page), maskCall),
    ofEvent(event) {
      const call = calls.ofEvent(event);
      return call instanceof Promise ? call.then((told) => orNull(told, maskCall)) : orNull(call, maskCall);
    },
    async *subscribe(filter, signal) {
      for await (const update of calls.subscribe(filter, signal)) {
        yield update.kind === 'call' ? { kind: 'call', call: maskCall(update.call) } : update;
      }
    },
  };
}

function eventsOf(events: Application['events']): Application['events'] {
  return {
    cursorOf: events.cursorOf,
    get: async (sequence) => orNull(await events.get(sequence), maskEvent),
    async list(filter, page) {
      const { items, ...rest } = await events.list(filter, page);
      return { ...rest, items: items.map(maskEvent) };
    },
    async *subscribe(filter, after, signal) {
      for await (const update of events.subscribe(filter, after, signal)) {
        yield maskUpdate(update);
      }
    },
    follow: (filter, after, sink) =>
      events.follow(filter, after, {
        update: (update) => sink.update(maskUpdate(update)),
        end: (failure) => sink.end(failure),
      }),
  };
}

/** Of the event that was told last: all who are told of it share one, and what is made of it. */
let latest: { readonly of: LoggedEvent; readonly update: EventUpdate } | null = null;

function maskUpdate(update: EventUpdate): EventUpdate {
  if (update.kind !== 'event') return update;
  if (latest?.of !== update.event)
    latest = { of: update.event, update: { kind: 'event', event: maskEvent(update.event) } };
  return latest.update;
}

function commandsOf(commands: Application['commands']): Application['commands'] {
  return {
    get: async (id) => orNull(await commands.get(id), maskCommand),
    list: async (filter, page) => listed(await commands.list(filter, page), maskCommand),
    run: async (phoneId, request, by) => maskCommand(await commands.run(phoneId, request, by)),
    async explain(phoneId, request, caller) {
      const { failure, exchanges, skippedTransports, ...rest } = await commands.explain(phoneId, request, caller);
      return {
        ...rest,
        failure: orNull(failure, maskFailure),
        exchanges: exchanges.map(maskText),
        skippedTransports: maskSkipped(skippedTransports),
      };
    },
    async *subscribe(id, signal) {
      for await (const command of commands.subscribe(id, signal)) yield maskCommand(command);
    },
    async *subscribeAll(filter, signal) {
      for await (const update of commands.subscribeAll(filter, signal)) {
        yield update.kind === 'command' ? { kind: 'command', command: maskCommand(update.command) } : update;
      }
    },
    runOnPhones: commands.runOnPhones,
    batch: commands.batch,
    pendingInBatch: commands.pendingInBatch,
    inBatch: async (batchId, page) => listed(await commands.inBatch(batchId, page), maskCommand),
  };
}
