import { CAPABILITIES } from '@hookswitch/core';
import { CASES } from '../conformance/cases.table.ts';
import { nameOfSample } from '../conformance/names.ts';
import type { Sample } from '../conformance/sample.ts';

/** What of a sample is told. */
type Told = Pick<Sample<never, unknown>, 'name' | 'mayBeRefused' | 'mayBeRejected'>;

/** All samples of the suite, a line each, by the names that `refuses` of a phone takes, and which may be refused without that. */
export function sampleLines(): readonly string[] {
  return CAPABILITIES.flatMap((capability) =>
    Object.entries<{ readonly samples: readonly Told[] }>(CASES[capability]).flatMap(([member, { samples }]) =>
      samples.map((sample) => {
        const { mayBeRefused, mayBeRejected } = sample;
        const name = nameOfSample({ capability, member }, sample);
        if (mayBeRefused !== true) return name;
        return `${name} (may be refused undeclared${mayBeRejected === true ? ', or by the phone' : ''})`;
      }),
    ),
  );
}
