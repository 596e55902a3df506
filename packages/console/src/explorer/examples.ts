import { stringifyDocument, type TypedDocumentNode } from '@urql/core';
import { EventsSubscription } from '../events/documents.ts';
import { CallsSubscription, FloorQuery } from '../live/documents.ts';
import { ExplainQuery, HistoryQuery } from '../phone/documents.ts';
import { DialMutation, MessageMutation } from '../phone/mutations.ts';
import type { Operation } from './operation-path.ts';

/** An operation that somebody may begin with. */
export interface Example extends Operation {
  readonly name: string;
}

/** Examples of all three kinds, on that phone. They are what this page itself asks. */
export function examplesFor(phoneId: string): readonly Example[] {
  return [
    example('All phones', FloorQuery, { first: 50 }),
    example('Calls as they go on', CallsSubscription, {
      filter: { states: ['RINGING', 'DIALING', 'CONNECTED', 'HELD'] },
    }),
    example('Events as they come', EventsSubscription, {}),
    example('Dial', DialMutation, { phoneId, command: { to: '300' } }),
    example('Show a message', MessageMutation, {
      phoneId,
      command: { title: 'Reception', text: 'Your visitor is here.' },
    }),
    example('What would a command send?', ExplainQuery, { phoneId, command: { setHold: { held: true } } }),
    example('What was asked of a phone', HistoryQuery, { phoneId, first: 20 }),
  ];
}

function example<Variables>(
  name: string,
  document: TypedDocumentNode<unknown, Variables>,
  variables: NoInfer<Variables>,
): Example {
  return { name, query: stringifyDocument(document), variables: JSON.stringify(variables, null, 2) };
}
