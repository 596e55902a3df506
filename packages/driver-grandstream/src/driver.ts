import { CONTRACT_VERSION, defineDriver } from '@hookswitch/core';
import packageJson from '../package.json' with { type: 'json' };
import { actionUrls } from './action-urls.ts';
import { capabilitiesFor } from './capabilities.ts';
import { diagnose } from './diagnose.ts';
import { identify, probes } from './identify.ts';
import { MODELS } from './models.ts';
import { type GrandstreamOptions, options } from './options.ts';
import { provisioning } from './provisioning.ts';

/** Grandstream desk phones over the CTI commands of their web server, with their action URLs as events. */
export const driver = defineDriver<GrandstreamOptions>({
  vendor: 'grandstream',
  name: 'Grandstream',
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
