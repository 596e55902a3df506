import SchemaBuilder from '@pothos/core';
import type { Instant } from '../model.ts';
import type { GraphqlContext } from './context.ts';

/** Everything that is declared in this folder is declared on it. Output fields are non-null unless they say otherwise. */
export const builder = new SchemaBuilder<{
  Context: GraphqlContext;
  DefaultFieldNullability: false;
  Scalars: {
    DateTime: { Input: Instant; Output: Instant };
    MacAddress: { Input: string; Output: string };
    PhoneKey: { Input: string; Output: string };
    JSON: { Input: Readonly<Record<string, unknown>>; Output: Readonly<Record<string, unknown>> };
  };
}>({ defaultFieldNullability: false });
