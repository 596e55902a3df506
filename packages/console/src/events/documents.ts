import { type FragmentOf, graphql, type ResultOf } from '../graphql/graphql.ts';

const EventParts = graphql(`
  fragment EventParts on PhoneEvent @_unmask {
    __typename
    id
    cursor
    receivedAt
    vendorEvent
    phone { id name }
    variables { name value }
    ... on CallEvent {
      callEventKind
      callState
      call { id direction state remote { number displayName uri } }
    }
    ... on DeviceEvent { deviceEventKind }
    ... on FeatureEvent { feature enabled target }
    ... on RegistrationEvent { registrationState accountUri }
    ... on UserEvent { userEventKind key }
  }
`);

/** Something that a phone reported. */
export type PhoneEvent = FragmentOf<typeof EventParts>;

/** Events as they come, from behind a cursor. */
export const EventsSubscription = graphql(
  `
    subscription Events($after: String, $filter: PhoneEventFilter) {
      phoneEvents(after: $after, filter: $filter) {
        __typename
        ...EventParts
        ... on CaughtUp { cursor }
        ... on EventsMissed { reason resumeCursor }
      }
    }
  `,
  [EventParts],
);

/** What the log held before. */
export const RecentEventsQuery = graphql(
  `
    query RecentEvents($last: Int!, $filter: PhoneEventFilter) {
      events(last: $last, filter: $filter) {
        pageInfo { endCursor }
        nodes { ...EventParts }
      }
    }
  `,
  [EventParts],
);

/** A call, and the reports that it was made of. */
export const CallTimelineQuery = graphql(
  `
    query CallTimeline($id: ID!, $phoneIds: [ID!]) {
      node(id: $id) {
        __typename
        ... on Call {
          id
          state
          direction
          startedAt
          answeredAt
          endedAt
          endReason
          endInferred
          local { number displayName uri }
          remote { number displayName uri }
          phone { id name }
        }
      }
      events(last: 400, filter: { phoneIds: $phoneIds, types: [CALL] }) {
        nodes { ...EventParts }
      }
    }
  `,
  [EventParts],
);

/** The call of a timeline. */
export type TimelineCall = Extract<ResultOf<typeof CallTimelineQuery>['node'], { __typename: 'Call' }>;
