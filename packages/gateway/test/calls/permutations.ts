/** Every order of some things. */
export function permutations<Item>(all: readonly Item[]): readonly (readonly Item[])[] {
  if (all.length <= 1) return [all];
  return all.flatMap((item, index) => permutations(all.toSpliced(index, 1)).map((order) => [item, ...order]));
}
