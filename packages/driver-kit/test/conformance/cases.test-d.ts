import type { Capability, CapabilityMap, PhoneInfo } from '@hookswitch/core';
import { describe, expectTypeOf, test } from 'vitest';
import { CASES, type CapabilityCase, type ConformanceCases, type ValueOf } from '../../src/index.ts';

describe('the table of cases', () => {
  test('each capability of the contract has its cases, and no other is there', () => {
    expectTypeOf<keyof ConformanceCases>().toEqualTypeOf<Capability>();
    expectTypeOf(CASES).toExtend<ConformanceCases>();
  });

  test('a capability without a case does not compile', () => {
    const { TOUCH: _, ...rest } = CASES;
    // @ts-expect-error TOUCH has no case
    const cases: ConformanceCases = rest;
    expectTypeOf(cases).toEqualTypeOf<ConformanceCases>();
  });

  test('a case of a capability that the contract does not know does not compile', () => {
    // @ts-expect-error there is no TELEPORT
    const cases: ConformanceCases = { ...CASES, TELEPORT: CASES.DIAL };
    expectTypeOf(cases).toEqualTypeOf<ConformanceCases>();
  });

  test('a member without a case does not compile', () => {
    const { cancelTransfer: _, ...rest } = CASES.TRANSFER_ATTENDED;
    // @ts-expect-error cancelTransfer has no case
    const attended: CapabilityCase<'TRANSFER_ATTENDED'> = rest;
    expectTypeOf(attended).toEqualTypeOf<CapabilityCase<'TRANSFER_ATTENDED'>>();
  });

  test('a member without a sample does not compile', () => {
    // @ts-expect-error there is nothing to try
    const dial: CapabilityCase<'DIAL'> = { dial: { samples: [] } };
    expectTypeOf(dial).toEqualTypeOf<CapabilityCase<'DIAL'>>();
  });

  test('a sample of another command does not compile', () => {
    const dial: CapabilityCase<'DIAL'> = {
      // @ts-expect-error a rung of DIAL has no answer
      dial: { samples: [{ name: 'x', situation: 'IDLE', run: (rung, { context }) => rung.answer({}, context) }] },
    };
    expectTypeOf(dial).toEqualTypeOf<CapabilityCase<'DIAL'>>();
  });

  test('proofs know what a member gives back', () => {
    expectTypeOf<ValueOf<CapabilityMap['PHONE_INFO']['phoneInfo']>>().toEqualTypeOf<PhoneInfo>();
    expectTypeOf<ValueOf<CapabilityMap['DIAL']['dial']>>().toEqualTypeOf<undefined>();
  });
});
