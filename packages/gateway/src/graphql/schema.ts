import { GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { builder } from './builder.ts';
// Each declares its part on the builder.
import './scalars.ts';
import './node.ts';
import './failures.ts';
import './driver.ts';
import './call.ts';
import './event.ts';
import './phone.ts';
import './command.ts';
import './query.ts';
import './mutation.ts';
import './subscription.ts';
import './api-keys.ts';
import './audit.ts';
import './identify-device.ts';
import './onboarding.ts';

let schema: GraphQLSchema | undefined;

/** The public API, as `schema.graphql` of this package shows it. The same value at every call. */
export function createSchema(): GraphQLSchema {
  schema ??= withoutUnusedScalars(builder.toSchema());
  return schema;
}

/** The text of `schema.graphql`, sorted, so that a change to the API is all that its diff shows. */
export function printedSchema(): string {
  return `${printSchema(lexicographicSortSchema(createSchema()))}\n`;
}

// The builder brings all of GraphQL's own scalars; no field is a Float.
function withoutUnusedScalars(built: GraphQLSchema): GraphQLSchema {
  const config = built.toConfig();
  return new GraphQLSchema({ ...config, types: config.types.filter(({ name }) => name !== 'Float') });
}
