import type { ObservedDevice } from '@hookswitch/core';
import { modelName } from '../models.ts';
import { titleOf } from './page-reply.ts';

/**
 * What a page of the web interface tells about the phone: `Mac:000413…`, `Hardware: D785` (client code for D3xx and
 * D7xx), `snomD785-SIP 10.1.33.33`, titles such as `snom 320`, `snom D715`, `snomD305-8325FE`.
 */
export function deviceIn(html: string): ObservedDevice {
  const text = html.replace(/<[^>]*>/g, ' ').replace(/&nbsp;/gi, ' ');
  const [, running, firmware] = /\bsnom\s?(D?\d{3})-SIP[\s-]+(\d+(?:\.\d+)+)/i.exec(text) ?? [];
  const hardware = /\bHardware:?\s*(?:snom\s?)?(D?\d{3})\b/i.exec(text)?.[1];
  const titled = /^snom\s?(D?\d{3})\b/i.exec(titleOf(html))?.[1];
  const mac = /\bMac(?:[ -]?Address)?:?\s*([0-9a-f]{2}(?:[:-]?[0-9a-f]{2}){5})\b/i.exec(text)?.[1];
  const model = hardware ?? running ?? titled;
  return {
    mac: formatMac(mac ?? ''),
    model: model === undefined ? null : modelName(model),
    firmware: firmware ?? null,
  };
}

/** `000413aabbcc` → `00:04:13:aa:bb:cc`; null where it is no MAC address. */
export function formatMac(text: string): string | null {
  const digits = text.replace(/[^0-9a-f]/gi, '').toLowerCase();
  return digits.length === 12 ? digits.replace(/..(?!$)/g, '$&:') : null;
}
