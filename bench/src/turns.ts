/** What is measured alike, by its name. */
export type Sides<Name extends string, Figures> = { readonly [Side in Name]: () => Promise<Figures> };

/** Any number of sides take turns, after one turn of each that is not counted. */
export async function takeTurns<Name extends string, Figures>(
  rounds: number,
  sides: Sides<Name, Figures>,
): Promise<{ readonly [Side in Name]: readonly Figures[] }> {
  const names = Object.keys(sides) as Name[];
  const figures = Object.fromEntries(names.map((name) => [name, [] as Figures[]])) as { [Side in Name]: Figures[] };
  for (const name of names) await sides[name]();
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) figures[name].push(await sides[name]());
  }
  return figures;
}
