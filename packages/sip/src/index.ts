export type { SipClock } from './clock.ts';
export { systemClock } from './clock.ts';
export { SipDialog } from './dialog/dialog.ts';
export type { DialogEnd, DialogOpen, DialogOptions, DialogOutcome, DialogRequestHandler } from './dialog/types.ts';
export type { SipCredentials } from './digest/answer.ts';
export type { ChallengeFault, CredentialsQuery, CredentialsSource } from './digest/authenticator.ts';
export type { SipLog } from './log.ts';
export { bodyText } from './message/body.ts';
export { type HeaderField, HeaderFields } from './message/fields.ts';
export type { Parameters } from './message/grammar.ts';
export { headerKey } from './message/header-names.ts';
export { type NameAddress, parseNameAddress, parseNameAddresses, writeNameAddress } from './message/name-address.ts';
export { parseMessage } from './message/parse.ts';
export type { SipAnswer } from './message/response.ts';
export type {
  ParseFault,
  ParseFaultCode,
  ParseResult,
  RefusableRequest,
  SipMessage,
  SipRequest,
  SipResponse,
} from './message/types.ts';
export { type HostPort, parseSipUri, type SipUri } from './message/uri.ts';
export type { Via } from './message/via.ts';
export type { SipUserAgentOptions } from './options.ts';
export type { SipAborted, SipAnswered, SipLost, SipNotSent, SipOutcome } from './outcome.ts';
export type { MessageOptions, SipRequestOptions, TargetOptions } from './request-options.ts';
export type { RequestHandler } from './server-core.ts';
export type { SipStatistics } from './statistics.ts';
export type { SipTimers } from './transaction/timers.ts';
export type { Endpoint, NotSentReason, SipTransport, TlsTrust } from './transport/types.ts';
export { createSipUserAgent, type SipUserAgent } from './user-agent.ts';
