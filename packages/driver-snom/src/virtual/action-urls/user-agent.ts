import { firmwareAtLeast } from '../firmware.ts';
import type { SnomModel } from '../models.ts';

/** Twelve hexadecimal digits in capitals, as Snom writes a MAC address. */
export const snomMac = (mac: string): string => mac.replace(/[^0-9a-f]/gi, '').toUpperCase();

/** `snomD785-SIP 10.1.33.33`: the value of `firmware_version`. */
export const firmwareVersion = (model: SnomModel, firmware: string): string => `snom${model.name}-SIP ${firmware}`;

/**
 * The `User-Agent` of a phone's own requests. Its form changed twice; the three forms are wazo-provd's examples, whose
 * boot loader and hardware parts are kept as they are.
 */
export const userAgent = (model: SnomModel, firmware: string, mac: string): string => {
  const version = firmwareVersion(model, firmware);
  if (!firmwareAtLeast(firmware, '8.7')) return `Mozilla/4.0 (compatible; ${version} 1.1.3-s)`;
  if (!firmwareAtLeast(firmware, '10'))
    return `Mozilla/4.0 (compatible; ${version} 1.1.5-IFX-05.01.12 ${snomMac(mac)})`;
  return `Mozilla/4.0 (compatible; ${version} 2010.12-00004-g9ba52f5 ${snomMac(mac)} SXM:0 UXM:0)`;
};
