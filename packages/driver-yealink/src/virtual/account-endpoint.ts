import type {
  Admission,
  CallLeg,
  EndReason,
  Party,
  PhoneAccount,
  VirtualEndpoint,
} from '@hookswitch/driver-kit/virtual';
import type { ActionUrlEvent } from './action-url-events.table.ts';

/** What the endpoints of a phone tell it. */
export interface EndpointHost {
  /** A number such as `33093`, the `$call_id` of the next call. */
  nextCallId(): string;
  admit(caller: Party): Admission;
  /** An incoming call began to ring. */
  rings(leg: CallLeg): void;
  /** Something happened to a call that has an event of its own. */
  report(event: ActionUrlEvent, leg: CallLeg): void;
  answered(leg: CallLeg): void;
  /** A call was sent on to another number, before or while it rang. */
  forwarded(account: PhoneAccount, caller: Party): void;
  ended(leg: CallLeg, reason: EndReason): void;
  /** Called after each of the above and after each other change of a call. */
  changed(): void;
}

/** What an account is to the exchange: turns its callbacks into events of the phone. */
export const accountEndpoint = (account: PhoneAccount, host: EndpointHost): VirtualEndpoint => {
  const tell = (act: () => void): void => {
    act();
    host.changed();
  };
  const reports = (event: ActionUrlEvent) => (leg: CallLeg) => tell(() => host.report(event, leg));
  return {
    number: account.number,
    displayName: account.displayName,
    domain: account.domain,
    nextLegId: () => host.nextCallId(),
    admit: (caller) => host.admit(caller),
    onIncoming: (leg) => tell(() => host.rings(leg)),
    onDialing: reports('outgoing_call'),
    onRinging: () => host.changed(),
    onAnswered: (leg) => tell(() => host.answered(leg)),
    onHeld: reports('hold'),
    onResumed: reports('unhold'),
    onRemoteHeld: reports('held'),
    onRemoteResumed: reports('unheld'),
    onRemoteChanged: () => host.changed(),
    onTransferFinished: reports('transfer_finished'),
    onTransferFailed: reports('transfer_failed'),
    onForwarded: (caller) => tell(() => host.forwarded(account, caller)),
    onConference: () => host.changed(),
    onEnded: (leg, reason) => tell(() => host.ended(leg, reason)),
  };
};
