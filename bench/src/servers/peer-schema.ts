/** What the peers serve: the part of the gateway's schema that the subscriptions of the benchmark use. */
export const PEER_SCHEMA = /* GraphQL */ `
  type Query { unused: Boolean }
  type EventVariable { name: String! value: String! }
  type CallEvent {
    cursor: String! phoneId: ID! receivedAt: String! vendorEvent: String callEventKind: String! callState: String
    variables: [EventVariable!]!
  }
  type CaughtUp { cursor: String! }
  union PhoneEventUpdate = CallEvent | CaughtUp
  type Subscription { phoneEvents: PhoneEventUpdate! }
`;

/** An event as the gateway's message tells it. */
export type PeerEvent = Readonly<Record<string, unknown>> & {
  readonly variables: readonly { readonly name: string; readonly value: string }[];
};

/** Makes events like the one of a message, each with its number. */
export function eventMaker(payload: string): (number: string) => PeerEvent {
  const message = JSON.parse(payload) as { readonly payload: { readonly data: { readonly phoneEvents: PeerEvent } } };
  const { phoneEvents } = message.payload.data;
  return (number) => ({
    ...phoneEvents,
    variables: phoneEvents.variables.map(({ name, value }) => ({ name, value: value === 'NUMBER' ? number : value })),
  });
}
