import type { VendorDocuments } from '@hookswitch/driver-kit';
import { TELLINGS } from './csta-events.table.ts';
import { DEVICES, DIAGNOSES, MODELS } from './devices.table.ts';
import { EVENTS, SETTINGS } from './events.table.ts';
import { COMMAND_KEYS, KEYS } from './keys.table.ts';
import { LIGHTS } from './lights.table.ts';
import { READINGS } from './settings.table.ts';
import { REFUSALS, WAYS } from './ways.table.ts';

/** What Snom's pages, standards and client code say, row by row; nothing here comes from the driver. */
export const DOCUMENTED: VendorDocuments = {
  models: MODELS,
  commands: [...KEYS, ...LIGHTS, ...READINGS, ...REFUSALS],
  events: EVENTS,
  settings: SETTINGS,
  ways: WAYS,
  tellings: TELLINGS,
  devices: DEVICES,
  diagnoses: DIAGNOSES,
  commandKeys: COMMAND_KEYS,
};
