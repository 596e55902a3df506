import assert from 'node:assert/strict';
import {
  CAPABILITIES,
  type DeviceEvidence,
  EVIDENCE,
  type PhoneProfile,
  TRANSPORTS,
  TransportError,
} from '@hookswitch/core';
import { sendHttp } from './outgoing.ts';
import type { ConformanceTest } from './runner.ts';
import { keepsSecrets } from './secrets.ts';
import { Session } from './session.ts';
import type { Subject } from './subject.ts';
import { membersOf, rungsOf } from './trial.ts';

/** The cases of what the driver says of one phone, before any command. */
export function phoneTests<Options>(subject: Subject<Options>): readonly ConformanceTest[] {
  return [
    { name: 'what is claimed and what is lacking is as declared', run: async () => claimsAreAsDeclared(subject) },
    { name: 'each rung is whole, and has its evidence', run: async () => rungsAreWhole(subject) },
    { name: 'the same question gets the same answer, and the profile is left alone', run: async () => isPure(subject) },
    { name: 'a phone that nothing reaches can do nothing', run: async () => needsTransport(subject) },
    { name: 'the provisioning text has every action URL', run: async () => provisions(subject) },
    ...(subject.profile.reachableBy.http
      ? [{ name: 'the phone is recognised by its answers', run: () => isRecognised(subject) }]
      : []),
    { name: 'a diagnosis only reads, and its findings say what to do', run: () => diagnosisReads(subject) },
    { name: 'a diagnosis of a phone that is not there ends', run: () => diagnosisEnds(subject) },
    ...CAPABILITIES.filter((capability) => rungsOf(subject.ladders[capability]).length === 0).map((capability) => ({
      name: `${capability} is not claimed: it has no key in the map`,
      run: async () =>
        assert.ok(!Object.hasOwn(subject.ladders, capability), 'left out: the gateway refuses it by that'),
    })),
  ];
}

function claimsAreAsDeclared<Options>({ ladders, phone }: Subject<Options>): void {
  const strange = Object.keys(ladders).filter((key) => !CAPABILITIES.some((capability) => capability === key));
  assert.deepEqual(strange, [], 'capabilities that the contract does not know');
  const lacking = CAPABILITIES.filter((capability) => ladders[capability] === undefined);
  assert.deepEqual(
    lacking,
    CAPABILITIES.filter((capability) => phone.lacks.includes(capability)),
    'what is lacking: name under lacks of the phone what it cannot do, and nothing else',
  );
}

function rungsAreWhole<Options>({ ladders }: Subject<Options>): void {
  for (const capability of CAPABILITIES) {
    for (const rung of rungsOf(ladders[capability])) {
      assert.ok(TRANSPORTS.includes(rung.transport), `${capability}: the transport ${rung.transport}`);
      assert.ok(EVIDENCE.includes(rung.evidence), `${capability}: the evidence ${rung.evidence}`);
      const hasSource = (rung.source?.trim() ?? '') !== '';
      assert.ok(hasSource || rung.evidence === 'ASSUMED', `${capability}: ${rung.evidence}, but where is it from?`);
      for (const member of membersOf(capability)) {
        assert.equal(typeof Reflect.get(rung, member), 'function', `${capability}: ${member}`);
      }
    }
  }
}

/** What can be compared of ladders: all but the functions. */
function shapeOf<Options>({ harness }: Subject<Options>, profile: PhoneProfile<Options>): unknown {
  const ladders = harness.driver.capabilitiesFor(profile);
  return CAPABILITIES.map((capability) =>
    rungsOf(ladders[capability]).map(({ transport, evidence, source }) => [capability, transport, evidence, source]),
  );
}

function isPure<Options>(subject: Subject<Options>): void {
  const { profile } = subject;
  const before = structuredClone(profile);
  const frozen = Object.freeze({ ...profile, options: Object.freeze({ ...profile.options }) });
  assert.deepEqual(shapeOf(subject, frozen), shapeOf(subject, profile));
  assert.deepEqual(profile, before, 'the profile is only read');
}

