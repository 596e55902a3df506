import { randomUUID } from 'node:crypto';
import type { Instant, Phone } from '../model.ts';
import { fitsPhone } from './fits-phone.ts';
import type { FirstContact, UnknownDevice } from './onboarding.ts';
import { type SeenReport, type Sighting, tidy } from './seen-device.ts';

/** What is kept of a device; who it may be is asked when it is shown. */
export interface KeptDevice extends Omit<UnknownDevice, 'candidates' | 'match'> {
  /** One for each name of an event; of values the shape only. */
  readonly reports: readonly SeenReport[];
}

/** How much is kept. */
export interface DeviceListLimits {
  readonly devices: number;
  /** From one address: behind a NAT there are several. */
  readonly perAddress: number;
  readonly reportsPerDevice: number;
  /** A device that was not seen for so long is forgotten. */
  readonly forgetAfterMs: number;
}

/** What holds where nothing else is said. */
const DEVICE_LIST_LIMITS: DeviceListLimits = {
  devices: 500,
  perAddress: 50,
  reportsPerDevice: 60,
  forgetAfterMs: 24 * 60 * 60_000,
};

/** Devices that are no registered phones, in memory: bounded, and gone with the gateway. They come again. */
export interface DeviceList {
  /** Makes an entry, or freshens the one that the device has. */
  note(sighting: Sighting): void;
  /** Seen last comes first. */
  all(): readonly KeptDevice[];
  /** Takes out what that phone is. */
  added(phone: Phone): void;
}

/** An empty list. */
export function createDeviceList(now: () => Instant, limits = DEVICE_LIST_LIMITS): DeviceList {
  // In the order in which they were seen last: the first one goes first.
  const devices = new Map<string, KeptDevice>();
  const forget = (): void => {
    const since = now() - limits.forgetAfterMs;
    for (const { id, lastSeenAt } of [...devices.values()]) if (lastSeenAt < since) devices.delete(id);
  };
  const makeRoom = (address: string): void => {
    const near = [...devices.values()].filter((one) => one.address === address);
    const oldest = near.length >= limits.perAddress ? near[0] : devices.size >= limits.devices ? first(devices) : null;
    if (oldest !== null && oldest !== undefined) devices.delete(oldest.id);
  };
  return {
    note(raw) {
      forget();
      const sighting = tidy(raw);
      const known = [...devices.values()].find((one) => isSame(one, sighting)) ?? null;
      if (known === null) makeRoom(sighting.address);
      else devices.delete(known.id);
      const next = freshened(known, sighting, now());
      devices.set(next.id, { ...next, reports: next.reports.slice(0, limits.reportsPerDevice) });
    },
    all() {
      forget();
      return [...devices.values()].toReversed();
    },
    added(phone) {
      for (const device of [...devices.values()]) if (fitsPhone(device, phone)) devices.delete(device.id);
    },
  };
}

function first(devices: ReadonlyMap<string, KeptDevice>): KeptDevice | undefined {
  const [device] = devices.values();
  return device;
}

/** By its MAC address; where one of them does not tell it, by its address and, of those, its SIP user. */
function isSame(known: KeptDevice, { mac, address, sipUri }: Sighting): boolean {
  if (known.mac !== null && mac !== null) return known.mac === mac;
  return known.address === address && (known.sipUri === null || sipUri === null || known.sipUri === sipUri);
}

function freshened(known: KeptDevice | null, seen: Sighting, at: Instant): KeptDevice {
  const { how, report } = seen;
  const seenBy: readonly FirstContact[] = [...new Set([...(known?.seenBy ?? []), how])];
  const others = (known?.reports ?? []).filter(({ vendorEvent }) => vendorEvent !== report?.vendorEvent);
  return {
    id: known?.id ?? randomUUID(),
    address: seen.address,
    mac: seen.mac ?? known?.mac ?? null,
    // What the device says by its action URL is better than what its SIP stack calls itself.
    model: (how === 'SIP_REGISTER' ? known?.model : null) ?? seen.model ?? known?.model ?? null,
    firmware: seen.firmware ?? known?.firmware ?? null,
    sipUri: seen.sipUri ?? known?.sipUri ?? null,
    seenBy,
    firstSeenAt: known?.firstSeenAt ?? at,
    lastSeenAt: at,
    timesSeen: (known?.timesSeen ?? 0) + 1,
    reports: report === null ? others : [report, ...others],
  };
}
