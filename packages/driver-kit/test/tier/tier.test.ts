import { expect, test } from 'vitest';
import type { PhoneClaims } from '../../src/index.ts';
import { type Tier, type TierFacts, tierOf } from '../../src/tier/tier.ts';

const NONE = {
  DRIVER: 0,
  DOCUMENTED: 0,
  PACKAGE: 0,
  PHONE: 0,
  ACTION_URL: 0,
  COMMAND: 0,
  FAULT: 0,
  RECORDING: 0,
  MONITOR: 0,
};

function phoneWith(...evidence: readonly ('VERIFIED' | 'DOCUMENTED' | 'ASSUMED')[]): PhoneClaims {
  const names = ['DIAL', 'ANSWER', 'HANG_UP', 'REJECT'] as const;
  return {
    name: 'E1',
    model: 'E1',
    firmware: '1.0',
    options: {},
    reachableBy: { http: true, sip: false },
    allowEvents: null,
    claims: evidence.map((one, index) => ({
      capability: names[index] ?? 'DIAL',
      transport: 'HTTP',
      evidence: one,
      source: null,
    })),
  };
}

const FACTS: TierFacts = { failed: NONE, phones: [phoneWith('VERIFIED', 'VERIFIED')], hasVirtualPhone: true };

const VERDICTS: Readonly<
  Record<string, readonly [facts: Partial<TierFacts>, tier: Tier | null, missing: string | null]>
> = {
  'all is verified': [{}, 'PLATINUM', null],
  'one capability is verified on no phone': [
    { phones: [phoneWith('VERIFIED', 'DOCUMENTED', 'ASSUMED', 'ASSUMED')] },
    'GOLD',
    'PLATINUM: no recording of a real phone proves ANSWER, HANG_UP, REJECT',
  ],
  'less than half has a source, and there is no virtual phone': [
    { phones: [phoneWith('DOCUMENTED', 'ASSUMED', 'ASSUMED')], hasVirtualPhone: false },
    'SILVER',
    'GOLD: the package exports no virtual phone as ./virtual; 33 % of what is claimed has a source; 50 % are needed',
  ],
  'nothing is claimed': [{ phones: [] }, 'SILVER', 'GOLD: 0 % of what is claimed has a source; 50 % are needed'],
  'action URLs and faults fail': [
    { failed: { ...NONE, ACTION_URL: 1, FAULT: 2 } },
    'BRONZE',
    'SILVER: 1 cases of action URLs fail; 2 cases in which something goes wrong fail',
  ],
  'a command of an obeying phone fails': [
    { failed: { ...NONE, COMMAND: 1, RECORDING: 2 } },
    null,
    'BRONZE: 3 cases of an obeying phone fail',
  ],
};

for (const [name, [facts, tier, missing]] of Object.entries(VERDICTS)) {
  test(`where ${name}`, () => expect(tierOf({ ...FACTS, ...facts })).toEqual({ tier, missing }));
}

test('a phone that verifies a capability does so for the others', () => {
  const phones = [phoneWith('ASSUMED', 'VERIFIED'), phoneWith('VERIFIED', 'DOCUMENTED')];
  expect(tierOf({ ...FACTS, phones }).tier).toBe('PLATINUM');
});
