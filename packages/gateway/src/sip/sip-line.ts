import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import {
  createSipUserAgent,
  type Endpoint,
  type RequestHandler,
  type SipLog,
  type SipStatistics,
  type SipUserAgent,
  type TlsTrust,
} from '@hookswitch/sip';
import type { SipConfig } from '../config/sip.ts';

/** The gateway's one SIP user agent, opened where it is first needed. */
export interface SipLine {
  /** Opens it where it is not open. @throws the error of the system where it cannot be opened; the next call tries again */
  agent(): Promise<SipUserAgent>;
  /** Which certificates that host may have. Known once the agent is open. */
  trustOf(host: string): TlsTrust;
  /** 4 where it has no IPv6 socket, 6 where it has no other, else 0. */
  readonly family: 0 | 4 | 6;
  /** Null while it is not open. */
  statistics(): SipStatistics | null;
  /** Where it listens, one a transport. Empty while it is not open. */
  readonly listening: readonly Endpoint[];
  /** What is under way is given up. It is not opened again. */
  close(): Promise<void>;
}

/** What the line is made of. */
export interface SipLineOptions {
  readonly config: SipConfig;
  /** Where relative paths of the configuration begin. */
  readonly folder: string;
  /** Which addresses and ports may be sent to, in dialogs too. */
  readonly allows: (address: string, port: number) => boolean;
  readonly onRequest: RequestHandler;
  readonly log: SipLog;
}

/** @returns the line, not open yet */
export function createSipLine({ config, folder, allows, onRequest, log }: SipLineOptions): SipLine {
  let opening: Promise<SipUserAgent> | null = null;
  let open: SipUserAgent | null = null;
  let ca: string | undefined;
  let closed = false;

  const start = async (): Promise<SipUserAgent> => {
    const { host, port, advertise, proxy, domain, tls } = config;
    ca = tls.ca === null ? undefined : await readFile(resolve(folder, tls.ca), 'utf8');
    open = await createSipUserAgent({
      host,
      port,
      advertise: advertise ?? undefined,
      proxy: proxy ?? undefined,
      tls: { ca },
      from: domain === null ? undefined : `sip:hookswitch@${domain}`,
      allows,
      onRequest,
      log,
    });
    return open;
  };

  const line: SipLine = {
    agent() {
      if (closed) return Promise.reject(new Error('the gateway stops'));
      opening ??= start().catch((error: unknown) => {
        opening = null;
        throw error;
      });
      return opening;
    },
    trustOf(host) {
      const pins = config.tls.pins[host];
      return pins === undefined ? { ca } : { ca, pins };
    },
    family: familyOf(config.host),
    statistics: () => open?.statistics() ?? null,
    get listening() {
      return open?.listening ?? [];
    },
    async close() {
      closed = true;
      const agent = await opening?.catch(() => null);
      open = null;
      await agent?.close();
    },
  };
  return line;
}

/** `::` takes IPv4 as well. */
function familyOf(host: string): 0 | 4 | 6 {
  const family = isIP(host);
  return host === '::' || family === 0 ? 0 : family === 6 ? 6 : 4;
}
