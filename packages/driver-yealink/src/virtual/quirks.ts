import type { EndReason, ValueEscaping } from '@hookswitch/driver-kit/virtual';
import type { ActionUrlEvent } from './action-url-events.table.ts';
import { CALL_END_EVENTS } from './call-end-events.table.ts';

/** Key names that were reported to answer a ringing call, each by some sources and denied by others. */
export type AnswerKey = 'ANSWER' | 'ASW' | 'OK' | 'ENTER';

/**
 * Everything that the vendor's documents leave open, or on which sources disagree. Each can be changed while the
 * phone runs. The defaults follow the vendor's text where there is one, else the stricter behaviour.
 */
export interface YealinkQuirks {
  // Web server and gates
  /** What is looked at first on a request from an address that is not allowed and without login. Not documented. */
  gateOrder: 'allowListFirst' | 'loginFirst';
  /** How an action URI without a good login is refused: 401, or by leading to the login page, so that the login has to be in the query. */
  asksForLogin: 'challenge' | 'page';
  /** Status with the text "Remote control forbidden" while the prompt waits or after it was declined. Assumed 403. */
  promptStatus: number;
  /** Whether a declined address raises the prompt again with its next request. Not documented. */
  promptsAgainAfterDecline: boolean;
  /** Whether what a person allowed is forgotten at a reboot. Not documented. */
  forgetsApprovalOnReboot: boolean;
  /** Status of a NOTIFY that `sip.trust_ctrl` keeps out. Not documented; assumed 403. */
  untrustedNotifyStatus: number;
  /** Which paths exist: V70 has only the older ones, current firmware all. */
  paths: 'all' | 'cgiOnly' | 'servletOnly';
  /** Status for a path or a form of request that the phone does not have. Clients read 400, 404 and 405 alike. */
  unsupportedStatus: number;
  // Keys
  /** Status for a key name that is not in the table. Not documented. */
  unknownKeyStatus: 200 | 400;
  /** Whether `key=` and `phonecfg=` must come first, and a trailing `&` is refused. One client says so. */
  strictParameterOrder: boolean;
  /** Whether `key=number%3D1234` is understood like `key=number=1234`. */
  decodesInnerEquals: boolean;
  /** Whether a raw `+` in a value is read as a space, as in a form. */
  plusReadsAsSpace: boolean;
  /** Whether `AUTOP` is as good as `AutoP`. */
  caseInsensitiveKeys: boolean;
  /** Whether `/servlet?number=…` dials without `key=`. Three clients send it. */
  dialsWithoutKey: boolean;
  /** Whether it knows the keys that guides after V80 add: `CANCEL`, `HOLD`, `ASW`, the forward keys. */
  newerKeys: boolean;
  /** Whether keys that only third parties name work: `BACK_IDLE`, `SWAP`, `CallWaitingOn`, `CallWaitingOff`. */
  unverifiedKeys: boolean;
  /** What a touch model does with `K1;K2`: nothing, or the first alone. */
  sequenceOnTouch: 'ignored' | 'firstOnly';
  /** Which keys answer. See {@link profileOf}. */
  answerKeys: readonly AnswerKey[];
  /** `ASW:<id>`, `CANCEL:<id>`, `HOLD:<id>`, `UNHOLD:<id>`: obeyed, accepted without effect, or unknown keys. */
  callAddressedKeys: 'obeyed' | 'ignored' | 'unknown';
  /** Whether `F_HOLD` resumes a held call; the guide only says that it holds. */
  holdToggles: boolean;
  /** What `X` and `CANCEL` do in an answered call. The guide says mute; clients send it to hang up. */
  cancelInCall: 'mute' | 'end' | 'nothing';
  /** What happens at a blind transfer of a call that still rings. Seen: ignored. */
  blindTransfersRinging: boolean;
  /** Whether local conferences are allowed. */
  localConference: boolean;
  /** Whether the exchange lets users set do not disturb. */
  dndAllowed: boolean;
  /** `custom`: forwarding is set per account and the forward keys do nothing. */
  forwardMode: 'phone' | 'custom';
  /** What `Reboot` and `Reset` answer: nothing, as the connection dies with the phone, or 200 before it goes. */
  rebootReply: 'none' | 'ok';
  /** Keys that come by NOTIFY are pressed before it is answered, so that `Reboot` is not. Not documented; default false. */
  pressesBeforeNotifyReply: boolean;
  /** The body of a 200. Not documented. */
  okBody: string;
  // phonecfg
  /** Whether selectors that are not given count as 1. */
  phonecfgSelectsAll: boolean;
  /** Whether `[Status]` also has `MACAddress` and `DeviceID`, which one client looks for. */
  phonecfgShowsIdentity: boolean;
  // Push
  /** Whether `POST /` is a push as well. */
  pushAtRoot: boolean;
  /** Whether `POST /servlet` without `push=xml` is a push, with the web login's Basic. One client sends it. */
  pushAtBareServlet: boolean;
  /** What a push meets in a call with `push_xml.block_in_calling = 1`. */
  pushWhileBlocked: 'dropped' | 'refused' | 'deferred';
  /** Status for a document that is not well-formed, has a DOCTYPE or a root that the phone does not know. */
  malformedPushStatus: number;
  /** Status for more than 10,000 bytes. */
  oversizedPushStatus: number;
  /** Whether `Led:LINE1_GREEN=off` darkens a LED that is red. */
  ledOffClearsAnyColor: boolean;
  /** Whether calls light the LEDs of line keys of type 15: fast-flash ringing, on talking, slow-flash held. */
  callsDriveLineLeds: boolean;
  // Action URLs
  /** How values are escaped. Not documented. */
  escaping: ValueEscaping;
  /** How `$mac` is written. Not documented; clients compare lower case without separators. */
  macForm: 'plain' | 'colons' | 'upper';
  /** What `$callerID` holds. The guide says the display name; two clients read a number. */
  callerIdHolds: 'displayName' | 'number';
  /** Whether `$calledNumber` has a value on incoming calls too (one client reads it there). */
  calledNumberOnIncoming: boolean;
  /** Whether lifting by speaker or headset fires `off_hook` and `on_hook` as the handset does. */
  speakerFiresHook: boolean;
  /** Whether a call that only rings makes the phone busy for `idle_to_busy`. */
  ringingIsBusy: boolean;
  /** Whether `answer_new_incoming_call` fires for every answered incoming call, or only for one beside another call. */
  answerNewFires: 'everyIncoming' | 'besideAnother';
  /** Whether `transfer_call` fires besides the kind's own event. */
  transferCallFiresToo: boolean;
  /** Whether the body of a reply to an action URL is shown if it is XML. */
  showsActionUrlReplies: boolean;
  /** What fires when a call ends, by the reason as this phone sees it. */
  callEndEvents: Readonly<Record<EndReason, readonly ActionUrlEvent[]>>;
}

