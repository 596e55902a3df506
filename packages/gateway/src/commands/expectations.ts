import type { CallEventKind, CallFacts, CommandName, KnownCall, PhoneEvent } from '@hookswitch/core';
import type { ResolvedCommand } from './resolve-command.ts';

/** Which event proves that a command had its effect, and how long it is waited for. */
export interface Expectation {
  readonly windowMs: number;
  /** Whether this event of the phone, received after the command was sent, is the proof. */
  readonly provenBy: (event: PhoneEvent) => boolean;
}

const CALL_WINDOW_MS = 10_000;
const BOOT_WINDOW_MS = 5 * 60_000;

type Rule = (resolved: ResolvedCommand) => Expectation | null;

/** Such an event, whichever call it is about. */
const anyCall =
  (...kinds: readonly CallEventKind[]): Rule =>
  () => ({
    windowMs: CALL_WINDOW_MS,
    provenBy: (event) => event.type === 'CALL' && kinds.includes(event.callEventKind),
  });

/** Such an event about the command's own call, if it names one. */
const call =
  (...kinds: readonly CallEventKind[]): Rule =>
  ({ command }) => ({
    windowMs: CALL_WINDOW_MS,
    provenBy: (event) =>
      event.type === 'CALL' &&
      kinds.includes(event.callEventKind) &&
      !('call' in command && command.call !== undefined && isOther(command.call, event.call)),
  });

/** Whether an event is about another call than that one, as far as their ids tell. */
function isOther(known: KnownCall, { vendorIds }: CallFacts): boolean {
  const common = Object.entries(vendorIds).filter(([name]) => known.vendorIds[name] !== undefined);
  return common.length > 0 && !common.some(([name, value]) => known.vendorIds[name] === value);
}

const started: Rule = () => ({
  windowMs: BOOT_WINDOW_MS,
  provenBy: (event) => event.type === 'DEVICE' && event.deviceEventKind === 'STARTED',
});

const ENDINGS = ['ENDED', 'REJECTED', 'CANCELED', 'MISSED'] as const;

/** Commands whose effect phones report. The others stay ACCEPTED: nobody tells. */
const RULES: Partial<Record<CommandName, Rule>> = {
  dial: anyCall('OUTGOING'),
  answer: call('CONNECTED', 'ANSWERED_WAITING'),
  hangUp: call(...ENDINGS),
  hangUpAll: call(...ENDINGS),
  reject: call('REJECTED', 'ENDED', 'MISSED'),
  deflect: call('FORWARDED', 'ENDED', 'TRANSFER_BLIND'),
  setHold: (resolved) => call(resolved.name === 'setHold' && !resolved.command.held ? 'RESUMED' : 'HELD')(resolved),
  setMuted: (resolved) => call(resolved.name === 'setMuted' && !resolved.command.muted ? 'UNMUTED' : 'MUTED')(resolved),
  transfer: (resolved) =>
    resolved.name === 'transfer' && resolved.command.kind === 'ATTENDED'
      ? anyCall('OUTGOING')(resolved)
      : call('TRANSFER_BLIND', 'TRANSFER_FINISHED', 'TRANSFER_STARTED')(resolved),
  completeTransfer: anyCall('TRANSFER_ATTENDED', 'TRANSFER_FINISHED'),
  setDoNotDisturb: (resolved) => {
    if (resolved.name !== 'setDoNotDisturb') return null;
    const { enabled } = resolved.command;
    return {
      windowMs: CALL_WINDOW_MS,
      provenBy: (event) => event.type === 'FEATURE' && event.feature === 'DO_NOT_DISTURB' && event.enabled === enabled,
    };
  },
  setForwarding: (resolved) => {
    if (resolved.name !== 'setForwarding') return null;
    const { kind, enabled } = resolved.command;
    const features = ['FORWARD', `FORWARD_${kind}`];
    return {
      windowMs: CALL_WINDOW_MS,
      provenBy: (event) => event.type === 'FEATURE' && features.includes(event.feature) && event.enabled === enabled,
    };
  },
  reboot: started,
  logOff: () => ({
    windowMs: CALL_WINDOW_MS,
    provenBy: (event) => event.type === 'REGISTRATION' && event.registrationState === 'UNREGISTERED',
  }),
  reregister: () => ({
    windowMs: CALL_WINDOW_MS,
    provenBy: (event) => event.type === 'REGISTRATION' && event.registrationState === 'REGISTERED',
  }),
  verifyEventPath: () => ({
    windowMs: CALL_WINDOW_MS,
    provenBy: (event) => event.type === 'DEVICE' && event.deviceEventKind === 'EVENT_PATH_TESTED',
  }),
};

/** @returns null where no event can prove the command */
export function expectationOf(resolved: ResolvedCommand): Expectation | null {
  return RULES[resolved.name]?.(resolved) ?? null;
}
