import { CONTRACT_VERSION, defineDriver } from '@hookswitch/core';
import packageJson from '../package.json' with { type: 'json' };
import { actionUrls } from './action-urls.ts';
import { capabilitiesFor } from './capabilities.ts';
import { diagnose } from './diagnose.ts';
import { identify, probes } from './identify.ts';
import { commandOfKey, ownKeys } from './keys.ts';
import { MODELS } from './models.ts';
import { options, type YealinkOptions } from './options.ts';
import { provisioning } from './provisioning.ts';
import { traitsOf } from './traits.ts';

/** Yealink desk phones, T2x to T8x: Action URI and XML over HTTP and by SIP NOTIFY, action URLs. */
export const driver = defineDriver<YealinkOptions>({
  vendor: 'yealink',
  name: 'Yealink',
  version: packageJson.version,
  contractVersion: CONTRACT_VERSION,
  models: MODELS.map(({ model, functionKeys }) => ({ model, functionKeys })),
  options,
  probes,
  identify,
  capabilitiesFor,
  actionUrls,
  keysOf: (phone) => ownKeys(traitsOf(phone)),
  provisioning,
  diagnose,
  isCommandKey: (name) => commandOfKey(name) !== null,
});
