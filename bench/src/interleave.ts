/** Two things that are measured alike. */
export interface Pair<Figures> {
  readonly gateway: () => Promise<Figures>;
  readonly floor: () => Promise<Figures>;
}

/** Floor and gateway take turns, after one turn of each that is not counted. */
export async function interleave<Figures>(
  rounds: number,
  { gateway, floor }: Pair<Figures>,
): Promise<{ readonly gateway: readonly Figures[]; readonly floor: readonly Figures[] }> {
  const figures: { readonly gateway: Figures[]; readonly floor: Figures[] } = { gateway: [], floor: [] };
  await floor();
  await gateway();
  for (let round = 0; round < rounds; round += 1) {
    figures.floor.push(await floor());
    figures.gateway.push(await gateway());
  }
  return figures;
}
