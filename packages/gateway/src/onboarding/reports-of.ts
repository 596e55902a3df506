import type { EventLog } from '../store/ports.ts';
import type { SeenReport } from './seen-device.ts';
import { shapeOf } from './shape-of.ts';

/** How far back the log is read. */
const EVENTS = 1_000;

/** What a phone reported, one for each name of an event with all variables that came with it; of values the shape only. */
export async function reportsOf(events: Pick<EventLog, 'read'>, phoneId: string): Promise<readonly SeenReport[]> {
  const found = await events.read({ phoneIds: [phoneId] }, { limit: EVENTS, last: true });
  const reports = new Map<string, Map<string, string>>();
  for (const { vendorEvent, variables } of found) {
    // What the gateway found out by itself has no name of the vendor's.
    if (vendorEvent === null) continue;
    const known = reports.get(vendorEvent) ?? new Map<string, string>();
    for (const { name, value } of variables) known.set(name, shapeOf(value));
    reports.set(vendorEvent, known);
  }
  return [...reports].map(([vendorEvent, variables]) => ({
    vendorEvent,
    variables: [...variables].map(([name, value]) => ({ name, value })),
  }));
}
