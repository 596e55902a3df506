import { isDeepStrictEqual } from 'node:util';
import type { Driver } from '@hookswitch/core';
import { driver as snom } from '@hookswitch/driver-snom';
import { driver as yealink } from '@hookswitch/driver-yealink';
import { describe, expect, it } from 'vitest';
import { reduceCalls } from '../../gateway/src/calls/reduce-calls.ts';
import { delayed, orders, withDuplicates } from './support/arrivals.ts';
import { play } from './support/play.ts';
import { type Arrival, factsOf, told } from './support/reduce.ts';
import { type ExpectedCall, loadTraces, type Trace, tracedVendors } from './support/traces.ts';

/** Long enough after the last event for every rule to have had its time. */
const AFTER_MS = 13 * 3_600_000;
/** Events are under way for at most that long where only time tells what happened first. */
const DELAY_MS = 2_000;

/**
 * The set of what these phones report fits more than one story, so that only time tells which: the same steps of one call
 * again, calls of one party without identifiers, an identifier that is used again, which of two held calls waited first.
 */
const TOLD_BY_TIME: ReadonlySet<string> = new Set([
  'snom/no-ids-called-back',
  'snom/no-ids-placeholders-left',
  'snom/no-ids-same-caller-both-answered',
  'snom/no-ids-same-caller-minutes-apart',
  'snom/three-calls',
  'snom/transfer-blind-failed',
  'yealink/call-id-again-after-reboot',
  'yealink/muted-without-party',
  'yealink/no-id-called-back',
  'yealink/no-id-same-caller-again-first-end-lost',
  'yealink/no-id-same-caller-twice',
  'yealink/open-held',
  'yealink/two-calls-swapped',
]);

const drivers = new Map<string, Driver>([snom, yealink].map((driver) => [driver.vendor, driver]));

/** A rule ends them, not an event. */
function beforeRules({ needsRule, state, endInferred, endReason, ...rest }: ExpectedCall): ExpectedCall {
  if (needsRule !== undefined) return rest;
  const kept = { ...rest, state, endInferred, endReason };
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
}

function inOrder({ events }: Trace): readonly Arrival[] {
  return events.map((event) => ({ at: event.at, event }));
}

/** What is told of each call; in which order the calls began is told by time alone. */
function picture(driver: Driver, trace: Trace, arrivals: readonly Arrival[]): readonly string[] {
  return told(reduceCalls(factsOf(driver, trace, arrivals)))
    .map((call) => JSON.stringify(call))
    .sort();
}

describe.each(tracedVendors())('%s', (vendor) => {
  const driver = drivers.get(vendor);
  if (driver === undefined) throw new Error(`${vendor} has no driver`);

  describe.each([...loadTraces(vendor)])('%s', (name, trace) => {
    it('ends in the calls that are true of it', () => {
      const calls = play(driver, trace, { arrivals: inOrder(trace), afterMs: 0 });
      expect(calls).toMatchObject(trace.calls.map(beforeRules));
      expect(calls).toHaveLength(trace.calls.length);
    });

    it('leaves no call open that is over', () => {
      const later = play(driver, trace, { arrivals: inOrder(trace), afterMs: AFTER_MS });
      for (const [place, { state, endInferred, endReason }] of trace.calls.entries()) {
        if (state === 'ENDED') expect(later[place]).toMatchObject({ state });
        if (endInferred === true) expect(later[place]).toMatchObject({ endInferred, endReason });
      }
    });

    it('is the same in every order, with events that come twice, unless only time tells', () => {
      const expected = picture(driver, trace, inOrder(trace));
      const others = orders(trace.events)
        .flatMap((order) => [order, withDuplicates(order)])
        .filter((order) => !isDeepStrictEqual(picture(driver, trace, order), expected));
      if (TOLD_BY_TIME.has(`${vendor}/${name}`)) expect(others).not.toEqual([]);
      else expect(others).toEqual([]);
    });

    it('is the same however long each event is under way, with events that come twice', () => {
      const expected = picture(driver, trace, inOrder(trace));
      for (const arrivals of delayed(trace.events, DELAY_MS))
        expect(picture(driver, trace, arrivals)).toEqual(expected);
    });
  });
});
