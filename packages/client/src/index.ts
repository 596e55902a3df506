export { type Client, createClient, type Stream } from './client.ts';
export type { Command, CommandOptions, CommandOutcome } from './command.ts';
export {
  type DomainFailure,
  type Failure,
  type Outcome,
  type RequestFailure,
  type RequestFailureCode,
  StreamError,
} from './failure.ts';
export type { Commands } from './generated/commands.ts';
export * as operations from './generated/operations.ts';
export type * from './generated/types.ts';
export { type Operation, operation, type TypedText } from './operation.ts';
export type { Backoff, ClientOptions, ConnectionState, Token } from './options.ts';
export type {
  Finding,
  Page,
  PageOptions,
  Phone,
  PhoneDetails,
  PhoneInfo,
  PhoneScreen,
  PhoneSettings,
  RequestOptions,
  Requests,
} from './requests.ts';
export type { Call, CallsOptions, CallUpdate } from './streams/calls.ts';
export type { PhoneEvent, PhoneEventsOptions, PhoneEventUpdate } from './streams/phone-events.ts';
export type { StreamOptions } from './streams/resume.ts';
