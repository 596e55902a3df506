import {
  CAPABILITIES,
  type Capability,
  type Ladder,
  type Ladders,
  type PhoneProfile,
  type Rung,
} from '@hookswitch/core';
import type { SnomOptions } from './options.ts';
import { type SnomPhone, snomPhone } from './phone.ts';
import { RUNGS, type SnomRung } from './rungs.table.ts';

type LaddersInTheMaking<Names extends Capability> = { -readonly [Name in Names]?: Ladder<Name> };

/** See `Driver.capabilitiesFor`. */
export function capabilitiesFor(profile: PhoneProfile<SnomOptions>): Ladders {
  const phone = snomPhone(profile);
  const ladders: LaddersInTheMaking<Capability> = {};
  for (const name of CAPABILITIES) addLadder(name, phone, ladders);
  return ladders;
}

function addLadder<Name extends Capability>(name: Name, phone: SnomPhone, ladders: LaddersInTheMaking<Name>): void {
  const rows: readonly SnomRung<Name>[] = RUNGS[name];
  const [first, ...rest] = rows.filter(({ when }) => when(phone)).map((row) => rungOf(row, phone));
  if (first !== undefined) ladders[name] = [first, ...rest];
}

function rungOf<Name extends Capability>(row: SnomRung<Name>, phone: SnomPhone): Rung<Name> {
  const { transport, evidence, source, together } = row;
  return {
    ...row.make(phone),
    transport,
    evidence: typeof evidence === 'function' ? evidence(phone) : evidence,
    source,
    ...(together === undefined ? {} : { together: together(phone) }),
  };
}
