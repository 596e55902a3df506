import type { Admission, CallLeg, ExchangeLine, VirtualExchange } from '../../src/virtual/index.ts';

/** A phone of a test: its line, and what it was told, as short lines of text (`answered 1002`, `ended 1002 hungUp`). */
export interface ToldEndpoint {
  readonly line: ExchangeLine;
  readonly told: string[];
  /** The newest leg that has not ended. Throws if there is none. */
  readonly leg: CallLeg;
  admission: Admission;
}

export const connectTold = (exchange: VirtualExchange, number: string, displayName = ''): ToldEndpoint => {
  const told: string[] = [];
  const note =
    (what: string) =>
    (leg: CallLeg, more: unknown = '') =>
      void told.push(`${what} ${leg.remote.number} ${String(more)}`.trim());
  const line = exchange.connect({
    number,
    displayName,
    domain: 'pbx.test',
    admit: () => endpoint.admission,
    onIncoming: note('incoming'),
    onDialing: note('dialing'),
    onRinging: note('ringing'),
    onAnswered: note('answered'),
    onHeld: note('held'),
    onResumed: note('resumed'),
    onRemoteHeld: note('remoteHeld'),
    onRemoteResumed: note('remoteResumed'),
    onDigits: note('digits'),
    onRemoteChanged: note('remoteChanged'),
    onTransferFinished: note('transferFinished'),
    onTransferFailed: note('transferFailed'),
    onForwarded: (caller, to) => void told.push(`forwarded ${caller.number} to ${to}`),
    onConference: (legs) => void told.push(`conference ${legs.map(({ remote }) => remote.number).join(' ')}`),
    onEnded: note('ended'),
  });
  const endpoint: ToldEndpoint = {
    line,
    told,
    admission: 'ring',
    get leg() {
      const leg = line.legs.at(-1);
      if (leg === undefined) throw new Error(`${number} has no call.`);
      return leg;
    },
  };
  return endpoint;
};
