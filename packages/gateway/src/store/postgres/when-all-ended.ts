/**
 * What all of them give, as `Promise.all` does. Where some fail it waits until the others have ended too, and rejects with what came first: of
 * statements that were sent one behind the other, what follows the first failure tells only that there was one.
 */
export async function whenAllEnded<Results extends readonly unknown[] | []>(
  all: Results,
): Promise<{ -readonly [Place in keyof Results]: Awaited<Results[Place]> }> {
  try {
    return await Promise.all(all);
  } catch (error) {
    await Promise.allSettled(all);
    throw error;
  }
}
