export { eventsInJetStream } from './open.ts';
export type { JetStreamOptions } from './options.ts';
