import { describe, expectTypeOf, test } from 'vitest';
import {
  ACCEPTED,
  type Capability,
  type CapabilityMap,
  type CommandName,
  type Driver,
  defineDriver,
  type Ladder,
  type Ladders,
  type Outcome,
  type PhoneEvent,
  type Rung,
} from '../src/index.ts';

const known = { transport: 'HTTP', evidence: 'DOCUMENTED', source: 'Example, manual, p. 1' } as const;
const ok = async (): Promise<Outcome> => ACCEPTED;

describe('a ladder', () => {
  test('whole rungs, best first', () => {
    const ladders: Ladders = {
      DIAL: [
        { ...known, dial: ok },
        { ...known, transport: 'CSTA', dial: ok },
      ],
      TRANSFER_ATTENDED: [{ ...known, transfer: ok, completeTransfer: ok, cancelTransfer: ok }],
    };
    expectTypeOf(ladders).toEqualTypeOf<Ladders>();
  });

  test('a capability that is half implemented does not compile', () => {
    const ladders: Ladders = {
      // @ts-expect-error completeTransfer and cancelTransfer are missing
      TRANSFER_ATTENDED: [{ ...known, transfer: ok }],
      // @ts-expect-error showMessage is missing
      DISPLAY: [{ ...known, pushXml: ok }],
    };
    expectTypeOf(ladders).toEqualTypeOf<Ladders>();
  });

  test('a capability that the contract does not know does not compile', () => {
    // @ts-expect-error there is no TELEPORT
    const ladders: Ladders = { TELEPORT: [{ ...known, teleport: ok }] };
    expectTypeOf(ladders).toEqualTypeOf<Ladders>();
  });

  test('a rung without its evidence, source or transport does not compile', () => {
    const ladders: Ladders = {
      // @ts-expect-error the evidence is missing
      DIAL: [{ transport: 'HTTP', source: null, dial: ok }],
      // @ts-expect-error the source is missing
      ANSWER: [{ transport: 'HTTP', evidence: 'ASSUMED', answer: ok }],
      // @ts-expect-error the transport is missing
      REJECT: [{ evidence: 'ASSUMED', source: null, reject: ok }],
      // @ts-expect-error hearsay is no evidence
      REBOOT: [{ ...known, evidence: 'HEARSAY', reboot: ok }],
    };
    expectTypeOf(ladders).toEqualTypeOf<Ladders>();
  });

  test('an empty ladder does not compile', () => {
    // @ts-expect-error a ladder has a rung: what cannot be served is left out
    const ladders: Ladders = { DIAL: [] };
    expectTypeOf(ladders).toEqualTypeOf<Ladders>();
  });

  test('a command that belongs to another capability does not compile', () => {
    // @ts-expect-error hangUp is no way to answer
    const ladder: Ladder<'ANSWER'> = [{ ...known, hangUp: ok }];
    expectTypeOf(ladder).toEqualTypeOf<Ladder<'ANSWER'>>();
  });

  test('an outcome that is none does not compile', () => {
    // @ts-expect-error a driver says what became of the command
    const rung: Rung<'DIAL'> = { ...known, dial: async () => true };
    expectTypeOf(rung).toEqualTypeOf<Rung<'DIAL'>>();
  });
});

describe('the vocabulary and the map', () => {
  test('each capability has its interface, and no other is there', () => {
    expectTypeOf<keyof CapabilityMap>().toEqualTypeOf<Capability>();
  });

  test('each command is a member of some capability', () => {
    type Members = { [Name in Capability]: keyof CapabilityMap[Name] }[Capability];
    expectTypeOf<Exclude<CommandName, Members>>().toEqualTypeOf<never>();
    expectTypeOf<Exclude<Members, CommandName>>().toEqualTypeOf<'screen' | 'phoneInfo' | 'settings'>();
  });
});

describe('a driver', () => {
  const whole: Driver<{ readonly pause: number }> = {
    vendor: 'example',
    name: 'Example',
    version: '1.0.0',
    contractVersion: '1.0.0',
    models: [],
    options: {
      schema: { '~standard': { version: 1, vendor: 'example', validate: () => ({ value: { pause: 1 } }) } },
      descriptions: { pause: 'Milliseconds between two keys.' },
    },
    probes: [],
    identify: () => ({ score: 0, reasons: [], model: null, firmware: null, mac: null }),
    capabilitiesFor: () => ({}),
    actionUrls: { maxUrlLength: null, settingsFor: () => [], parse: () => null },
    provisioning: () => null,
    diagnose: async () => [],
    isCommandKey: () => false,
  };

  test('is known by its options', () => {
    expectTypeOf(defineDriver(whole)).toEqualTypeOf<Driver<{ readonly pause: number }>>();
    defineDriver({
      ...whole,
      capabilitiesFor: ({ options }) => {
        expectTypeOf(options).toEqualTypeOf<{ readonly pause: number }>();
        return {};
      },
    });
  });

  test('an option that nobody described does not compile', () => {
    // @ts-expect-error pause is not described
    defineDriver<{ readonly pause: number }>({ ...whole, options: { ...whole.options, descriptions: {} } });
  });

  test('a driver that leaves something out does not compile', () => {
    const { diagnose: _, ...rest } = whole;
    // @ts-expect-error diagnose is missing
    defineDriver(rest);
  });
});

test('an event of a kind that the contract does not know does not compile', () => {
  // @ts-expect-error phones do not sneeze
  const event: PhoneEvent = { type: 'DEVICE', deviceEventKind: 'SNEEZED' };
  expectTypeOf(event).toExtend<PhoneEvent>();
});
