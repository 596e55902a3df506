import { conformance } from '@hookswitch/driver-kit';
import { describe, expect, it } from 'vitest';
import { harness } from './harness.ts';

const suite = conformance({ describe, it }, harness);

it('has a case for all that the driver claims', () => {
  expect(suite.count).toBe(11_852);
});
