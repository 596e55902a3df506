import assert from 'node:assert/strict';
import { CAPABILITIES } from '@hookswitch/core';
import type { ConformanceTest } from './runner.ts';
import { Session } from './session.ts';
import type { Subject } from './subject.ts';
import { rungsOf, trialsOn } from './trial.ts';

/** The case that a driver which was used leaves nothing behind that keeps a process running. */
export function handleTests<Options>(subject: Subject<Options>): readonly ConformanceTest[] {
  return [{ name: 'all of it used in a dry run, nothing is left open', run: () => leavesNothing(subject) }];
}

async function leavesNothing<Options>(subject: Subject<Options>): Promise<void> {
  await using session = await Session.open(subject, 'TALKING');
  await session.phone.observe();
  const before = resources();
  const { harness, profile } = subject;
  const { driver } = harness;
  const ladders = driver.capabilitiesFor(profile);
  driver.identify({ mac: null, model: null, replies: [] });
  for (const { path } of driver.actionUrls.settingsFor(profile)) {
    driver.actionUrls.parse({ path, rawQuery: '' }, profile);
  }
  for (const capability of CAPABILITIES) {
    const rungs = rungsOf(ladders[capability]);
    for (const place of rungs.keys()) {
      for (const { trials } of trialsOn(capability, rungs, place)) {
        for (const trial of trials) await trial.run(session.rehearsal().scene);
      }
    }
  }
  const left = [...resources()].filter(([kind, count]) => count > (before.get(kind) ?? 0));
  assert.deepEqual(left, [], 'timers, sockets or threads that were not there before: a dry run needs none');
}

/** How many there are of each kind that keeps this process running. */
function resources(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}
