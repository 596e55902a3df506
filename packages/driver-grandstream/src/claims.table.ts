import type { Capability, Evidence } from '@hookswitch/core';

/** How a claim is known. */
export interface Claim {
  readonly evidence: Evidence;
  readonly source: string;
}

const GUIDE = 'Grandstream, GRP26xx Series CTI Guide (2023)';

const guide = (chapter: string): Claim => ({ evidence: 'DOCUMENTED', source: `${GUIDE}, ${chapter}` });
const assumed = (source: string): Claim => ({ evidence: 'ASSUMED', source });

/** Each capability that is claimed, with what is known of it for a GRP26xx. Nothing was tried on a real phone. */
export const CLAIMS = {
  PRESS_KEYS: guide('Send Keys Functions; the words of digits, hold, mute and speaker are ASSUMED'),
  DIAL: guide('Make Call; choosing an account is ASSUMED'),
  ANSWER: guide('Phone Operations Functions: acceptcall'),
  HANG_UP: guide('Phone Operations Functions: endcall, rejectcall, cancel'),
  REJECT: guide('Phone Operations Functions: rejectcall'),
  HOLD: assumed('holdcall holds by the CTI guide; that it resumes, too, is known from public code'),
  DTMF: assumed('public code sends digits by api-send_key; that they are tones in a call follows from a phone’s keys'),
  PHONE_INFO: assumed('api-get_accounts is in the CTI guide; model, firmware and MAC address by public code for GXP'),
  CALL_SNAPSHOT: assumed('api-get_line_status is in the CTI guide; its words for states, but idle, by public code'),
  REBOOT: guide('System Operations Functions: REBOOT'),
  FACTORY_RESET: guide('System Operations Functions: RESET'),
} as const satisfies Partial<Record<Capability, Claim>>;

/** Of the GXP: the guide for GXP16xx, GXP17xx and GXP21xx has the same functions, but only its first pages were read. */
export const GXP_SOURCE = 'as for GRP26xx; public code for GXP sends the same';
