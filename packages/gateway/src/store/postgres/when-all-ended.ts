/** What all of them give, as `Promise.all` does; but where some fail it waits until the others have ended too. */
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
