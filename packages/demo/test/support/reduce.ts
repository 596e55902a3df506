import type { Driver, ParsedReport } from '@hookswitch/core';
import { ownDevices, readCstaEvent } from '../../../driver-snom/src/wire/csta-events.ts';
import { CallFact } from '../../../gateway/src/calls/call-fact.ts';
import type { ReducedCall } from '../../../gateway/src/calls/reduce-calls.ts';
import { profileOf, reportOf, type Trace, type TraceEvent } from './traces.ts';

/** A report of a phone, and when it arrives: milliseconds since the trace began. */
export interface Arrival {
  readonly at: number;
  readonly event: TraceEvent;
}

/** What the phone's driver makes of what arrives, as the gateway asks it. */
export function reportsOf(
  driver: Driver,
  trace: Trace,
  arrivals: readonly Arrival[],
): readonly { readonly at: number; readonly report: ParsedReport }[] {
  const profile = profileOf(driver, trace.phone);
  const settings = driver.actionUrls.settingsFor(profile);
  return arrivals.flatMap(({ at, event }) => {
    if ('command' in event) return [];
    if ('uaCsta' in event)
      return (readCstaEvent(event.uaCsta, ownDevices(accountsOf(trace)))?.reports ?? []).map((report) => ({
        at,
        report,
      }));
    const setting = settings.find((each) => each.setting === event.setting);
    const report = setting === undefined ? null : driver.actionUrls.parse(reportOf(event, setting), profile);
    return report === null ? [] : [{ at, report }];
  });
}

/** The identities that a Snom phone of a trace is known to have. */
function accountsOf({ phone: { options = {} } }: Trace): readonly string[] {
  return (options['accounts'] ?? '').split(/[\s,]+/).filter((account) => account !== '');
}

/** The call events among what arrives, as the gateway's log has them. */
export function factsOf(driver: Driver, trace: Trace, arrivals: readonly Arrival[]): readonly CallFact[] {
  return reportsOf(driver, trace, arrivals).flatMap(({ at, report: { event } }, index) =>
    event.type === 'CALL' ? [new CallFact({ sequence: index + 1, receivedAt: at, event, inferred: false })] : [],
  );
}

/** What was reduced, in the words of a trace; without times, which arrivals decide. */
export function told(reduced: readonly ReducedCall[]): readonly object[] {
  return reduced.map(({ call, facts, consultationFor, conferencedWith }) => {
    const { startedAt, answeredAt, endedAt, ...rest } = call;
    return {
      ...rest,
      answered: answeredAt !== null,
      held: facts.some(({ event }) => event.callEventKind === 'HELD'),
      consultationFor: consultationFor?.call.remote.number,
      conferencedWith: conferencedWith?.map(({ call: { remote } }) => remote.number).sort(),
    };
  });
}
