import type { Client } from '@hookswitch/client';
import { fixOf } from '../fault.ts';
import { type Finding, well } from './finding.ts';

/** Clocks that differ more make tokens and keys expire at the wrong time, and events stand at the wrong one. */
const CLOCK_TOLERANCE_MS = 30_000;
const WEEK_MS = 7 * 24 * 3_600_000;
const PATIENCE_MS = 5_000;

/** What was found; `isUsable`: phones can be asked for. */
export interface GatewayExamined {
  readonly findings: readonly Finding[];
  readonly isUsable: boolean;
}

/** Looks at the gateway: reachability, store, clock, and the key that it is asked with. */
export async function examineGateway(client: Client, url: string): Promise<GatewayExamined> {
  const health = await examineHealth(url);
  if (health.some(({ code }) => code === 'GATEWAY_UNREACHABLE')) return { findings: health, isUsable: false };
  const viewer = await client.viewer();
  if (!viewer.ok) {
    const { code, message } = viewer.failure;
    const finding: Finding = { about: 'key', code, severity: 'PROBLEM', message, fix: fixOf(code) };
    return { findings: [...health, finding], isUsable: false };
  }
  const { name, scopes, expiresAt } = viewer.value;
  const key = well('key', 'KEY_TAKEN', `"${name}" is taken, with ${scopes.join(', ')}.`);
  return { findings: [...health, key, ...examineExpiry(expiresAt)], isUsable: true };
}

async function examineHealth(url: string): Promise<readonly Finding[]> {
  const origin = new URL(url).origin;
  const ask = (path: string): Promise<Response> =>
    fetch(`${origin}${path}`, { signal: AbortSignal.timeout(PATIENCE_MS) });
  try {
    const asked = Date.now();
    const live = await ask('/health/live');
    const told = Date.parse(live.headers.get('date') ?? '');
    const ready = await ask('/health/ready');
    return [
      well('gateway', 'GATEWAY_REACHED', `${origin} answers.`),
      examineStore(ready.status),
      ...examineClock(told, { from: asked, until: Date.now() }),
    ];
  } catch (error) {
    const reason = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    const message = `${origin} cannot be reached (${reason}).`;
    const code = 'GATEWAY_UNREACHABLE';
    return [{ about: 'gateway', code, severity: 'PROBLEM', message, fix: fixOf(code) }];
  }
}

function examineStore(status: number): Finding {
  if (status === 200) return well('store', 'STORE_READY', 'it can be written to.');
  return {
    about: 'store',
    code: 'STORE_NOT_READY',
    severity: 'PROBLEM',
    message: `the gateway is not ready (HTTP ${status}): its store cannot be written to, or it stops just now.`,
    fix: 'See its log, and that the disk of the data directory has room and may be written to.',
  };
}

/** The gateway's clock, which is told in whole seconds, against this machine's. */
function examineClock(
  told: number,
  { from, until }: { readonly from: number; readonly until: number },
): readonly Finding[] {
  if (Number.isNaN(told)) return [];
  const offMs = told > until ? told - until : Math.max(0, from - 1_000 - told);
  if (offMs <= CLOCK_TOLERANCE_MS)
    return [well('clock', 'CLOCK_FINE', "the gateway's and this machine's are the same.")];
  const message = `the gateway's is ${Math.round(offMs / 1000)} s from this machine's.`;
  return [
    { about: 'clock', code: 'CLOCK_OFF', severity: 'PROBLEM', message, fix: 'Have both take their time from NTP.' },
  ];
}

function examineExpiry(expiresAt: string | null): readonly Finding[] {
  if (expiresAt === null || Date.parse(expiresAt) - Date.now() > WEEK_MS) return [];
  const fix = 'Make another in time: `hookswitch keys create`.';
  return [{ about: 'key', code: 'KEY_EXPIRES', severity: 'NOTICE', message: `it ends at ${expiresAt}.`, fix }];
}
