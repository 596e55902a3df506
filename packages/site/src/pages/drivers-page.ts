import type { Driver } from '@hookswitch/core';
import { cell, table } from '../markdown.ts';
import { DRIVERS, FURTHER_DRIVERS, profileOf, vendorLabel } from './drivers.ts';

/** The page of drivers: their models, and the options that a phone of theirs may have. */
export function driversPage(): string {
  return [
    '# Drivers',
    '',
    `A driver is a package. ${DRIVERS.map(labelOf).join(' and ')} come with the gateway, ${FURTHER_DRIVERS.map(labelOf).join(' and ')} is installed besides.`,
    'What each model can do, tried: [the support matrix](support-matrix.md).',
    'A phone of a model that is not in the table is taken too: its capabilities are those of its kind, marked `ASSUMED`.',
    'A driver of your own: [how to add one](../CONTRIBUTING.md).',
    '',
    ...[...DRIVERS, ...FURTHER_DRIVERS].flatMap(section),
  ].join('\n');
}

const labelOf = ({ vendor }: Driver): string => vendorLabel(vendor);

function section(driver: Driver): readonly string[] {
  const { name, vendor, models, contractVersion, options } = driver;
  const label = vendorLabel(vendor);
  return [
    `## ${label}`,
    '',
    `${name}. \`vendor\`: \`${vendor}\`. Written for version ${contractVersion} of the driver contract.`,
    '',
    ...table(
      ['model', 'keys', 'capabilities', 'over'],
      models.map((model) => modelRow(driver, model)),
    ),
    `### Options of ${label} phones`,
    '',
    'Given as `options` of `addPhone` and `updatePhone`, or in the configuration file.',
    '',
    ...table(
      ['option', ''],
      Object.entries(options.descriptions).map(([option, text]) => [`\`${option}\``, cell(String(text))]),
    ),
  ];
}

/** Counted for a phone of that model whose firmware is not known, reached by HTTP and SIP. */
function modelRow(
  driver: Driver,
  { model, functionKeys }: { readonly model: string; readonly functionKeys: number | null },
): readonly string[] {
  const ladders = driver.capabilitiesFor(profileOf({ vendor: driver.vendor, model, firmware: null }));
  const rungs = Object.values(ladders)
    .map((ladder) => ladder ?? [])
    .filter((ladder) => ladder.length > 0);
  const transports = [...new Set(rungs.flatMap((ladder) => ladder.map(({ transport }) => transport)))].sort();
  return [model, functionKeys === null ? '–' : String(functionKeys), String(rungs.length), transports.join(' ')];
}
