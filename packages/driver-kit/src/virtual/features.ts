import { ObservableMap } from './observable-map.ts';

/** When a phone sends calls on by itself. */
export type ForwardKind = 'always' | 'busy' | 'noAnswer';

/** A call forward of a phone. */
export interface Forward {
  readonly on: boolean;
  /** The number that gets the calls; empty if none was ever set. */
  readonly target: string;
  /** Seconds of ringing before a `noAnswer` forward acts; the others ignore it. */
  readonly afterSeconds: number;
}

/** Names of the flags that every desk phone has. Vendors add their own with {@link PhoneFeatures.flags}. */
export type FeatureFlag = 'dnd' | 'callWaiting' | 'mute';

/** Switches of a phone: do not disturb, call waiting, mute, and call forwards. */
export class PhoneFeatures {
  /** On/off switches by name; `dnd`, `callWaiting` and `mute` are always there. */
  readonly flags = new ObservableMap<boolean>({ dnd: false, callWaiting: true, mute: false });
  /** Forwards by {@link ForwardKind}; all three are always there. */
  readonly forwards = new ObservableMap<Forward>({
    always: { on: false, target: '', afterSeconds: 0 },
    busy: { on: false, target: '', afterSeconds: 0 },
    noAnswer: { on: false, target: '', afterSeconds: 12 },
  });

  /** Whether a flag is on; a flag that was never set is off. */
  isOn(flag: FeatureFlag | (string & {})): boolean {
    return this.flags.get(flag) ?? false;
  }

  /** Sets a flag. @returns whether that changed anything (phones fire action URLs only then). */
  turn(flag: FeatureFlag | (string & {}), on: boolean): boolean {
    return this.flags.set(flag, on);
  }

  /** A forward as it is set. */
  forward(kind: ForwardKind): Forward {
    return this.forwards.get(kind) ?? { on: false, target: '', afterSeconds: 0 };
  }

  /** Changes a forward; what is not given stays. @returns whether that changed anything. */
  setForward(kind: ForwardKind, change: Partial<Forward>): boolean {
    return this.forwards.set(kind, { ...this.forward(kind), ...change });
  }
}
