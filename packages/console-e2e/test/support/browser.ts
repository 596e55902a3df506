import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where Debian and others put Chromium, or what `CHROMIUM` names. */
const PLACES = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The browser's program; null where there is none. */
export const chromiumPath: string | null = PLACES.find((place) => place !== '' && existsSync(place)) ?? null;

/** Without these it asks hosts of its maker at every start. */
const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a browser of its own, without a window. */
export function launchBrowser(): Promise<Browser> {
  if (chromiumPath === null)
    throw new Error('There is no Chromium: install the package chromium, or name it in CHROMIUM.');
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: chromiumPath, args: [...QUIET, ...asRoot] });
}
