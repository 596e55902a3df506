import type { ObservedDevice } from '@hookswitch/core';
import type { DriverPort } from '../drivers/driver-port.ts';
import type { DeviceCandidate } from '../phones/device-candidate.ts';

/** Whose a device may be by what it told of itself, the likeliest first: it is asked nothing. */
export async function identifyBy(
  drivers: readonly DriverPort[],
  { mac, model, firmware }: ObservedDevice,
  onError: (error: unknown) => void,
): Promise<readonly DeviceCandidate[]> {
  const asked = await Promise.all(
    drivers.map(async (driver) => {
      try {
        const said = await driver.identify({ mac, model, replies: [] });
        return { ...said, firmware: said.firmware ?? firmware, mac: said.mac ?? mac, vendor: driver.vendor };
      } catch (error) {
        onError(error);
        return null;
      }
    }),
  );
  // The sort is stable: those with the same score stay in the order of the configuration.
  return asked
    .filter((one) => one !== null)
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score);
}
