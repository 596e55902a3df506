import { type Outcome, type RequestFailure, requestFailure } from './failure.ts';
import * as operations from './generated/operations.ts';
import type * as Types from './generated/types.ts';
import type { Operation } from './operation.ts';

/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Where the next page begins (`after`); null: this is the last one. */
  readonly next: string | null;
}

/** Which page of a list. */
export interface PageOptions {
  /** As many items at most. 50. */
  readonly first?: number | undefined;
  /** The `next` of the page before. */
  readonly after?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What any request may be given. */
export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
}

/** A phone. */
export type Phone = Types.PhoneFieldsFragment;
/** A phone with what it can do. */
export type PhoneDetails = NonNullable<Types.PhoneQuery['phone']>;
/** A call, without its phone. */
export type CallState = Types.CallFieldsFragment;
/** A picture of a phone's display. */
export type PhoneScreen = ValueOf<Types.ScreenQuery['screen']>;
/** What a phone says of itself. */
export type PhoneInfo = ValueOf<Types.PhoneInfoQuery['phoneInfo']>;
/** A phone's settings. */
export type PhoneSettings = ValueOf<Types.SettingsQuery['settings']>;
/** What stands between the gateway and a phone. */
export type Finding = NonNullable<Types.DiagnosisQuery['diagnosis']>['findings'][number];

type Named = { readonly __typename: string };
type Failing = { readonly retryable: boolean };
/** The member of a union that is the value, or one of the others. */
type Picked<Union> = Outcome<
  Exclude<NonNullable<Union>, Failing>,
  Extract<NonNullable<Union>, Failing> | RequestFailure
>;
type ValueOf<Union> = Exclude<NonNullable<Union>, Failing>;

/** Reads, and what changes phones in the registry. Nothing is thrown: whatever goes wrong is a typed value. */
export interface Requests {
  /** Who asks: name, scopes, tags. */
  viewer(options?: RequestOptions): Promise<Outcome<Types.ViewerQuery['viewer'], RequestFailure>>;
  /** A page of phones, by name. */
  phones(
    options?: PageOptions & { readonly filter?: Types.PhoneFilter | undefined },
  ): Promise<Outcome<Page<Phone> & { readonly totalCount: number }, RequestFailure>>;
  /** A phone and what it can do; null: there is none. */
  phone(by: Types.PhoneBy, options?: RequestOptions): Promise<Outcome<PhoneDetails | null, RequestFailure>>;
  /** Calls on a phone that have not ended. */
  activeCalls(phoneId: string, options?: RequestOptions): Promise<Outcome<readonly CallState[], RequestFailure>>;
  /** A page of calls, newest first. */
  callHistory(
    options?: PageOptions & { readonly filter?: Types.CallFilter | undefined },
  ): Promise<Outcome<Page<Types.CallHistoryQuery['calls']['nodes'][number]>, RequestFailure>>;
  /** A page of the event log, oldest first. */
  eventHistory(
    options?: PageOptions & { readonly filter?: Types.PhoneEventFilter | undefined },
  ): Promise<Outcome<Page<Types.EventFieldsFragment>, RequestFailure>>;
  /** A command as it is now; null: there is none. */
  command(id: string, options?: RequestOptions): Promise<Outcome<Types.CommandFieldsFragment | null, RequestFailure>>;
  /** What a command would do, without doing it. */
  explainCommand(
    phoneId: string,
    command: Types.CommandInput,
    options?: RequestOptions,
  ): Promise<Outcome<Types.ExplainCommandQuery['explainCommand'], RequestFailure>>;
  /** Read from the phone itself, now. */
  phoneInfo(phoneId: string, options?: RequestOptions): Promise<Picked<Types.PhoneInfoQuery['phoneInfo']>>;
  /** Read from the phone itself, now. @param names left out: all */
  settings(
    phoneId: string,
    names?: readonly string[] | null,
    options?: RequestOptions,
  ): Promise<Picked<Types.SettingsQuery['settings']>>;
  /** The phone's display as a picture. */
  screen(phoneId: string, options?: RequestOptions): Promise<Picked<Types.ScreenQuery['screen']>>;
  /** What stands between the gateway and the phone, checked now. */
  diagnosis(phoneId: string, options?: RequestOptions): Promise<Outcome<readonly Finding[], RequestFailure>>;
  /** The vendors that the gateway speaks. */
  drivers(options?: RequestOptions): Promise<Outcome<Types.DriversQuery['drivers'], RequestFailure>>;
  /** Asks a device whose it is; it is not added. For admins. */
  identifyDevice(
    input: Types.IdentifyDeviceInput,
    options?: RequestOptions,
  ): Promise<Picked<Types.IdentifyDeviceMutation['identifyDevice']>>;
  /** Registers a phone. Not tried again by itself. */
  addPhone(input: Types.AddPhoneInput, options?: RequestOptions): Promise<Picked<Types.AddPhoneMutation['addPhone']>>;
  updatePhone(
    phoneId: string,
    input: Types.UpdatePhoneInput,
    options?: RequestOptions,
  ): Promise<Picked<Types.UpdatePhoneMutation['updatePhone']>>;
  removePhone(phoneId: string, options?: RequestOptions): Promise<Picked<Types.RemovePhoneMutation['removePhone']>>;
}

