import type { Capability, Evidence } from '@hookswitch/core';

/** How a claim is known for a VVX. */
export interface Claim {
  readonly evidence: Evidence;
  readonly source: string;
}

const MANUAL = 'Polycom, REST API Reference Manual for UC Software 5.x';
const GUIDE = "Polycom, Web Application Developer's Guide, UC Software 5.0.0";
const TOOLS = 'public tools for VVX phones with UC Software 5 and 6 send it; the manual was not read';

const quoted = (call: string): Claim => ({
  evidence: 'DOCUMENTED',
  source: `${MANUAL}, ${call}, as an adapter for Polycom quotes it`,
});
const seen = (call: string): Claim => ({ evidence: 'ASSUMED', source: `${call}: ${TOOLS}` });

/** Each capability that is claimed, with what is known of it. Nothing was tried on a real phone. */
export const CLAIMS = {
  DIAL: quoted('callctrl/dial'),
  ANSWER: seen('callctrl/answerCall'),
  HANG_UP: quoted('callctrl/endCall'),
  HANG_UP_ALL: quoted('callctrl/endCall'),
  REJECT: seen('callctrl/rejectCall'),
  HOLD: seen('callctrl/holdCall, callctrl/resumeCall'),
  MUTE: quoted('callctrl/mute'),
  DTMF: seen('callctrl/sendDTMF'),
  TRANSFER_BLIND: seen('callctrl/transferCall'),
  DISPLAY: { evidence: 'DOCUMENTED', source: `${GUIDE}, pages 23 to 25; the type of a page is ASSUMED` },
  PHONE_INFO: quoted('mgmt/device/info'),
  READ_SETTINGS: seen('mgmt/config/get'),
  WRITE_SETTINGS: seen('mgmt/config/set'),
  ACTION_URLS: seen('mgmt/config/set'),
  CALL_SNAPSHOT: seen('v2/webCallControl/callStatus'),
  REBOOT: seen('mgmt/safeReboot'),
} as const satisfies Partial<Record<Capability, Claim>>;

/** Of the Edge E: a public report says that an E350 with 8.6.0 answers 404 to each request of call control. */
export const EDGE_SOURCE =
  'as for VVX; no manual for the Edge E was read, and a public report says that an E350 with 8.6.0 has no callctrl';
