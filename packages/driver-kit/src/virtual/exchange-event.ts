import type { EndReason, VirtualEndpoint } from './call.ts';

/** The callbacks of an endpoint, by name. */
export type EndpointEvent = Extract<keyof VirtualEndpoint, `on${string}`>;

/** What the exchange told an endpoint. */
export interface ExchangeEvent {
  /** Who was told. */
  readonly number: string;
  /** The callback. */
  readonly event: EndpointEvent;
  /** The leg it is about; the first of several; `undefined` where there is none. */
  readonly legId: string | undefined;
  /** With `onEnded`. */
  readonly reason: EndReason | undefined;
}
