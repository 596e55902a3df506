import { type CallState, type KnownCall, UNKNOWN_PARTY } from '@hookswitch/core';
import type { CallLeg, Forward, ScriptedParty, VirtualExchange, VirtualPhone } from '../virtual/index.ts';
import { accountUri } from '../virtual/index.ts';
import type { PhoneCredentials, PhoneObservation, RunningPhone, Situation } from './harness.ts';

/** A virtual phone for the suite, with what its vendor's kit alone knows. */
export interface VirtualSubject {
  /** Not started yet. */
  readonly phone: VirtualPhone;
  /** The exchange that it was made with; the suite adds far ends to it and disposes it. */
  readonly exchange: VirtualExchange;
  readonly credentials: Readonly<Record<string, PhoneCredentials>>;
  /** The login that its SIP side asks for. Default: it asks nobody. */
  readonly sipCredentials?: PhoneCredentials;
  /** The variable of action URLs that holds a leg's id, e.g. `csta_id`. Left out: the phone's events name no calls. */
  readonly callIdName?: string;
  /** A person before the phone. */
  readonly user: {
    readonly answer: () => void;
    readonly hold: () => void;
    readonly dial: (number: string) => void;
    /** Begins an attended transfer of the call in focus. */
    readonly consult: (number: string) => void;
  };
  /** Resolves once the phone has done what it was asked, beyond calls and action URLs. */
  readonly settled?: () => Promise<void>;
  /** What the phone did that calls, features, lights, settings and screen do not show: a list of its own each time. Default nothing. */
  readonly effects?: () => readonly string[];
  /** What the phone's own code threw. */
  readonly handlerErrors: () => readonly unknown[];
}

const NUMBERS = { answers: '2001', rings: '2002' } as const;
const CALLER = '2003';

/** Starts a virtual phone among far ends that answer, ring and call. */
export async function runVirtual(subject: VirtualSubject): Promise<RunningPhone> {
  const { phone, exchange, credentials, user } = subject;
  const parties = [
    exchange.addParty({ number: NUMBERS.answers, displayName: 'Ada', answersAfterMs: 0 }),
    exchange.addParty({ number: NUMBERS.rings, displayName: 'Bert' }),
  ];
  const caller = exchange.addParty({ number: CALLER, displayName: 'Cora' });
  parties.push(caller);
  await phone.start();
  const quiet = async (): Promise<void> => {
    await subject.settled?.();
    await exchange.settled();
    await phone.actionUrls.idle();
    await exchange.settled();
  };
  const callIn = async (): Promise<void> => {
    caller.dial(phone.number);
    await exchange.settled();
  };
  const steps: Readonly<Record<Situation, readonly (() => Promise<void> | void)[]>> = {
    IDLE: [],
    RINGING: [callIn],
    TALKING: [callIn, user.answer],
    HOLDING: [callIn, user.answer, user.hold],
    TWO_CALLS: [callIn, user.answer, user.hold, () => user.dial(NUMBERS.answers)],
    CONSULTING: [callIn, user.answer, () => user.consult(NUMBERS.answers)],
  };
  return {
    origin: phone.address,
    credentials,
    ...(phone.sipUri === undefined ? {} : { sip: sipOf(phone.sipUri, subject.sipCredentials) }),
    accounts: phone.accounts.map(accountUri),
    numbers: NUMBERS,
    callIn,
    async arrange(situation) {
      for (const step of steps[situation]) {
        await step();
        await quiet();
      }
      return phone.calls.map((leg) => knownCall(leg, subject.callIdName));
    },
    async observe() {
      await quiet();
      return observationOf(subject, parties);
    },
    async stop() {
      await quiet();
      await phone.stop();
      exchange[Symbol.dispose]();
      const [error] = subject.handlerErrors();
      if (error !== undefined) throw new Error('The virtual phone itself failed.', { cause: error });
    },
  };
}

function sipOf(uri: string, credentials: PhoneCredentials | undefined): NonNullable<RunningPhone['sip']> {
  return credentials === undefined ? { uri } : { uri, credentials };
}

function stateOf({ state, direction }: CallLeg): CallState {
  switch (state) {
    case 'dialing':
      return 'DIALING';
    case 'ringing':
      return direction === 'outgoing' ? 'DIALING' : 'RINGING';
    case 'connected':
      return 'CONNECTED';
    case 'held':
      return 'HELD';
    case 'ended':
      return 'ENDED';
  }
}

function knownCall(leg: CallLeg, callIdName: string | undefined): KnownCall {
  const party = ({ number, displayName, domain }: CallLeg['remote']) =>
    number === '' ? UNKNOWN_PARTY : { number, uri: `sip:${number}@${domain}`, displayName: displayName || null };
  return {
    id: `call-${leg.id}`,
    state: stateOf(leg),
    direction: leg.direction === 'incoming' ? 'INCOMING' : 'OUTGOING',
    remote: party(leg.remote),
    local: party(leg.local),
    muted: false,
    vendorIds: callIdName === undefined ? {} : { [callIdName]: leg.id },
  };
}

function observationOf({ phone, effects }: VirtualSubject, parties: readonly ScriptedParty[]): PhoneObservation {
  const { features } = phone;
  const forward = ({ on, target }: Forward) => ({ enabled: on, target });
  return {
    calls: phone.calls.map((leg) => ({
      state: stateOf(leg),
      remote: leg.remote.number,
      conference: leg.conference !== undefined,
    })),
    muted: features.isOn('mute'),
    doNotDisturb: features.isOn('dnd'),
    forwards: {
      ALWAYS: forward(features.forward('always')),
      BUSY: forward(features.forward('busy')),
      NO_ANSWER: forward(features.forward('noAnswer')),
    },
    digits: parties.flatMap(({ legs }) => legs.map(({ receivedDigits }) => receivedDigits)).join(''),
    reached: parties.filter(({ legs }) => legs.length > 0).map(({ number }) => number),
    registered: phone.accounts.map(({ registered }) => registered),
    lights: Object.fromEntries(
      Object.entries(phone.lights.toRecord()).map(([key, { state, color = '' }]) => [key, `${state} ${color}`.trim()]),
    ),
    settings: phone.settings.toRecord(),
    screen: phone.screen.content.lines.join('\n'),
    effects: effects?.() ?? [],
  };
}
