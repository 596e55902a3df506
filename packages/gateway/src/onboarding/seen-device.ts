import type { EventVariable } from '@hookswitch/core';
import { parseMacAddress } from '../phones/mac-address.ts';
import type { FirstContact } from './onboarding.ts';
import { shapeOf } from './shape-of.ts';

/** A request of a device: the vendor's name of the event, and what came with it. */
export interface SeenReport {
  readonly vendorEvent: string;
  readonly variables: readonly EventVariable[];
}

/** What a device told when it came, or what a registrar knows of it. */
export interface Sighting {
  readonly how: FirstContact;
  /** An IP address in its plain form. */
  readonly address: string;
  readonly mac: string | null;
  readonly model: string | null;
  readonly firmware: string | null;
  readonly sipUri: string | null;
  readonly report: SeenReport | null;
}

const LONGEST = 64;
const MOST_VARIABLES = 40;

/**
 * What a device says of itself, cut to what such a thing may be: whoever has a link may send anything. Of values the shape
 * alone is kept.
 */
export function tidy({ how, address, mac, model, firmware, sipUri, report }: Sighting): Sighting {
  return {
    how,
    address,
    mac: mac === null ? null : parseMacAddress(mac.trim()),
    model: short(model),
    firmware: short(firmware),
    sipUri: short(sipUri),
    report:
      report === null
        ? null
        : {
            vendorEvent: short(report.vendorEvent) ?? '',
            variables: report.variables
              .slice(0, MOST_VARIABLES)
              .map(({ name, value }) => ({ name: short(name) ?? '', value: shapeOf(value) })),
          },
  };
}

function short(text: string | null): string | null {
  const plain = text?.replace(/[^\x20-\x7e]/g, '').trim() ?? '';
  return plain === '' ? null : plain.slice(0, LONGEST);
}
