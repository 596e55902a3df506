import type { Driver, Party } from '@hookswitch/core';
import { driver as snom } from '@hookswitch/driver-snom';
import { driver as yealink } from '@hookswitch/driver-yealink';
import { describe, expect, it } from 'vitest';
import { reportsOf } from './support/reduce.ts';
import {
  type ExpectedCall,
  loadTraces,
  profileOf,
  reportOf,
  type SettingEvent,
  type Trace,
  type TraceEvent,
  tracedVendors,
  variablesOf,
} from './support/traces.ts';

function isBySetting(event: TraceEvent): event is SettingEvent {
  return 'setting' in event;
}

/** What the phone's driver makes of each event, as the gateway asks it. */
function readEvents(driver: Driver, trace: Trace) {
  const profile = profileOf(driver, trace.phone);
  const settings = driver.actionUrls.settingsFor(profile);
  return trace.events.filter(isBySetting).map((event) => {
    const setting = settings.find((each) => each.setting === event.setting);
    if (setting === undefined) throw new Error(`this phone has no ${event.setting}`);
    return { event, asked: variablesOf(setting), parsed: driver.actionUrls.parse(reportOf(event, setting), profile) };
  });
}

/** The parties of whom the events tell anything. */
function partiesOf(events: ReturnType<typeof readEvents>): readonly Party[] {
  return events.flatMap(({ parsed }) =>
    parsed?.event.type === 'CALL' ? [parsed.event.call.remote, parsed.event.call.local] : [],
  );
}

/** What in an expected call contradicts itself, in words. */
function contradictions(call: ExpectedCall, place: number, count: number): readonly string[] {
  const ended = call.state === 'ENDED';
  return [
    (call.endInferred === true) === (call.needsRule === undefined) && 'a call that no event ends is inferred by a rule',
    call.endInferred === true && (!ended || call.endReason !== null) && 'an inferred end has no reason',
    call.endReason != null && !ended && 'a call that goes on has no reason of its end',
    call.answered === false && call.endReason === 'COMPLETED' && 'a completed call was answered',
    call.answered === true && call.endReason === 'MISSED' && 'a missed call was not answered',
    call.state === 'HELD' && call.held === false && 'a call on hold was held',
    call.consultationFor !== undefined &&
      (call.consultationFor === place || call.consultationFor >= count) &&
      'a consultation is for another of the calls',
  ].filter((each) => each !== false);
}

/** What may become of a call, each with the traces of it: Snom's and Yealink's. */
const KINDS: Readonly<Record<string, readonly [snom: string, yealink: string]>> = {
  waits: ['open-second-call', 'waiting-call-missed'],
  'is held while another rings': ['open-held-while-another-rings', 'open-held-while-another-rings'],
  'is transferred blind': ['transfer-blind', 'blind-transfer'],
  'is transferred after a consultation': ['transfer-attended', 'attended-transfer'],
  'is transferred by the other side': ['transfer-received', 'transferred-by-the-other-side'],
  'is joined by the gateway': ['conference-by-command', 'conference-by-command'],
  'is joined by hand': ['conference', 'conference'],
  'is picked up': ['pickup', 'pickup-by-code'],
  'is forwarded': ['forward-always', 'incoming-forwarded-without-ringing'],
  'is rejected': ['incoming-rejected', 'incoming-rejected'],
  'is cancelled here': ['outgoing-canceled', 'outgoing-canceled'],
  'is cancelled by the caller': ['incoming-canceled-with-reason', 'incoming-canceled-by-caller'],
  'finds the other side busy': ['outgoing-busy', 'outgoing-remote-busy'],
  'is missed': ['incoming-missed', 'incoming-missed'],
  'is answered as second call': ['call-waiting-answered', 'waiting-call-answered'],
};

const drivers = new Map<string, Driver>([snom, yealink].map((driver) => [driver.vendor, driver]));

it('has traces of vendors that have a driver only', () => {
  expect(tracedVendors()).not.toEqual([]);
  expect([...drivers.keys()]).toEqual(expect.arrayContaining([...tracedVendors()]));
});

it.each(Object.entries(KINDS))('has traces of both vendors of a call that %s', (_kind, [ofSnom, ofYealink]) => {
  expect([...loadTraces('snom').keys()]).toContain(ofSnom);
  expect([...loadTraces('yealink').keys()]).toContain(ofYealink);
});

describe.each(tracedVendors())('%s', (vendor) => {
  const driver = drivers.get(vendor);
  if (driver === undefined) throw new Error(`${vendor} has no driver`);
  const traces = loadTraces(vendor);

  it('has at least 25 situations, each with a name and a title of its own', () => {
    expect(traces.size).toBeGreaterThanOrEqual(25);
    expect(new Set([...traces.values()].map(({ title }) => title)).size).toBe(traces.size);
    expect([...traces.keys()].filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))).toEqual([]);
  });

  describe.each([...traces])('%s', (_name, trace) => {
    it('tells what happens in its order, and expects what does not contradict itself', () => {
      const times = trace.events.map(({ at }) => at);
      expect(times).toEqual(times.toSorted((one, other) => one - other));
      expect(trace.calls.flatMap((call, place) => contradictions(call, place, trace.calls.length))).toEqual([]);
    });

    it('fills in only what the URLs ask for', () => {
      const strange = readEvents(driver, trace).flatMap(({ event, asked }) =>
        'raw' in event ? [] : Object.keys(event.variables).filter((name) => !asked.includes(name)),
      );
      expect(strange).toEqual([]);
    });

    it('is understood by the driver, event by event', () => {
      for (const { event, parsed } of readEvents(driver, trace)) {
        expect(parsed?.vendorEvent).toBe(event.setting);
        expect(parsed?.event.type).not.toBe('OTHER');
      }
    });

    it('has what a monitor hears understood too', () => {
      const others = trace.events.filter((event) => 'uaCsta' in event).map((event) => ({ at: event.at, event }));
      for (const event of others) {
        const reports = reportsOf(driver, trace, [event]);
        expect(reports).not.toEqual([]);
        expect(reports.filter(({ report }) => report.event.type === 'OTHER')).toEqual([]);
      }
    });

    it("has each call's remote party in an event", () => {
      const told = partiesOf(readEvents(driver, trace));
      for (const { remote } of trace.calls) {
        if (remote !== undefined) expect(told).toContainEqual(expect.objectContaining(remote));
      }
    });
  });
});
