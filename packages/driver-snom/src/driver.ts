import { CONTRACT_VERSION, defineDriver } from '@hookswitch/core';
import packageJson from '../package.json' with { type: 'json' };
import { actionUrls } from './action-urls.ts';
import { monitor } from './capabilities/monitor.ts';
import { capabilitiesFor } from './capabilities.ts';
import { diagnose } from './diagnose.ts';
import { identify, probes } from './identify.ts';
import { isCommandKey, ownKeys } from './keys.ts';
import { DRIVER_MODELS } from './models.ts';
import { options } from './options.ts';
import { snomPhone } from './phone.ts';
import { provisioning } from './provisioning.ts';

/** Snom's desk phones: 1xx, 2xx, 3xx, 7xx, 8xx, D1xx, D3xx, D7xx over HTTP and SIP; D8xx by SIP and action URLs. */
export const driver = defineDriver({
  vendor: 'snom',
  name: 'Snom desk phones',
  version: packageJson.version,
  contractVersion: CONTRACT_VERSION,
  models: DRIVER_MODELS,
  options,
  probes,
  identify,
  capabilitiesFor,
  actionUrls,
  keysOf: (phone) => ownKeys(snomPhone(phone)),
  monitor,
  provisioning,
  diagnose,
  isCommandKey,
});
