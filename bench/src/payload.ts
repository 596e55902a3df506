import { rawGet } from './clients/raw-get.ts';
import { subscribe } from './clients/subscriber.ts';
import type { GatewayReady } from './servers/gateway.ts';
import { targetOf } from './targets.ts';

const MARK = 999_998;

/** The message that the gateway sends for an event, `NUMBER` in place of the event's: the floor sends the same bytes. */
export async function capturePayload({ url, key, targets }: GatewayReady): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const socket = await subscribe({ url, key }, () => {}, resolve);
  await rawGet(url, targetOf(targets, MARK));
  const text = await promise;
  socket.terminate();
  return text.replace(`"value":"${MARK}"`, '"value":"NUMBER"');
}
