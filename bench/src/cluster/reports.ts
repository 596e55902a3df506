import { connect } from 'node:net';
import type { ClusterPhone } from '../servers/cluster-gateway.ts';

/** What became of a report. */
export type ReportResult =
  /** The gateway said 200: it has the event. */
  | 'KEPT'
  /** No gateway took the connection, or one answered otherwise: it does not have it. */
  | 'REFUSED'
  /** The connection broke before an answer: nobody knows. */
  | 'UNKNOWN';

const RESULTS: readonly ReportResult[] = ['KEPT', 'REFUSED', 'UNKNOWN'];

/** What became of each report, by its number: an octet for each. */
export class ReportResults {
  readonly #codes: Uint8Array;

  /** @param size numbers are below it */
  constructor(size: number) {
    this.#codes = new Uint8Array(size);
  }

  set(number: number, result: ReportResult): void {
    this.#codes[number] = 1 + RESULTS.indexOf(result);
  }

  /** The numbers of those of which that became. */
  numbers(result: ReportResult): readonly number[] {
    const wanted = 1 + RESULTS.indexOf(result);
    const found: number[] = [];
    for (const [number, code] of this.#codes.entries()) if (code === wanted) found.push(number);
    return found;
  }
}

/** A call's event, as its phone reports it. */
export interface Report {
  readonly setting: string;
  readonly callId: string;
  readonly remote: string;
  /** Travels as the caller's name. */
  readonly number: number;
}

/** Fills in an action URL as a phone does. */
export function targetOfReport({ urls }: ClusterPhone, { setting, callId, remote, number }: Report): string {
  const url = urls[setting];
  if (url === undefined) throw new Error(`the phone has no ${setting}`);
  const values: Readonly<Record<string, string>> = {
    call_id: callId,
    display_remote: String(number),
    remote: `sip:${remote}@pbx.example`,
    local: 'sip:101@pbx.example',
    model: 'T46U',
    firmware: '108.86.0.20',
  };
  return url.replaceAll(/\$(\w+)/g, (_whole, name: string) => values[name] ?? '');
}

/** A GET on a connection of its own. Where one gateway does not listen the next one is asked, as behind a load balancer. */
export async function report(ports: readonly number[], target: string): Promise<ReportResult> {
  for (const port of ports) {
    const result = await get(port, target);
    if (result !== 'NOT_THERE') return result;
  }
  return 'REFUSED';
}

function get(port: number, target: string): Promise<ReportResult | 'NOT_THERE'> {
  const { promise, resolve } = Promise.withResolvers<ReportResult | 'NOT_THERE'>();
  const socket = connect(port, '127.0.0.1');
  let text = '';
  let isSent = false;
  socket.setNoDelay(true);
  socket.once('connect', () => {
    isSent = true;
    socket.write(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
  });
  socket.on('data', (data: Buffer) => {
    text += data.toString('latin1');
    if (!text.includes('\r\n\r\n')) return;
    resolve(text.slice(9, 12) === '200' ? 'KEPT' : 'REFUSED');
    socket.destroy();
  });
  socket.on('error', () => {});
  socket.on('close', () => resolve(isSent ? 'UNKNOWN' : 'NOT_THERE'));
  return promise;
}
