import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './schema.d.ts';

/** Types documents by the gateway's schema. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: {
    DateTime: string;
    ID: string;
    JSON: Readonly<Record<string, unknown>>;
    MacAddress: string;
    PhoneKey: string;
  };
}>();

export type { FragmentOf, ResultOf, VariablesOf } from 'gql.tada';
