import { type Dispatcher, request } from 'undici';
import type { GatewayReady } from '../servers/gateway.ts';

const PRESS =
  'mutation Press($phoneId: ID!) { pressKeys(phoneId: $phoneId, command: { keys: [{ key: "VOLUME_UP" }] }) { status failure { message } } }';

/** Has a key pressed on that phone. @throws where the phone did not take it */
export async function pressAKey({ url, key }: GatewayReady, phoneId: string, dispatcher: Dispatcher): Promise<void> {
  const { body } = await request(`${url}/graphql`, {
    dispatcher,
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query: PRESS, variables: { phoneId } }),
  });
  const text = await body.text();
  if (!text.includes('"ACCEPTED"')) throw new Error(`the command was not accepted: ${text}`);
}
