import type { Driver } from '@hookswitch/core';
import { cell, table } from '../markdown.ts';
import { DRIVERS, FURTHER_DRIVERS, profileOf, vendorLabel } from './drivers.ts';

/** The page of drivers: their models, and the options that a phone of theirs may have. */
export function driversPage(): string {
  return [
    '# Drivers',
    '',
    `A driver is a package. ${DRIVERS.map(labelOf).join(' and ')} come with the gateway, ${FURTHER_DRIVERS.map(labelOf).join(' and ')} are installed besides.`,
    'What each model can do, tried: [the support matrix](support-matrix.md).',
    'A phone of a model that is not in the table is taken too: its capabilities are those of its kind, marked `ASSUMED`.',
    'A driver of your own: [how to add one](../CONTRIBUTING.md).',
    '',
    '## Any other phone',
    '',
    'A phone of which no driver knows anything is added with the vendor `generic`, which is part of the gateway: what it requests at the',
    'addresses in `Phone.actionUrls` is an event, and every command is refused with `CAPABILITY_UNSUPPORTED`, nothing sent. The word in the path says',
    'what happened (`incoming`, `outgoing`, `connected`, `ended`, `held`, `dnd-on`, …; any other word is an event of type `OTHER`). Replace `{call}`,',
    "`{remote}` and the others by the phone's own placeholders, and leave out what it does not know. `Query.draftDefinition` makes the",
    '`action-urls.table.ts` of [a driver](writing-a-driver.md) of what such a phone, or a device that is none yet, has sent: names of events and variables,',
    'and of values the shape.',
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
