import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { conformance } from '@hookswitch/driver-kit';
import { harness } from './harness.ts';

const suite = conformance({ describe, it }, harness);

it('has a case for all that the driver claims', () => assert.equal(suite.count, 414));
