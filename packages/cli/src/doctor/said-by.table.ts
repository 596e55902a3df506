/** What a test of the event path fails with, before the phone was told to report, where the phone is not reached. */
const UNREACHED: readonly string[] = ['UNREACHABLE', 'NO_ANSWER', 'SIP_UNREACHABLE', 'SIP_NO_ANSWER'];
/** Drivers that tell all that keeps a phone from answering by one code. */
const REFUSED: readonly string[] = ['CTI_REFUSED', 'REST_API_REFUSED'];

/** Of a phone: a finding by its code, and the codes of those that say the same, better. It is left out beside one of these. */
export const SAID_BY: Readonly<Record<string, readonly string[]>> = {
  NO_HTTP_ADDRESS: ['NO_ADDRESS'],
  CSTA_OFF: ['CSTA_CONTROL_OFF'],
  POLICY_DENIED: ['CERTIFICATE_CHANGED'],
  // A test of the event path has just shown what these guess, or ask for.
  NO_EVENT_YET: ['EVENT_PATH_WHOLE', 'EVENT_PATH_BROKEN'],
  SILENT: ['EVENT_PATH_WHOLE', 'EVENT_PATH_BROKEN'],
  EVENTS_MISSING: ['EVENT_PATH_BROKEN'],
};

/** A failed test of the event path by its code, or its hop, and the codes of findings that say of its phone what failed. */
export const TEST_SAID_BY: Readonly<Record<string, readonly string[]>> = {
  GATEWAY_TO_PHONE: ['PHONE_UNREACHABLE', ...UNREACHED, ...REFUSED],
  PHONE_SETTINGS: ['ACTION_URLS_DRIFTED'],
  PHONE_UNAUTHORIZED: ['CREDENTIALS_REFUSED', 'SIP_CREDENTIALS_REFUSED', 'LOCKED_OUT', ...REFUSED],
  RATE_LIMITED: ['LOCKED_OUT', 'CREDENTIALS_REFUSED', 'PHONE_UNAUTHORIZED'],
  PHONE_REJECTED: ['ACTION_URI_REFUSED', ...REFUSED],
  POLICY_DENIED: ['CERTIFICATE_CHANGED'],
  CAPABILITY_UNSUPPORTED: ['NO_ADDRESS', 'DRIVER_MISSING'],
};
