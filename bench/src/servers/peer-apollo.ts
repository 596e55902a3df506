/** graphql-ws with the PubSub of Apollo's graphql-subscriptions. */

import { EventEmitter } from 'node:events';
import { PubSub } from 'graphql-subscriptions';
import { useServer } from 'graphql-ws/use/ws';
import { createSchema } from 'graphql-yoga';
import { WebSocketServer } from 'ws';
import { argument } from './child.ts';
import { eventMaker, PEER_SCHEMA, type PeerEvent } from './peer-schema.ts';
import { serveSyncedReports } from './synced-reports.ts';

const eventOf = eventMaker(argument<{ readonly payload: string }>().payload);
// A thousand subscribers are meant.
const pubSub = new PubSub({ eventEmitter: new EventEmitter().setMaxListeners(0) });
const schema = createSchema({
  typeDefs: PEER_SCHEMA,
  resolvers: {
    PhoneEventUpdate: { __resolveType: () => 'CallEvent' },
    Subscription: {
      phoneEvents: { subscribe: () => pubSub.asyncIterableIterator('event'), resolve: (event: PeerEvent) => event },
    },
  },
});

await serveSyncedReports(
  ({ number }) => void pubSub.publish('event', eventOf(number)),
  (server) => {
    useServer({ schema }, new WebSocketServer({ server, path: '/graphql' }));
  },
);
