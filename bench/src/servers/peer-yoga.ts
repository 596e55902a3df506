/** GraphQL Yoga with its stock pubsub, over graphql-ws as its documentation joins them. */
import { setMaxListeners } from 'node:events';
import { useServer } from 'graphql-ws/use/ws';
import { createPubSub, createSchema, createYoga } from 'graphql-yoga';
import { WebSocketServer } from 'ws';
import { argument } from './child.ts';
import { eventMaker, PEER_SCHEMA, type PeerEvent } from './peer-schema.ts';
import { serveSyncedReports } from './synced-reports.ts';

const eventOf = eventMaker(argument<{ readonly payload: string }>().payload);
const eventTarget = new EventTarget();
// A thousand subscribers are meant.
setMaxListeners(0, eventTarget);
const pubSub = createPubSub<{ event: [PeerEvent] }>({ eventTarget });
const yoga = createYoga({
  logging: false,
  schema: createSchema({
    typeDefs: PEER_SCHEMA,
    resolvers: {
      PhoneEventUpdate: { __resolveType: () => 'CallEvent' },
      Subscription: {
        phoneEvents: { subscribe: () => pubSub.subscribe('event'), resolve: (event: PeerEvent) => event },
      },
    },
  }),
});

type Enveloped = ReturnType<typeof yoga.getEnveloped>;

await serveSyncedReports(
  ({ number }) => pubSub.publish('event', eventOf(number)),
  (server) => {
    useServer(
      {
        execute: (args) => (args.rootValue as Enveloped).execute(args),
        subscribe: (args) => (args.rootValue as Enveloped).subscribe(args),
        async onSubscribe(context, _id, params) {
          const { schema, execute, subscribe, contextFactory, parse, validate } = yoga.getEnveloped({
            ...context,
            req: context.extra.request,
            socket: context.extra.socket,
            params,
          });
          const args = {
            schema,
            operationName: params.operationName,
            document: parse(params.query),
            variableValues: params.variables,
            contextValue: await contextFactory(),
            rootValue: { execute, subscribe },
          };
          const errors = validate(args.schema, args.document);
          return errors.length > 0 ? errors : args;
        },
      },
      new WebSocketServer({ server, path: '/graphql' }),
    );
  },
);
