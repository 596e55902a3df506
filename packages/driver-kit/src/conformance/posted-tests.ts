import assert from 'node:assert/strict';
import type { ActionUrlSetting, ParsedReport, PhoneEvent } from '@hookswitch/core';
import { isSoundReport } from './action-url-tests.ts';
import type { PostedSample } from './harness.ts';
import type { ConformanceTest } from './runner.ts';
import type { Subject } from './subject.ts';

/** What no phone's manual shows, and what arrives all the same. */
const STRANGE_BODIES: Readonly<Record<string, string>> = {
  empty: '',
  'only spaces': ' \r\n\t ',
  'no document': 'no document',
  'a page': '<!doctype html><html><body>404</body></html>',
  'JSON of the wrong shape': '[null, {"Status": [], "data": null, "__proto__": {"polluted": true}}]',
  'a list of nothing': '[]',
  'names of the language': '<constructor><__proto__>1</__proto__><toString/></constructor>',
  'a DOCTYPE with entities': '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>',
  'control characters': '\u0000\u0001\u0002',
  'a lone surrogate': '<a>\uD83D</a>',
  'very deep': `${'<a>'.repeat(20_000)}${'</a>'.repeat(20_000)}`,
  'deep JSON': `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  'very long': 'x'.repeat(60_000),
};

/** The cases of documents that phones post, where the harness has some. */
export function postedTests<Options>(subject: Subject<Options>): readonly ConformanceTest[] {
  const { harness, profile } = subject;
  const settings = harness.driver.actionUrls.settingsFor(profile);
  return Object.entries(harness.posted ?? {}).flatMap(([name, samples]) => {
    const setting = settings.find((one) => one.setting === name);
    if (setting?.isPosted !== true) throw new TypeError(`The driver has no action URL ${name} that is posted to.`);
    return [
      ...samples.map((sample) => ({
        name: `action URL ${name}: ${sample.name} is ${sample.event}`,
        run: async () => meansIt(subject, setting, sample),
      })),
      {
        name: `action URL ${name} with its documents cut short, spoilt and strange`,
        run: async () => standsStrange(subject, setting, samples),
      },
    ];
  });
}

/** An event by its type, and of calls and devices by its kind: `CALL INCOMING`. */
export function nameOfEvent(event: PhoneEvent): string {
  if (event.type === 'CALL') return `CALL ${event.callEventKind}`;
  return event.type === 'DEVICE' ? `DEVICE ${event.deviceEventKind}` : event.type;
}

function parse<Options>(
  { harness, profile }: Subject<Options>,
  { path }: ActionUrlSetting,
  body: string,
): ParsedReport | null {
  return harness.driver.actionUrls.parse({ path, rawQuery: '', body }, profile);
}

function meansIt<Options>(
  subject: Subject<Options>,
  setting: ActionUrlSetting,
  { body, event, state, endReason }: PostedSample,
): void {
  const report = parse(subject, setting, body);
  isSoundReport(report);
  assert.equal(nameOfEvent(report.event), event);
  const told = report.event.type === 'CALL' ? report.event : null;
  if (state !== undefined) assert.equal(told?.callState ?? null, state, 'its state');
  if (endReason !== undefined) assert.equal(told?.call.endReason ?? null, endReason, 'why it ended');
  assert.ok(report.variables.length > 0, 'what the document says is kept');
  assert.deepEqual(parse(subject, setting, body), report, 'the same document means the same');
}

function standsStrange<Options>(
  subject: Subject<Options>,
  setting: ActionUrlSetting,
  samples: readonly PostedSample[],
): void {
  for (const [name, body] of Object.entries(STRANGE_BODIES)) {
    const report = parse(subject, setting, body);
    assert.ok(report !== null, `${name}: it is kept`);
    isSoundReport(report);
    assert.equal(report.event.type, 'OTHER', `${name}: it means nothing`);
  }
  for (const { body } of samples) {
    for (let end = 0; end < body.length; end += 7) {
      for (const spoilt of [body.slice(0, end), body.slice(end), `${body.slice(0, end)}&<\u0000${body.slice(end)}`])
        isSoundReport(parse(subject, setting, spoilt));
    }
  }
}
