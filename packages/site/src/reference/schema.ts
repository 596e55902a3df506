import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema, type GraphQLSchema } from 'graphql';

/** The gateway's public API, as its package ships it. */
export function gatewaySchema(): GraphQLSchema {
  return buildSchema(readFileSync(fileURLToPath(import.meta.resolve('@hookswitch/gateway/schema.graphql')), 'utf8'));
}
