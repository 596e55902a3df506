import type { DriverModel } from '@hookswitch/core';

/** The models that the manual names. */
export const MODELS: readonly DriverModel[] = [
  { model: 'A1', functionKeys: 0 },
  { model: 'A2', functionKeys: 4 },
];
