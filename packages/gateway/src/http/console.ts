import { existsSync, readdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sirv from 'sirv';

/** Answers a request for a file of the console; `next` where there is no such file. */
export type ConsoleRoute = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/**
 * What the console's page may do. Its own scripts, styles and fonts only, pictures of phones' displays, and the API of
 * the host that it came from; GraphiQL stands in a frame. No text of a phone can become a script.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};

/** Files with their content's hash in their name never change. */
const HASHED = /[/\\]assets[/\\]/;

/**
 * Serves a folder that Vite built. Its files are listed once, so that no path leads out of it and none that was added
 * later is served. Once one of them is gone, because another build took its place, there is no page until the gateway has
 * started again: sirv would end the process over a file that it listed and cannot open.
 */
export function createConsoleRoute(folder: string): ConsoleRoute {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  const serve = sirv(folder, {
    etag: true,
    gzip: true,
    brotli: true,
    setHeaders(response, path) {
      response.setHeader('cache-control', HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
      for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    },
  });
  return (request, response, next) => (files.every(existsSync) ? serve(request, response, next) : next());
}

/** @returns the built console's folder; null where that package is not installed, which is an optional dependency. */
function installedConsole(): string | null {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('@hookswitch/console/package.json')), 'dist');
  } catch {
    return null;
  }
}

/** The route of the console that is installed beside the gateway; null where there is none. */
export function installedConsoleRoute(): ConsoleRoute | null {
  const folder = installedConsole();
  return folder === null || !existsSync(join(folder, 'index.html')) ? null : createConsoleRoute(folder);
}
