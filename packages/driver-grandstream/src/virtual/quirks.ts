/** Where the guides say nothing, or code and guides differ. Change them while the phone runs. */
export interface GrandstreamQuirks {
  /** How a wrong passcode is refused: 401 without a challenge, or 200 with `"body": "unauthorized"`. Default `401`. */
  deniesBy: '401' | 'body';
  /** The word for a call that goes out and does not ring yet. Default `dialing`. */
  dialingWord: 'dialing' | 'calling';
  /** Whether `holdcall` resumes a call that is held. Default true. */
  holdResumes: boolean;
  /** How the key `#` is called. Default `POUND`. */
  pound: 'POUND' | '#';
  /** Values of action URLs go out as they are, or percent-encoded. Default `raw`. */
  values: 'raw' | 'percent';
}

/** A phone that keeps to the guides. */
export const defaultQuirks = (): GrandstreamQuirks => ({
  deniesBy: '401',
  dialingWord: 'dialing',
  holdResumes: true,
  pound: 'POUND',
  values: 'raw',
});
