import type { ParsedReport } from '@hookswitch/core';
import { uaCstaReports } from '@hookswitch/driver-snom/uacsta-reports';
import { table } from '../markdown.ts';
import { DRIVERS, type ExamplePhone, profileOf, vendorLabel } from './drivers.ts';

/** An event in the contract's words, and what each vendor calls it. */
interface EventRow {
  readonly type: string;
  readonly kind: string;
  readonly tells: string;
  /** By vendor. */
  readonly names: Map<string, Set<string>>;
}

/** Options that only offer further events; read beside the defaults. */
const FURTHER: Readonly<Record<string, Readonly<Record<string, string>>>> = { snom: { blacklistScreening: 'true' } };

/** How the driver marks what came in no action URL. */
const UACSTA = 'uacsta:';

const TYPES = ['CALL', 'FEATURE', 'REGISTRATION', 'USER', 'DEVICE', 'OTHER'];

/** The page of all events of phones, by what every model of every driver reports. */
export function eventsPage(): string {
  const rows = eventRows();
  const names = DRIVERS.map(({ vendor }) => vendorLabel(vendor));
  const sections = TYPES.flatMap((type) => {
    const ofType = rows.filter((row) => row.type === type);
    return ofType.length === 0
      ? []
      : [`## ${HEADINGS[type] ?? type}`, '', ...table(['event', 'tells', ...names], ofType.map(cells))];
  });
  return [
    '# Events and their vendors’ names',
    '',
    `What phones report, in one vocabulary, and the setting of the phone that holds the URL for it: ${DRIVERS.map(({ vendor }) => `${count(rows, vendor)} of ${vendorLabel(vendor)}`).join(', ')}.`,
    'The setting is `vendorEvent` of the event. Which of them a phone has is by its model and firmware: `Phone.actionUrls`.',
    'A setting that is missing here for a vendor means that its phones do not tell that.',
    'Poly phones post all of their events to one URL: [what each means](../packages/driver-poly/README.md#events). Those of Grandstream phones: [their table](../packages/driver-grandstream/README.md#events).',
    '',
    `Names that begin with \`${UACSTA}\` are events that a Snom tells over SIP where its option \`uacstaEvents\` is set (${uaCstaNames(rows)}); the name is`,
    '`vendorEvent` likewise. Where one name stands at several events, the cause and whose doing it is tell which. Any other is `OTHER`. The',
    'list is that of ECMA-323, since Snom’s own was not to be had: all of it is `ASSUMED`.',
    '',
    ...sections,
  ].join('\n');
}

const HEADINGS: Readonly<Record<string, string>> = {
  CALL: 'Calls: `CallEvent`',
  FEATURE: 'Switches: `FeatureEvent`',
  REGISTRATION: 'Registration: `RegistrationEvent`',
  USER: 'Somebody at the phone: `UserEvent`',
  DEVICE: 'The device: `DeviceEvent`',
  OTHER: 'Other: `OtherEvent`',
};

function cells({ kind, tells, names }: EventRow): readonly string[] {
  const ofVendor = ({ vendor }: { readonly vendor: string }): string =>
    [...(names.get(vendor) ?? [])].map((name) => `\`${name}\``).join(' ') || '–';
  return [`\`${kind}\``, tells, ...DRIVERS.map(ofVendor)];
}

function count(rows: readonly EventRow[], vendor: string): number {
  const all = rows.flatMap(({ names }) => [...(names.get(vendor) ?? [])]);
  return new Set(all.filter((name) => !name.startsWith(UACSTA))).size;
}

function uaCstaNames(rows: readonly EventRow[]): string {
  const all = rows.flatMap(({ names }) => [...names.values()].flatMap((set) => [...set]));
  return `${new Set(all.filter((name) => name.startsWith(UACSTA))).size} of them`;
}

/** What every model's settings mean, read as the gateway reads them: by the driver's own parser. */
export function eventRows(): readonly EventRow[] {
  const rows = new Map<string, EventRow>();
  for (const driver of DRIVERS) {
    const phones: readonly ExamplePhone[] = [null, ...driver.models.map(({ model }) => model)].map((model) => ({
      vendor: driver.vendor,
      model,
      firmware: null,
      options: FURTHER[driver.vendor] ?? {},
    }));
    for (const profile of phones.map(profileOf)) {
      for (const { path } of driver.actionUrls.settingsFor(profile)) {
        const report = driver.actionUrls.parse({ path, rawQuery: '' }, profile);
        if (report === null) throw new Error(`${driver.vendor} does not understand its own action URL ${path}.`);
        add(rows, driver.vendor, report);
      }
    }
  }
  for (const report of uaCstaReports()) add(rows, 'snom', report);
  return [...rows.values()];
}

function add(rows: Map<string, EventRow>, vendor: string, { event, vendorEvent }: ParsedReport): void {
  const told = wordsOf(event);
  const key = `${event.type} ${told.kind}`;
  const row = rows.get(key) ?? { type: event.type, ...told, names: new Map<string, Set<string>>() };
  rows.set(key, row);
  row.names.set(vendor, (row.names.get(vendor) ?? new Set()).add(vendorEvent));
}

function wordsOf(event: ParsedReport['event']): Pick<EventRow, 'kind' | 'tells'> {
  switch (event.type) {
    case 'CALL': {
      const tells = [event.call.direction, event.callState].flatMap((word) => (word === null ? [] : [`\`${word}\``]));
      return { kind: event.callEventKind, tells: tells.join(' ') };
    }
    case 'FEATURE':
      return { kind: `${event.feature} ${event.enabled ? 'on' : 'off'}`, tells: '' };
    case 'REGISTRATION':
      return { kind: event.registrationState, tells: '' };
    case 'USER':
      return { kind: event.key === null ? event.userEventKind : `${event.userEventKind} ${event.key}`, tells: '' };
    case 'DEVICE':
      return { kind: event.deviceEventKind, tells: '' };
    case 'OTHER':
      return { kind: 'OTHER', tells: '' };
  }
}
