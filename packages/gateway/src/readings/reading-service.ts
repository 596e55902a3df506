import {
  accepted,
  type Capability,
  type DriverContext,
  type Failure,
  type Finding,
  failed,
  type ObservedDevice,
  type Outcome,
  phoneUnreachable,
  type Rung,
  type Setting,
  type Transport,
} from '@hookswitch/core';
import { type Application, RequestError, type Result } from '../application.ts';
import { climbLadder, type LadderResult, notClimbed, outcomeOf } from '../commands/climb-ladder.ts';
import { ladderFor } from '../commands/run-on-phone.ts';
import type { Instant } from '../model.ts';
import type { PhoneLinks } from '../phones/phone-links.ts';
import type { PhoneRegistry, RegisteredPhone } from '../phones/phone-registry.ts';
import { certificateFinding } from './certificate-finding.ts';
import { gatewayFindings } from './gateway-findings.ts';

/** What the service is made of. */
export interface ReadingServiceOptions {
  readonly registry: PhoneRegistry;
  readonly links: PhoneLinks;
  readonly timeoutMs: number;
  readonly now: () => Instant;
  /** What is known of the phone's way to the gateway. */
  readonly pathFindings: (phoneId: string) => readonly Finding[];
  /** Told what a phone said of itself. */
  readonly observe: (phoneId: string, seen: ObservedDevice) => Promise<void>;
  /** Whether the phone tells its calls to a monitor; null: it is not asked to. */
  readonly monitorFinding: (phoneId: string) => Finding | null;
  /** The fingerprint that the phone there showed last and must not have; null: none. */
  readonly refusedCertificate: (origin: string) => string | null;
}

/** What can be read from phones, in nobody's name. */
export interface ReadingService extends Omit<Application['readings'], 'settings'> {
  settings(
    phoneId: string,
    names: readonly string[] | undefined,
  ): Promise<Result<{ readonly settings: readonly Setting[]; readonly transport: Transport }>>;
}

/** Reads from phones, now. Readings take their turn on the phone's lane: it serves one request at a time. */
export function createReadingService({
  registry,
  links,
  timeoutMs,
  now,
  pathFindings,
  observe,
  monitorFinding,
  refusedCertificate,
}: ReadingServiceOptions): ReadingService {
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
    const waiting = ladderFor(phoneOf(phoneId), capability);
    if ('failure' in waiting) return refused(waiting.failure);
    const turn = await links.of(phoneId).lane.run({
      deadlineAt: now() + timeoutMs,
      run: async (signal): Promise<LadderResult<Value>> => {
        // As it is now: the phone may have changed while the reading waited.
        const phone = phoneOf(phoneId);
        const found = ladderFor(phone, capability);
        if ('failure' in found) return notClimbed(failed(found.failure));
        const refusal = links.refusal(phoneId);
        if (refusal !== null) return notClimbed(failed(refusal));
        const context = await links.context(phone, signal);
        const { ladder } = found;
        const result = await climbLadder({ capability, ladder, signal }, (rung) => attempt(rung, context));
        if (result.outcome.status === 'FAILED') {
          links.recordFailure(phoneId, result.outcome.failure, result.transport);
        }
        return result;
      },
    });
    if (!turn.ran) return refused(turn.failure);
    const { outcome, transport } = turn.value;
    if (outcome.status === 'FAILED') return refused(outcome.failure);
    if (outcome.status === 'UNKNOWN' || transport === null) {
      const reason = outcome.status === 'UNKNOWN' ? outcome.reason : 'no way led there.';
      return refused(phoneUnreachable(`The phone gave no usable answer: ${reason}`));
    }
    return { ok: true, value: { value: outcome.value, transport } };
  };

  return {
    async phoneInfo(phoneId) {
      const result = await read(phoneId, 'PHONE_INFO', (rung, context) => rung.phoneInfo(context));
      if (!result.ok) return result;
      const { value, transport } = result.value;
      await observe(phoneId, value);
      return { ok: true, value: { ...value, transport } };
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
      const known = [...pathFindings(phoneId), monitorFinding(phoneId) ?? []].flat();
      const own = [...gatewayFindings(phone, links.of(phoneId), now()), ...known];
      const { driver } = phone;
      if (driver === null || phone.phone.removedAt !== null) return own;
      const turn = await links.of(phoneId).lane.run<readonly Finding[]>({
        deadlineAt: now() + timeoutMs,
        run: async (signal) => {
          const refusal = links.refusal(phoneId);
          if (refusal !== null) return [findingOf(refusal)];
          const context = await links.context(phone, signal);
          const outcome = await outcomeOf(async () => accepted(await driver.diagnose(context)), signal);
          if (outcome.status === 'FAILED') return [findingOf(outcome.failure)];
          return 'value' in outcome ? outcome.value : [findingOf(phoneUnreachable(outcome.reason))];
        },
      });
      // Only now: what was just tried may have found another certificate.
      const { address } = phone.phone;
      const certificate = certificateFinding(
        phoneOf(phoneId).phone,
        address === null ? null : refusedCertificate(address),
      );
      return [...own, ...[certificate ?? []].flat(), ...(turn.ran ? turn.value : [findingOf(turn.failure)])];
    },
  };
}

function refused(failure: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure };
}

/** A failure, as a finding. */
export function findingOf({ code, message }: Failure): Finding {
  return { code, severity: 'PROBLEM', message, fix: 'See the message; then ask again.' };
}
