import { CONTRACT_VERSION, defineDriver, type Finding } from '@hookswitch/core';
import { genericActionUrls } from './generic-action-urls.ts';
import { GENERIC_VENDOR } from './generic-vendor.ts';

const NO_COMMANDS: Finding = {
  code: 'GENERIC_DRIVER',
  severity: 'NOTICE',
  message: 'This phone has the generic driver: what it reports is an event, and it takes no commands.',
  fix: 'Install a driver for its vendor and add the phone again; `draftDefinition` is a start for writing one.',
};

/**
 * For phones of which no driver knows anything: their requests are events, set up by hand, and nothing is ever sent to
 * them. It claims no device by itself. It is part of the gateway since it knows no vendor.
 */
export const genericDriver = defineDriver<unknown>({
  vendor: GENERIC_VENDOR,
  name: 'Generic phones (events only)',
  version: CONTRACT_VERSION,
  contractVersion: CONTRACT_VERSION,
  models: [],
  options: {
    schema: { '~standard': { version: 1, vendor: 'hookswitch', validate: () => ({ value: {} }) } },
    descriptions: {},
  },
  probes: [],
  identify: ({ mac, model }) => ({ score: 0, reasons: [], model, firmware: null, mac }),
  capabilitiesFor: () => ({}),
  actionUrls: genericActionUrls,
  provisioning: () => null,
  diagnose: async () => [NO_COMMANDS],
  isCommandKey: () => false,
});
