import { networkInterfaces } from 'node:os';
import type { Logger } from 'pino';

/**
 * An address under which others reach this machine. One that listens everywhere (`0.0.0.0`, `::`) says nothing to a
 * phone: then the machine's first IPv4 address outside loopback stands for it, where it has one.
 */
export function reachableUrl(listening: string): string {
  const url = URL.parse(listening);
  if (url === null || (url.hostname !== '0.0.0.0' && url.hostname !== '[::]')) return listening;
  const own = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal);
  return `${url.protocol}//${own?.address ?? '127.0.0.1'}:${url.port}`;
}

/** Says where phones are told to report, where that is not the address that the gateway listens on. */
export function warnOfOwnAddress(url: string, log: Logger): void {
  const seenByPhones = reachableUrl(url);
  if (seenByPhones === url) return;
  log.warn({ url: seenByPhones }, 'phones are told to report here; if they see another address: HOOKSWITCH_PUBLIC_URL');
}
