import { CONTRACT_VERSION, defineDriver } from '@hookswitch/core';
import packageJson from '../package.json' with { type: 'json' };
import { actionUrls } from './action-urls.ts';
import { capabilitiesFor } from './capabilities.ts';
import { diagnose } from './diagnose.ts';
import { identify, probes } from './identify.ts';
import { MODELS } from './models.ts';
import { type AcmeOptions, options } from './options.ts';
import { provisioning } from './provisioning.ts';

/** Acme desk phones over HTTP. */
export const driver = defineDriver<AcmeOptions>({
  vendor: 'acme',
  name: 'Acme',
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
  // No key of the phone does what a command of its own is for.
  isCommandKey: () => false,
});
