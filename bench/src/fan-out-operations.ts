import type { Listening } from './clients/listener.ts';

/** What a subscriber asks for. */
export type Asked = NonNullable<Listening['operation']>;

const DISTINCT = 100;
const BODY = 'callEventKind callState vendorEvent variables { name value }';

/** What a console would ask for. */
export const SAME: readonly Asked[] = [
  { query: `subscription { phoneEvents { __typename ... on CallEvent { cursor ${BODY} } } }` },
];

/** As many operations with answers of one length: each has a name of its own for the cursor. */
export const DISTINCT_OPERATIONS: readonly Asked[] = Array.from({ length: DISTINCT }, (_, index) => {
  const alias = `cursor${String(index).padStart(2, '0')}`;
  return { query: `subscription { phoneEvents { __typename ... on CallEvent { ${alias}: cursor ${BODY} } } }` };
});

/** One operation with as many filters, all of which let the events of all those phones through. */
export function distinctFilters(phoneIds: readonly string[]): readonly Asked[] {
  return Array.from({ length: DISTINCT }, (_, index) =>
    filtered([...phoneIds.slice(index), ...phoneIds.slice(0, index)]),
  );
}

/** The same of those phones alone. */
export function filtered(phoneIds: readonly string[]): Asked {
  return {
    query: `subscription ($filter: PhoneEventFilter) { phoneEvents(filter: $filter) { __typename ... on CallEvent { cursor ${BODY} } } }`,
    variables: { filter: { phoneIds } },
  };
}
