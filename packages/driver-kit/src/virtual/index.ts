// What authors of virtual phones, tests and the demo use. The rest of this folder is the inside of it.
export { accountFor, accountUri, type PhoneAccount } from './accounts.ts';
export {
  ActionUrlClient,
  type ActionUrlSettings,
  type FiredActionUrl,
  type PostedDocument,
} from './action-url-client.ts';
export type { ActionUrlFailure, ActionUrlReply } from './action-url-reply.ts';
export { expandActionUrl, type TemplateOptions, type ValueEscaping } from './action-url-template.ts';
export {
  type AuthenticationScheme,
  type AuthenticationSettings,
  Authenticator,
  type Credentials,
  type DenialReason,
  type Lockout,
  openAuthentication,
  type Verdict,
} from './authentication.ts';
export { type Bitmap, type Color, renderBitmap } from './bitmap.ts';
export type {
  Admission,
  CallDirection,
  CallLeg,
  CallState,
  EndReason,
  ExchangeLine,
  Party,
  TransferKind,
  VirtualEndpoint,
} from './call.ts';
export type { CallSnapshot, LegSnapshot } from './call-snapshot.ts';
export { answerRinging, goesOut, holdConnected, isConnected, isHeld, onNewest, ringsHere } from './desk-calls.ts';
export {
  type DeskMoment,
  VirtualDeskPhone,
  type VirtualDeskPhoneMake,
  type VirtualDeskPhoneOptions,
} from './desk-phone.ts';
export {
  type DigestAlgorithm,
  type DigestAuthorization,
  type DigestInput,
  digestResponse,
  parseDigestAuthorization,
} from './digest.ts';
export { VirtualExchange, type VirtualExchangeOptions } from './exchange.ts';
export type { EndpointEvent, ExchangeEvent } from './exchange-event.ts';
export { type FeatureFlag, type Forward, type ForwardKind, PhoneFeatures } from './features.ts';
export { type HttpFaults, noHttpFaults } from './http-faults.ts';
export type { Delivery, RecordedRequest, RequestRecorder, VirtualHandler, VirtualReply } from './http-message.ts';
export { VirtualHttpServer, type VirtualHttpServerOptions } from './http-server.ts';
export { type MapChange, ObservableMap } from './observable-map.ts';
export { VirtualPhoneBase, type VirtualSipSide } from './phone-base.ts';
export { Recorder, type WaitOptions } from './recorder.ts';
export { Screen, type ScreenContent } from './screen.ts';
export { ScriptedParty, type ScriptedPartyOptions } from './scripted-party.ts';
export { type SelfSignedCertificate, selfSignedCertificate } from './self-signed-certificate.ts';
export { parameterOf, type SipTarget, sipTargetOf, uriIn } from './sip/address.ts';
export { VirtualSipEndpoint, type VirtualSipEndpointOptions } from './sip/endpoint.ts';
export { noSipFaults, type SipFaults } from './sip/faults.ts';
export type {
  ReceivedSipResponse,
  RecordedSipRequest,
  SipContentToSend,
  SipRequestRecorder,
  VirtualSipDialog,
  VirtualSipHandler,
  VirtualSipReply,
  VirtualSipRequest,
} from './sip/types.ts';
export type { Light, VirtualPhone } from './virtual-phone.ts';
