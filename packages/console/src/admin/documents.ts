import { graphql, type ResultOf, type VariablesOf } from '../graphql/graphql.ts';

/** All keys, the revoked ones included. */
export const ApiKeysQuery = graphql(`
  query ApiKeys {
    apiKeys { id name scopes tags masksNumbers createdAt expiresAt revokedAt }
  }
`);

/** An API key, without the key itself. */
export type ApiKey = NonNullable<ResultOf<typeof ApiKeysQuery>['apiKeys']>[number];

/** Makes a key, which is shown once. */
export const CreateApiKeyMutation = graphql(`
  mutation CreateApiKey($name: String!, $scopes: [Scope!]!, $tags: [String!], $maskNumbers: Boolean, $expiresAt: DateTime) {
    createApiKey(name: $name, scopes: $scopes, tags: $tags, maskNumbers: $maskNumbers, expiresAt: $expiresAt) {
      key
      apiKey { id name }
    }
  }
`);

/** Ends a key, and whatever goes on with it. */
export const RevokeApiKeyMutation = graphql(`
  mutation RevokeApiKey($id: ID!) {
    revokeApiKey(id: $id) { id revokedAt }
  }
`);

/** Who did what, newest first. */
export const AuditQuery = graphql(`
  query Audit($filter: AuditFilter, $first: Int!, $after: String) {
    audit(filter: $filter, first: $first, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { sequence at caller { id name } action phoneId phone { name } numbers outcome failureCode rule details }
    }
  }
`);

/** A row of the audit. */
export type AuditRow = NonNullable<ResultOf<typeof AuditQuery>['audit']>['nodes'][number];

/** The same command on many phones. */
export const RunOnPhonesMutation = graphql(`
  mutation RunOnPhones($filter: PhoneFilter!, $command: CommandInput!, $idempotencyKey: String) {
    runOnPhones(filter: $filter, command: $command, idempotencyKey: $idempotencyKey) { id total }
  }
`);

/** What many phones are told. */
export type ManyCommand = VariablesOf<typeof RunOnPhonesMutation>['command'];

/** How far a batch has come. */
export const BatchQuery = graphql(`
  query Batch($id: ID!) {
    node(id: $id) {
      __typename
      ... on CommandBatch {
        total
        pending
        commands(first: 200) { nodes { id name status failure { message } phone { id name } } }
      }
    }
  }
`);
