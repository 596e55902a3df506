import { type Dispatcher, request } from 'undici';

/** The request that the gateway presses a key with, straight to a virtual phone. @throws where it did not take it */
export async function pressStraight(address: string, dispatcher: Dispatcher): Promise<void> {
  const { statusCode, body } = await request(`${address}/command.htm?key=VOLUME_UP`, { dispatcher });
  await body.dump();
  if (statusCode !== 200) throw new Error(`the phone answered ${statusCode}`);
}
