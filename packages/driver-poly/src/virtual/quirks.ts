/** Where documents and reports differ, or leave it open. Change them while the phone runs. */
export interface PolyQuirks {
  /**
   * How calls are named in `callStatus`: `0x41aa9c00`, as the manual's reply has it, or `41aa9c00`, as a Trio with 7.2.2 does.
   * Commands take both. Default `0x`.
   */
  handles: '0x' | 'bare';
  /** The words for states: `Hold`, `Ringback` as events have them, or `CallHold`, `RingBack`. Default `events`. */
  stateWords: 'events' | 'lines';
  /** Events without the element `PolycomIPPhone` around them, as the guide of UC Software 5.0.0 shows them. Default false. */
  bareEvents: boolean;
  /** Names of people go into XML as they are, `&` and `<` included. Default false. */
  rawNames: boolean;
  /** The header of notifications; empty: none. Default `text/xml`. */
  contentType: string;
  /** Notifications in Latin-1, and nothing says so. Default false. */
  latin1: boolean;
  /** `IncomingCallEvent` and `OutgoingCallEvent` beside the states, as the settings of these names have it. Default false. */
  tellsTwice: boolean;
  /** `callStatus` without a call: an empty list, or Status 4007. Default `empty`. */
  noCalls: 'empty' | '4007';
  /** `device/info` with the release in `Firmware`, as 5.7 has it. Default false. */
  nestedFirmware: boolean;
  /** Answers 404 to all of callctrl, as is reported of an Edge E350 with 8.6.0. Default false. */
  noCallControl: boolean;
  /** Says this Status to all that would change something: `4010` of a phone with its default password. Default null. */
  refusesWith: string | null;
}

/** A phone that keeps to the documents. */
export const defaultQuirks = (): PolyQuirks => ({
  handles: '0x',
  stateWords: 'events',
  bareEvents: false,
  rawNames: false,
  contentType: 'text/xml',
  latin1: false,
  tellsTwice: false,
  noCalls: 'empty',
  nestedFirmware: false,
  noCallControl: false,
  refusesWith: null,
});
