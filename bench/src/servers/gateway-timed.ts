/**
 * The gateway, with a clock around the delivery of each event: from when it is in the log until the sockets have what is to be sent. It has
 * no such clock itself: the module is wrapped here, before the gateway is loaded.
 */
import { registerHooks } from 'node:module';
import { createTimed, type Timed } from './timed.ts';

const HUB = '/gateway/dist/events/event-hub.js';
const WRAPPED = `
  import { createEventHub as create } from './event-hub.js?unwrapped';
  export function createEventHub(lastSequence) {
    const hub = create(lastSequence);
    const { publish } = hub;
    return Object.defineProperty(hub, 'publish', { value: (event) => globalThis.hookswitchDeliveries.count(() => publish(event)) });
  }`;

declare global {
  var hookswitchDeliveries: Timed;
}
globalThis.hookswitchDeliveries = createTimed();
let isWrapped = false;
registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith(HUB)) return nextLoad(url, context);
    isWrapped = true;
    return { format: 'module', source: WRAPPED, shortCircuit: true };
  },
});
await import('./gateway.ts');
if (!isWrapped) throw new Error('the gateway has no event hub at that place any more');
