/** Mercurius on Fastify, with its own pubsub. */
import Fastify from 'fastify';
import { mercurius } from 'mercurius';
import { argument } from './child.ts';
import { eventMaker, PEER_SCHEMA, type PeerEvent } from './peer-schema.ts';
import { serveSyncedReports } from './synced-reports.ts';

const eventOf = eventMaker(argument<{ readonly payload: string }>().payload);
const parts: { publish: (event: PeerEvent) => void } = { publish: () => {} };

await serveSyncedReports(
  ({ number }) => parts.publish(eventOf(number)),
  async (server) => {
    const app = Fastify({
      // What is not a report is Mercurius's; it takes sockets by the server's upgrades.
      serverFactory: (handler) => {
        server.on('request', (request, response) => {
          if (!request.url?.includes('display_remote=')) handler(request, response);
        });
        return server;
      },
    });
    await app.register(mercurius, {
      schema: PEER_SCHEMA,
      subscription: true,
      resolvers: {
        PhoneEventUpdate: { resolveType: () => 'CallEvent' },
        Subscription: {
          phoneEvents: {
            subscribe: (_root, _args, { pubsub }) => pubsub.subscribe('event'),
            resolve: (event: PeerEvent) => event,
          },
        },
      },
    });
    await app.ready();
    parts.publish = (event) => void app.graphql.pubsub.publish({ topic: 'event', payload: event });
  },
);
