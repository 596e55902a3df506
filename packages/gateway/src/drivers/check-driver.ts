import { CAPABILITIES, CONTRACT_VERSION, type Driver } from '@hookswitch/core';
import { compatibleDriver } from './compatible-driver.ts';
import { judgeContract } from './judge-contract.ts';
import { modelProfile } from './model-profile.ts';

/** What a driver's module exports, checked as far as that can be done without a phone, as one of today's contract. @throws Error in words for people */
export function checkDriver(module: unknown): Driver {
  const given = typeof module === 'object' && module !== null && 'driver' in module ? module.driver : null;
  if (!isDriver(given)) {
    throw new Error('it exports no `driver` made by defineDriver of @hookswitch/core');
  }
  const { contractVersion } = given;
  const { fits, builtFor } = judgeContract(contractVersion);
  if (!fits || builtFor === null) {
    throw new Error(
      `it is written for version ${contractVersion} of the driver contract, and this gateway has ${CONTRACT_VERSION}. Use a version of the driver that fits.`,
    );
  }
  const driver = compatibleDriver(given, builtFor);
  const strange = Object.keys(driver.capabilitiesFor(modelProfile(driver, null))).filter(
    (key) => !CAPABILITIES.some((one) => one === key),
  );
  if (strange.length > 0)
    throw new Error(`it claims capabilities that the contract does not know: ${strange.join(', ')}`);
  return driver;
}

function isDriver(value: unknown): value is Driver {
  return (
    typeof value === 'object' &&
    value !== null &&
    'vendor' in value &&
    typeof value.vendor === 'string' &&
    'contractVersion' in value &&
    typeof value.contractVersion === 'string' &&
    'capabilitiesFor' in value &&
    typeof value.capabilitiesFor === 'function' &&
    'actionUrls' in value &&
    'options' in value
  );
}
