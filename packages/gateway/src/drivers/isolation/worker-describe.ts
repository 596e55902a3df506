import type { Driver, Ladders, PhoneProfile, StandardResult } from '@hookswitch/core';
import { modelProfile } from '../model-profile.ts';
import type { DescribedLadders } from './result-schemas.ts';

// A driver in words that can leave its thread: what is a function there is named here.

/** All that is known of it from the start. */
export function describeDriver(driver: Driver): object {
  const { vendor, name, version, contractVersion, models, options, probes, actionUrls } = driver;
  return {
    vendor,
    name: name ?? vendor,
    version: version ?? 'unknown',
    contractVersion,
    models: models ?? [],
    descriptions: options.descriptions ?? {},
    credentials: options.credentials ?? {},
    probes: probes ?? [],
    maxUrlLength: actionUrls.maxUrlLength ?? null,
    modelLadders: (models ?? []).map(({ model }) =>
      describeLadders(driver.capabilitiesFor(modelProfile(driver, model))),
    ),
  };
}

/** All that it says of one phone. */
export function describeAbilities(driver: Driver, profile: PhoneProfile): object {
  const monitor = driver.monitor?.(profile) ?? null;
  return {
    ladders: describeLadders(driver.capabilitiesFor(profile)),
    actionUrlSettings: driver.actionUrls.settingsFor(profile),
    monitor:
      monitor === null ? null : { transport: monitor.transport, evidence: monitor.evidence, source: monitor.source },
    keys: driver.keysOf?.(profile) ?? null,
  };
}

/** What a schema gave, paths as texts. */
export function describeResult(result: StandardResult<unknown>): object {
  if (result.issues === undefined) {
    if (!('value' in result)) throw new TypeError('its schema gave neither a value nor issues');
    return { value: result.value };
  }
  return {
    issues: result.issues.map(({ message, path = [] }) => ({
      message,
      path: path.map((part) => String(typeof part === 'object' ? part.key : part)),
    })),
  };
}

function describeLadders(ladders: Ladders): DescribedLadders {
  if ('then' in ladders) throw new TypeError('it must say at once what a phone can do');
  return Object.fromEntries(
    Object.entries(ladders).map(([capability, ladder]) => [
      capability,
      ladder.map((rung) => ({
        transport: rung.transport,
        evidence: rung.evidence,
        source: rung.source,
        methods: Object.keys(rung).filter((name) => typeof Reflect.get(rung, name) === 'function'),
        together: 'together' in rung && rung.together !== undefined,
      })),
    ]),
  );
}
