import { CAPABILITIES, type Capability, type Ladder, type Ladders, type PhoneProfile } from '@hookswitch/core';
import { byNotify, byXmlNotify } from './capabilities/notify.ts';
import { byActionUri } from './capabilities/press.ts';
import { byXmlPush } from './capabilities/push.ts';
import { isSince, SINCE } from './firmware.ts';
import type { YealinkOptions } from './options.ts';
import {
  documentRungs,
  httpRungs,
  keyRungs,
  pushDialRungs,
  type Rungs,
  reregisterRungs,
  restartRungs,
  resyncRungs,
} from './rungs.ts';
import { type Traits, traitsOf } from './traits.ts';

/** XML objects are in the guides from release 71 on. */
function takesPushes({ options, firmware }: Traits): boolean {
  return options.xmlPush && isSince(firmware, SINCE.xmlPush, true);
}

function overHttp(traits: Traits): readonly Rungs[] {
  const byKeys = [keyRungs(byActionUri(traits), 'HTTP'), httpRungs(traits)];
  if (!takesPushes(traits)) return byKeys;
  const way = byXmlPush(traits);
  return [...byKeys, pushDialRungs(way), documentRungs(way, 'XML_PUSH')];
}

/**
 * `check-sync` is the first way to a restart, since it asks for no consent, and the last to provisioning: where the
 * phone may restart for it, the key `AutoP` has it restart only if need be.
 */
function overSip(traits: Traits): readonly Rungs[] {
  const documents = takesPushes(traits) ? [documentRungs(byXmlNotify(traits), 'SIP_NOTIFY')] : [];
  const again = traits.options.reregisterByCheckSync ? [reregisterRungs(traits)] : [];
  return [restartRungs(traits), keyRungs(byNotify(traits), 'SIP_NOTIFY'), ...documents, resyncRungs(traits), ...again];
}

type LaddersInTheMaking<Names extends Capability> = { -readonly [Name in Names]?: Ladder<Name> };

function addLadder<Name extends Capability>(
  name: Name,
  parts: readonly Rungs[],
  ladders: LaddersInTheMaking<Name>,
): void {
  const [first, ...rest] = parts.flatMap((part): NonNullable<Rungs[Name]> => part[name] ?? []);
  if (first !== undefined) ladders[name] = [first, ...rest];
}

/**
 * What a Yealink phone can do: over HTTP where it has an address, behind that by SIP NOTIFY where it has a SIP URI. A
 * 200 is the phone's word on either way and proves no effect. Not there, since no source knows a way: touches,
 * deflecting, ringtones, reading settings, asking for calls, firmware by URL, logging off, clearing call lists; nor
 * registering again, but for the option `reregisterByCheckSync`. By SIP alone, nothing can be read: no PHONE_INFO and no SCREEN.
 */
export function capabilitiesFor(phone: PhoneProfile<YealinkOptions>): Ladders {
  const traits = traitsOf(phone);
  const { http, sip } = phone.reachableBy;
  const parts = [...(http ? overHttp(traits) : []), ...(sip ? overSip(traits) : [])];
  const ladders: LaddersInTheMaking<Capability> = {};
  for (const name of CAPABILITIES) addLadder(name, parts, ladders);
  return ladders;
}
