import type { VendorDocuments } from '@hookswitch/driver-kit';
import { EVENTS, SETTINGS } from './events.table.ts';
import { COMMAND_KEYS, KEYS_AND_CALLS } from './keys.table.ts';
import { BY_MODEL, DEVICES, MODELS } from './models.table.ts';
import { REFUSALS } from './refusals.table.ts';
import { SETTINGS_AND_READINGS } from './settings.table.ts';

/** What Yealink's guides, templates and public code say, row by row; nothing here comes from the driver. */
export const DOCUMENTED: VendorDocuments = {
  models: MODELS,
  commands: [...BY_MODEL, ...KEYS_AND_CALLS, ...SETTINGS_AND_READINGS, ...REFUSALS],
  events: EVENTS,
  settings: SETTINGS,
  devices: DEVICES,
  commandKeys: COMMAND_KEYS,
};
