import { CONTRACT_VERSION, defineDriver } from '@hookswitch/core';
import packageJson from '../package.json' with { type: 'json' };
import { actionUrls } from './action-urls.ts';
import { capabilitiesFor } from './capabilities.ts';
import { diagnose } from './diagnose.ts';
import { identify, probes } from './identify.ts';
import { MODELS } from './models.ts';
import { options, type PolyOptions } from './options.ts';
import { provisioning } from './provisioning.ts';

/** Poly and Polycom desk phones over the REST API of their web server, with their telephony notifications as events. */
export const driver = defineDriver<PolyOptions>({
  vendor: 'poly',
  name: 'Poly',
  version: packageJson.version,
  contractVersion: CONTRACT_VERSION,
  models: MODELS,
  options,
  probes,
  identify,
  capabilitiesFor,
  actionUrls,
  provisioning,
  diagnose,
  isCommandKey: () => false,
});
