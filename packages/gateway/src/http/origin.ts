import type { IncomingMessage } from 'node:http';

/**
 * Whether a browser's page may open a WebSocket here: pages of the same host and of the given origins may. Programs
 * send no `Origin`, and may.
 */
export function isOriginAllowed(request: IncomingMessage, allowedOrigins: readonly string[]): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined || allowedOrigins.includes(origin)) return true;
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}
