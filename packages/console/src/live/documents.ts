import { type FragmentOf, graphql, type ResultOf } from '../graphql/graphql.ts';

/** A call as the floor and a phone's page show it. */
export const CallParts = graphql(`
  fragment CallParts on Call @_unmask {
    id
    state
    direction
    startedAt
    answeredAt
    muted
    heldByRemote
    local { number displayName uri }
    remote { number displayName uri }
    phone { id }
    consultationFor { id }
    conferencedWith { id }
    transfer { kind state target { number displayName } }
  }
`);

/** A call that has not ended, or has just done so. */
export type LiveCall = FragmentOf<typeof CallParts>;

/** Phones, a page of them. Their calls come by the subscription. */
export const FloorQuery = graphql(`
  query Floor($first: Int!, $after: String, $filter: PhoneFilter) {
    phones(first: $first, after: $after, filter: $filter) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id
        name
        vendor
        model
        tags
        sipUri
        address
        reachability
        silentSince
        lastEventAt
        features { feature enabled }
      }
    }
  }
`);

/** A phone of {@link FloorQuery}. */
export type FloorNode = ResultOf<typeof FloorQuery>['phones']['nodes'][number];

/** Every call that goes on, then each change. */
export const CallsSubscription = graphql(
  `
    subscription Calls($filter: CallFilter) {
      calls(filter: $filter) {
        __typename
        ...CallParts
        ... on CaughtUp { cursor }
      }
    }
  `,
  [CallParts],
);

/** What changes a phone's look beside calls. */
export const FloorEventsSubscription = graphql(`
  subscription FloorEvents {
    phoneEvents(filter: { types: [FEATURE, DEVICE, REGISTRATION] }) {
      __typename
      ... on PhoneEvent { phone { id } }
      ... on FeatureEvent { feature enabled }
    }
  }
`);

/** A command with all that became of it. */
export const CommandParts = graphql(`
  fragment CommandParts on Command @_unmask {
    id
    name
    status
    changed
    arguments
    requestedAt
    requestedBy
    sentAt
    repliedAt
    settledAt
    transport
    unproven
    unreadableSettings
    skippedTransports { transport reason }
    failure { __typename code message retryable ... on EventPathBroken { hop } }
    confirmedBy { id vendorEvent receivedAt }
    phone { id name }
  }
`);

/** A command. */
export type Command = FragmentOf<typeof CommandParts>;

/** The newest commands that match, whoever gave them, then each change. */
export const CommandsSubscription = graphql(
  `
    subscription Commands($filter: CommandFilter) {
      commands(filter: $filter) {
        __typename
        ...CommandParts
      }
    }
  `,
  [CommandParts],
);

/** A command until it is settled. */
export const CommandSubscription = graphql(
  `
    subscription FollowCommand($id: ID!) {
      command(id: $id) { ...CommandParts }
    }
  `,
  [CommandParts],
);
