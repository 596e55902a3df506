import {
  type Capability,
  type DriverContext,
  type Failure,
  type Finding,
  type Outcome,
  phoneUnreachable,
  type Rung,
  type Transport,
} from '@hookswitch/core';
import { type Application, RequestError, type Result } from '../application.ts';
import { climbLadder } from '../commands/climb-ladder.ts';
import { ladderFor } from '../commands/run-on-phone.ts';
import type { Instant } from '../model.ts';
import type { PhoneLinks } from '../phones/phone-links.ts';
import type { PhoneRegistry, RegisteredPhone } from '../phones/phone-registry.ts';
import { gatewayFindings } from './gateway-findings.ts';

/** What the service is made of. */
export interface ReadingServiceOptions {
  readonly registry: PhoneRegistry;
  readonly links: PhoneLinks;
  readonly timeoutMs: number;
  readonly now: () => Instant;
}

/** Reads from phones, now. Readings take their turn on the phone's lane: it serves one request at a time. */
export function createReadingService({
  registry,
  links,
  timeoutMs,
  now,
}: ReadingServiceOptions): Application['readings'] {
  const phoneOf = (phoneId: string): RegisteredPhone => {
    const phone = registry.get(phoneId);
    if (phone === null) throw new RequestError('NOT_FOUND', 'There is no phone with this id.');
    return phone;
  };

  const read = async <Name extends Capability, Value>(
    phoneId: string,
    capability: Name,
    attempt: (rung: Rung<Name>, context: DriverContext) => Promise<Outcome<Value>>,
  ): Promise<Result<{ readonly value: Value; readonly transport: Transport }>> => {
    const phone = phoneOf(phoneId);
    const found = ladderFor(phone, capability);
    if ('failure' in found) return { ok: false, failure: found.failure };
    const turn = await links.of(phoneId).lane.run({
      deadlineAt: now() + timeoutMs,
      run: async (signal) => {
        const refused = links.refusal(phoneId);
        if (refused !== null) return refused;
        const context = links.context(phone, signal);
        return climbLadder(capability, found.ladder, (rung) => attempt(rung, context));
      },
    });
    if (!turn.ran) return { ok: false, failure: turn.failure };
    if ('code' in turn.value) return { ok: false, failure: turn.value };
    const { outcome, transport } = turn.value;
    if (outcome.status === 'FAILED') return failedReading(phoneId, outcome.failure);
    if (outcome.status === 'UNKNOWN' || transport === null) {
      return {
        ok: false,
        failure: phoneUnreachable(
          `The phone gave no usable answer: ${outcome.status === 'UNKNOWN' ? outcome.reason : 'no way led there.'}`,
        ),
      };
    }
    return { ok: true, value: { value: outcome.value, transport } };
  };

  const failedReading = (phoneId: string, failure: Failure): { readonly ok: false; readonly failure: Failure } => {
    links.recordFailure(phoneId, failure);
    return { ok: false, failure };
  };

  return {
    async phoneInfo(phoneId) {
      const result = await read(phoneId, 'PHONE_INFO', (rung, context) => rung.phoneInfo(context));
      return result.ok ? { ok: true, value: { ...result.value.value, transport: result.value.transport } } : result;
    },
    async settings(phoneId, names) {
      const result = await read(phoneId, 'READ_SETTINGS', (rung, context) => rung.settings(names, context));
      return result.ok
        ? { ok: true, value: { settings: result.value.value, transport: result.value.transport } }
        : result;
    },
    async screen(phoneId) {
      const result = await read(phoneId, 'SCREEN', (rung, context) => rung.screen(context));
      return result.ok ? { ok: true, value: result.value.value } : result;
    },
    async diagnosis(phoneId) {
      const phone = phoneOf(phoneId);
      const own = gatewayFindings(phone, links.of(phoneId), now());
      const { driver } = phone;
      if (driver === null || phone.phone.removedAt !== null) return own;
      const turn = await links.of(phoneId).lane.run<readonly Finding[]>({
        deadlineAt: now() + timeoutMs,
        run: async (signal) => {
          const refused = links.refusal(phoneId);
          if (refused !== null) return [findingOf(refused)];
          return driver.diagnose(links.context(phone, signal));
        },
      });
      return [...own, ...(turn.ran ? turn.value : [findingOf(turn.failure)])];
    },
  };
}

function findingOf({ code, message }: Failure): Finding {
  return { code, severity: 'PROBLEM', message, fix: 'See the message; then ask again.' };
}
