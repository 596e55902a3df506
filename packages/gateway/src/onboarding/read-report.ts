import {
  type ActionUrlReport,
  type EventVariable,
  type ObservedDevice,
  type PhoneProfile,
  splitRawQuery,
} from '@hookswitch/core';
import type { DriverPort } from '../drivers/driver-port.ts';
import { parseMacAddress } from '../phones/mac-address.ts';
import { identifyBy } from './identify-by.ts';
import type { SeenReport } from './seen-device.ts';

/** What a device told by a request to an onboarding link. */
export interface ReadReport extends SeenReport {
  readonly device: ObservedDevice;
}

/** What is asked of a driver about a phone that there is not: with the defaults of its options. */
export async function profileOfNone(driver: DriverPort): Promise<PhoneProfile> {
  const checked = await driver.validate({});
  const options = checked.issues === undefined ? checked.value : {};
  return { model: null, firmware: null, mac: null, options, reachableBy: { http: true, sip: true } };
}

/**
 * Has every driver read the report. That of the driver which knows the device best counts; where none can read it, what its
 * variables look like.
 */
export async function readReport(
  drivers: readonly DriverPort[],
  report: ActionUrlReport,
  onError: (error: unknown) => void,
): Promise<ReadReport> {
  const read = await Promise.all(
    drivers.map(async (driver) => {
      try {
        const parsed = await driver.parse(report, await profileOfNone(driver));
        if (parsed === null) return null;
        const [said] = await identifyBy([driver], parsed.device, onError);
        return { parsed, score: said?.score ?? 0 };
      } catch (error) {
        onError(error);
        return null;
      }
    }),
  );
  const readable = read.filter((one) => one !== null).toSorted((a, b) => b.score - a.score);
  // What came first wins among equals: they are the drivers' order then.
  const [best] = readable;
  if (best !== undefined && (best.score > 0 || best.parsed.device.mac !== null)) {
    const { vendorEvent, variables, device } = best.parsed;
    return { vendorEvent, variables, device };
  }
  const variables = splitRawQuery(report.rawQuery);
  return { vendorEvent: best?.parsed.vendorEvent ?? report.path, variables, device: deviceIn(variables) };
}

/** What is usual as the name of such a variable. */
const USUAL: readonly (readonly [keyof ObservedDevice, RegExp])[] = [
  ['mac', /^(?:phone_?)?mac(?:_?addr(?:ess)?)?$/i],
  ['model', /^(?:phone_?)?(?:model|type|product)(?:_?name)?$/i],
  ['firmware', /^(?:phone_?)?(?:firmware|fw|software|sw)(?:_?ver(?:sion)?)?$/i],
];

function deviceIn(variables: readonly EventVariable[]): ObservedDevice {
  const told = (key: keyof ObservedDevice): string | null => {
    const usual = USUAL.find(([name]) => name === key)?.[1];
    const value = variables.find(({ name }) => usual?.test(name) === true)?.value.trim() ?? '';
    return value === '' ? null : value;
  };
  const mac = told('mac');
  return { mac: mac === null ? null : parseMacAddress(mac), model: told('model'), firmware: told('firmware') };
}
