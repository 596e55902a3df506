import { graphql, type ResultOf } from '../graphql/graphql.ts';
import { CommandParts } from '../live/documents.ts';

/** All that a phone's page shows of the phone itself. */
export const PhonePageQuery = graphql(`
  query PhonePage($id: ID!) {
    phone(by: { id: $id }) {
      id
      name
      vendor
      model
      firmware
      mac
      address
      sipUri
      tags
      keys
      reachability
      lastEventAt
      silentSince
      removedAt
      features { feature enabled target since }
      leds { key light color label onPress { kind target } appliedAt }
      capabilities { capability evidence source transports }
      driver { name version models { model functionKeys } }
    }
  }
`);

/** A phone with all that its page shows. */
export type PhoneDetails = NonNullable<ResultOf<typeof PhonePageQuery>['phone']>;

/** The phone's accounts, read from the phone. */
export const AccountsQuery = graphql(`
  query Accounts($phoneId: ID!) {
    phoneInfo(phoneId: $phoneId) {
      __typename
      ... on PhoneInfo { transport accounts { account label displayName user host registered } }
      ... on Failure { code message }
    }
  }
`);

/** The phone's display. */
export const ScreenQuery = graphql(`
  query Screen($phoneId: ID!) {
    screen(phoneId: $phoneId) {
      __typename
      ... on PhoneScreen { mediaType base64 widthPx heightPx }
      ... on Failure { code message }
    }
  }
`);

/** The phone's settings, read from the phone. */
export const SettingsQuery = graphql(`
  query Settings($phoneId: ID!) {
    settings(phoneId: $phoneId) {
      __typename
      ... on PhoneSettings { transport settings { name value writable } }
      ... on Failure { code message }
    }
  }
`);

/** The way of a phone's events, and what stands in it. */
export const EventPathQuery = graphql(`
  query EventPath($phoneId: ID!) {
    phone(by: { id: $phoneId }) {
      id
      lastEventAt
      silentSince
      actionUrls { setting url }
      provisioning { url mediaType expiresAt text }
    }
    diagnosis(phoneId: $phoneId) { findings { code severity message fix } }
  }
`);

/** What was asked of a phone, by whom, and what became of it. */
export const HistoryQuery = graphql(
  `
    query History($phoneId: ID!, $first: Int!, $after: String) {
      commands(filter: { phoneIds: [$phoneId] }, first: $first, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { ...CommandParts }
      }
    }
  `,
  [CommandParts],
);

/** What a message would be on the wire, without sending it. */
export const ExplainQuery = graphql(`
  query Explain($phoneId: ID!, $command: CommandInput!) {
    explainCommand(phoneId: $phoneId, command: $command) {
      allowed
      transport
      evidence
      source
      exchanges
      failure { code message }
    }
  }
`);