/** How one operation is asked for. */
export type Ask = <Result, Variables>(
  operation: Operation<Result, Variables>,
  variables: Variables,
  options: RequestOptions | undefined,
) => Promise<Outcome<Result, RequestFailure>>;

/** Makes {@link Requests}. */
export function createRequests(ask: Ask): Requests {
  return {
    ...readsOfLists(ask),
    ...readsOfPhones(ask),
    viewer: async (options) => map(await ask(operations.viewer, {}, options), ({ viewer }) => viewer),
    command: async (id, options) => map(await ask(operations.command, { id }, options), ({ node }) => commandIn(node)),
    explainCommand: async (phoneId, command, options) =>
      map(await ask(operations.explainCommand, { phoneId, command }, options), (data) => data.explainCommand),
    drivers: async (options) => map(await ask(operations.drivers, {}, options), ({ drivers }) => drivers),
    identifyDevice: async (input, options) =>
      pick(map(await ask(operations.identifyDevice, { input }, options), (data) => data.identifyDevice)),
    addPhone: async (input, options) =>
      pick(map(await ask(operations.addPhone, { input }, options), (data) => data.addPhone)),
    updatePhone: async (phoneId, input, options) =>
      pick(map(await ask(operations.updatePhone, { phoneId, input }, options), (data) => data.updatePhone)),
    removePhone: async (phoneId, options) =>
      pick(map(await ask(operations.removePhone, { phoneId }, options), (data) => data.removePhone)),
  };
}

function readsOfLists(ask: Ask): Pick<Requests, 'phones' | 'callHistory' | 'eventHistory'> {
  return {
    async phones({ filter, first, after, signal } = {}) {
      const outcome = await ask(operations.phones, { filter, first, after }, { signal });
      return map(outcome, ({ phones }) => ({ ...pageOf(phones), totalCount: phones.totalCount }));
    },
    async callHistory({ filter, first, after, signal } = {}) {
      const outcome = await ask(operations.callHistory, { filter, first, after }, { signal });
      return map(outcome, ({ calls }) => pageOf(calls));
    },
    async eventHistory({ filter, first = 50, after, signal } = {}) {
      const outcome = await ask(operations.eventHistory, { filter, first, after }, { signal });
      return map(outcome, ({ events }) => pageOf(events));
    },
  };
}

function readsOfPhones(
  ask: Ask,
): Pick<Requests, 'phone' | 'activeCalls' | 'phoneInfo' | 'settings' | 'screen' | 'diagnosis'> {
  return {
    phone: async (by, options) => map(await ask(operations.phone, { by }, options), ({ phone }) => phone),
    activeCalls: async (phoneId, options) =>
      map(await ask(operations.activeCalls, { phoneId }, options), ({ phone }) => phone?.activeCalls ?? []),
    phoneInfo: async (phoneId, options) =>
      pick(map(await ask(operations.phoneInfo, { phoneId }, options), (data) => data.phoneInfo)),
    settings: async (phoneId, names, options) =>
      pick(map(await ask(operations.settings, { phoneId, names }, options), (data) => data.settings)),
    screen: async (phoneId, options) =>
      pick(map(await ask(operations.screen, { phoneId }, options), (data) => data.screen)),
    diagnosis: async (phoneId, options) =>
      map(await ask(operations.diagnosis, { phoneId }, options), ({ diagnosis }) => diagnosis?.findings ?? []),
  };
}

function map<From, To>(
  outcome: Outcome<From, RequestFailure>,
  change: (value: From) => To,
): Outcome<To, RequestFailure> {
  return outcome.ok ? { ok: true, value: change(outcome.value) } : outcome;
}

/** The value of a union in which the others are failures. */
function pick<Union extends Named>(outcome: Outcome<Union | null, RequestFailure>): Picked<Union> {
  if (!outcome.ok) return outcome;
  const { value } = outcome;
  if (isFailure<Union>(value)) return { ok: false, failure: value };
  if (isValue<Union>(value)) return { ok: true, value };
  return { ok: false, failure: requestFailure('UNREADABLE_ANSWER', 'The answer holds nothing.') };
}

function isFailure<Union extends Named>(member: Union | null): member is Extract<NonNullable<Union>, Failing> {
  return member !== null && 'retryable' in member;
}

function isValue<Union extends Named>(member: Union | null): member is ValueOf<Union> & Union {
  return member !== null && !('retryable' in member);
}

function pageOf<Item>(connection: {
  readonly nodes: readonly Item[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}): Page<Item> {
  const { endCursor, hasNextPage } = connection.pageInfo;
  return { items: connection.nodes, next: hasNextPage ? endCursor : null };
}

function commandIn(node: Types.CommandQuery['node']): Types.CommandFieldsFragment | null {
  return node !== null && 'status' in node ? node : null;
}
