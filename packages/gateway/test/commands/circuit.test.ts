import { expect, test } from 'vitest';
import { createCircuit } from '../../src/commands/circuit.ts';

test('opens after three requests in a row without an answer, for a while', () => {
  let now = 0;
  const circuit = createCircuit(() => now);
  circuit.record('silent');
  circuit.record('silent');
  circuit.record('answered');
  circuit.record('silent');
  circuit.record('silent');
  expect(circuit.refusal()).toBeNull();
  circuit.record('silent');
  expect(circuit.refusal()).toMatchObject({ code: 'PHONE_UNREACHABLE', retryable: true });
  now = 5_000;
  expect(circuit.refusal()).toBeNull();
  // One more try shows whether the phone is back.
  circuit.record('silent');
  expect(circuit.refusal()).toMatchObject({ code: 'PHONE_UNREACHABLE' });
  now = 10_000;
  circuit.record('answered');
  circuit.record('silent');
  expect(circuit.refusal()).toBeNull();
});

test('opens at once where the credentials were refused, and closes when they change', () => {
  let now = 0;
  const circuit = createCircuit(() => now);
  circuit.record('unauthorized');
  expect(circuit.refusal()).toMatchObject({ code: 'PHONE_UNAUTHORIZED', retryable: false });
  now = 299_999;
  expect(circuit.refusal()).not.toBeNull();
  now = 300_000;
  expect(circuit.refusal()).toBeNull();
  circuit.record('unauthorized');
  circuit.reset();
  expect(circuit.refusal()).toBeNull();
});

test('leaves a phone alone that has locked itself, as long as it says', () => {
  let now = 0;
  const circuit = createCircuit(() => now);
  circuit.record({ lockedForMs: 180_000 });
  now = 60_000;
  expect(circuit.refusal()).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 120_000, retryable: true });
});