const COMMON: Omit<YealinkQuirks, keyof Profile> = {
  gateOrder: 'allowListFirst',
  asksForLogin: 'challenge',
  promptStatus: 403,
  untrustedNotifyStatus: 403,
  promptsAgainAfterDecline: true,
  forgetsApprovalOnReboot: true,
  unsupportedStatus: 404,
  unknownKeyStatus: 200,
  strictParameterOrder: true,
  decodesInnerEquals: false,
  plusReadsAsSpace: true,
  caseInsensitiveKeys: false,
  dialsWithoutKey: false,
  unverifiedKeys: false,
  sequenceOnTouch: 'ignored',
  holdToggles: true,
  cancelInCall: 'mute',
  blindTransfersRinging: false,
  localConference: true,
  dndAllowed: true,
  forwardMode: 'phone',
  rebootReply: 'none',
  pressesBeforeNotifyReply: false,
  okBody: '',
  phonecfgSelectsAll: false,
  phonecfgShowsIdentity: false,
  pushAtRoot: true,
  pushAtBareServlet: false,
  pushWhileBlocked: 'dropped',
  malformedPushStatus: 400,
  oversizedPushStatus: 413,
  ledOffClearsAnyColor: true,
  callsDriveLineLeds: true,
  escaping: 'raw',
  macForm: 'plain',
  callerIdHolds: 'displayName',
  calledNumberOnIncoming: false,
  speakerFiresHook: false,
  ringingIsBusy: true,
  answerNewFires: 'besideAnother',
  transferCallFiresToo: true,
  showsActionUrlReplies: true,
  callEndEvents: CALL_END_EVENTS,
};

type Profile = Pick<YealinkQuirks, 'answerKeys' | 'callAddressedKeys' | 'newerKeys' | 'paths'>;

/** Keys by the second number of the firmware, newest first. */
const PROFILES = [
  // fspbx on T53W 96.86.0.70: OK answers; ANSWER and ENTER did nothing, HOLD:<id> did nothing.
  { from: 86, answerKeys: ['OK', 'ASW'], callAddressedKeys: 'ignored', newerKeys: true, paths: 'all' },
  // Newer vendor guides: ASW, "and older ANSWER", ASW:<id>.
  { from: 81, answerKeys: ['ASW', 'ANSWER', 'OK'], callAddressedKeys: 'obeyed', newerKeys: true, paths: 'all' },
  // Vendor guide V80: ANSWER; one client of that time sends ENTER, others OK.
  { from: 71, answerKeys: ['ANSWER', 'OK', 'ENTER'], callAddressedKeys: 'unknown', newerKeys: false, paths: 'all' },
  // V70 has the older paths only.
  { from: 0, answerKeys: ['ANSWER', 'OK', 'ENTER'], callAddressedKeys: 'unknown', newerKeys: false, paths: 'cgiOnly' },
] as const satisfies readonly (Profile & { readonly from: number })[];

/** The quirks that a firmware (`54.81.0.70`) has by default. */
export const profileOf = (firmware: string): YealinkQuirks => {
  const generation = Number(firmware.split('.')[1]);
  // A firmware that cannot be read is taken for the oldest one.
  const { from: _, ...profile } = PROFILES.find(({ from }) => generation >= from) ?? PROFILES[3];
  return { ...COMMON, ...profile };
};
