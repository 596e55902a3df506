import {
  type CommandName,
  type Commands,
  capabilityOf,
  type FeatureReading,
  type HttpReply,
  type KnownCall,
  type Outcome,
  type ToggledSwitch,
  type Transport,
} from '@hookswitch/core';
import { capabilitiesFor } from '../src/capabilities.ts';
import {
  type Answer,
  type FakeContext,
  type FakePhone,
  fakeContext,
  profileOf,
  type SipScene,
} from './fake-context.ts';

/** What a test says about one command. */
export interface Scene {
  readonly phone?: FakePhone;
  readonly calls?: readonly KnownCall[];
  readonly features?: readonly FeatureReading[];
  readonly unknownState?: 'refuse' | 'press';
  readonly doubtful?: ReadonlySet<ToggledSwitch>;
  readonly answer?: Answer;
  readonly sip?: SipScene;
  /** Only this way; left out: all, best first, as the gateway does. */
  readonly on?: Transport;
}

/** What became of it. */
export interface Ran {
  readonly outcome: Outcome<unknown>;
  /** The way that gave the outcome; undefined: the phone has none. */
  readonly transport: Transport | undefined;
  readonly context: FakeContext;
  /** `GET /command.htm?…`; of CSTA only what stands inside the body or the document element. */
  readonly sent: readonly string[];
}

/** Runs a command the way the gateway does: down the ladder while the outcome is NOT_HERE. */
export async function run<Name extends CommandName>(
  name: Name,
  command: Commands[Name],
  scene: Scene = {},
): Promise<Ran> {
  const profile = await profileOf(scene.phone);
  const context = fakeContext(profile, {
    ...(scene.calls === undefined ? {} : { calls: scene.calls }),
    ...(scene.features === undefined ? {} : { features: scene.features }),
    ...(scene.sip === undefined ? {} : { sip: scene.sip }),
    ...(scene.answer === undefined ? {} : { answer: scene.answer }),
  });
  const ladder = capabilitiesFor(profile)[capabilityOf(name, command)] ?? [];
  let outcome: Outcome<unknown> = { status: 'NOT_HERE', reason: 'The phone has no such capability.' };
  let transport: Transport | undefined;
  for (const rung of ladder) {
    if (scene.on !== undefined && rung.transport !== scene.on) continue;
    const implementation: unknown = Object.entries(rung).find(([member]) => member === name)?.[1];
    if (typeof implementation !== 'function') throw new Error(`${rung.transport} does not implement ${name}`);
    outcome = await implementation(command, { ...context, unknownState: scene.unknownState, doubtful: scene.doubtful });
    transport = rung.transport;
    if (outcome.status !== 'NOT_HERE') break;
  }
  return { outcome, transport, context, sent: context.requests.map(({ target, body }) => short(target, body)) };
}

function short(target: string, body: string | undefined): string {
  if (body === undefined) return target;
  const inner = /<SOAP-ENV:Body>(.*)<\/SOAP-ENV:Body>/.exec(body)?.[1] ?? body.replace(/<\?xml[^>]*\?>/, '');
  return inner.replaceAll('csta:', '').replace(/ xmlns(?::\w+)?="[^"]*"/g, '');
}

/** An answer for requests to a target that begins so; all others are answered as in a dry run. */
export function answering(start: string, reply: HttpReply): Answer {
  return ({ target, body = '' }) => (`${target} ${body}`.includes(start) ? reply : undefined);
}