function needsTransport<Options>({ harness, profile }: Subject<Options>): void {
  const ladders = harness.driver.capabilitiesFor({ ...profile, reachableBy: { http: false, sip: false } });
  assert.deepEqual(Object.keys(ladders), []);
}

function provisions<Options>({ harness, profile }: Subject<Options>): void {
  const { driver } = harness;
  const settings = driver.actionUrls.settingsFor(profile).filter(({ testOnly }) => testOnly !== true);
  const actionUrls = settings.map(({ setting, path }) => ({ setting, url: `http://192.0.2.9/a/token/${path}` }));
  const provisioning = driver.provisioning({ phone: profile, actionUrls, gatewayHost: '192.0.2.9' });
  if (provisioning === null) return;
  assert.match(provisioning.mediaType, /^\w+\/[\w.+-]+/);
  for (const { setting, url } of actionUrls) {
    assert.ok(provisioning.text.includes(setting) && provisioning.text.includes(url), `${setting} with ${url}`);
  }
}

async function isRecognised<Options>(subject: Subject<Options>): Promise<void> {
  await using session = await Session.open(subject, 'IDLE');
  const { harness, phone } = subject;
  const replies: DeviceEvidence['replies'][number][] = [];
  for (const probe of [...harness.driver.probes, { method: 'GET', target: '/', readOnly: true } as const]) {
    const answer = await probed(session, probe);
    if (answer !== null) replies.push({ target: probe.target, ...answer });
  }
  const found = harness.driver.identify({ mac: phone.mac, model: null, replies });
  assert.ok(found.score > 0 && found.score <= 100, `a score from 1 to 100, got ${found.score}`);
  assert.ok(found.reasons.length > 0, 'it says why');
  for (const fact of ['model', 'firmware', 'mac'] as const) {
    assert.equal(found[fact] ?? phone[fact], phone[fact], `what it says of ${fact}`);
  }
}

/** What the phone answers to somebody without credentials: at that time nobody has given any. */
async function probed<Options>(
  session: Session<Options>,
  probe: Subject<Options>['harness']['driver']['probes'][number],
): Promise<Omit<DeviceEvidence['replies'][number], 'target'> | null> {
  const reply = await sendHttp({
    origin: session.relay.origin,
    method: probe.method,
    target: probe.target,
    headers: { connection: 'keep-alive', ...probe.headers },
    body: probe.body,
  });
  if ('error' in reply) return null;
  return { status: reply.status, headers: reply.headers, text: new TextDecoder().decode(reply.bytes) };
}

async function diagnosisReads<Options>(subject: Subject<Options>): Promise<void> {
  await using session = await Session.open(subject, 'IDLE');
  const links = session.links();
  const { context } = session.scene(links);
  const findings = await subject.harness.driver.diagnose({ ...context, phone: subject.profile });
  assert.deepEqual(
    links.asked.filter(({ readOnly }) => !readOnly),
    [],
    'only requests that read',
  );
  keepsSecrets(session, links.asked, { status: 'ACCEPTED', value: findings });
  assert.ok(findings.length > 0, 'it found something out');
  for (const { code, severity, message, fix } of findings) {
    assert.match(code, /^[A-Z][A-Z0-9_]*$/);
    assert.notEqual(message.trim(), '', code);
    if (severity === 'PROBLEM') assert.ok(fix !== null && fix.trim() !== '', `what to do about ${code}`);
  }
  assert.deepEqual(
    findings.filter(({ severity }) => severity === 'PROBLEM'),
    [],
    'a phone that obeys has no problem',
  );
}

async function diagnosisEnds<Options>(subject: Subject<Options>): Promise<void> {
  await using session = await Session.open(subject, 'IDLE');
  const { context } = session.scene(session.links({ nobody: true }));
  try {
    const findings = await subject.harness.driver.diagnose({ ...context, phone: subject.profile });
    assert.ok(
      findings.every(({ severity }) => severity !== 'OK'),
      'nothing is known to be well',
    );
  } catch (error) {
    assert.ok(TransportError.is(error), `only the transport's own error may pass: ${error}`);
  }
}
