import type { DriverModel } from '@hookswitch/core';

/** Phones that speak alike. VVX: UC Software 5 and 6. EDGE_E: Poly Voice Software 8, of which no manual was read. */
export type Generation = 'VVX' | 'EDGE_E';

const NUMBERS: Readonly<Record<Generation, readonly number[]>> = {
  VVX: [101, 150, 201, 250, 300, 301, 310, 311, 350, 400, 401, 410, 411, 450, 500, 501, 600, 601, 1500],
  EDGE_E: [100, 220, 300, 320, 350, 400, 450, 500, 550],
};

/** The models by the names under which they are sold. How many of their line keys may be programmed was not looked up. */
export const MODELS: readonly DriverModel[] = [
  ...NUMBERS.VVX.map((number) => ({ model: `VVX ${number}`, functionKeys: null })),
  ...NUMBERS.EDGE_E.map((number) => ({ model: `Edge E${number}`, functionKeys: null })),
];

/** The name of a model as this table has it, from what a phone or a person says: `VVX_350`, `PolyEdge E350`; null: none of these. */
export function canonicalModel(text: string | null): string | null {
  const [, vvx, edge] = /vvx[\s_-]*(\d+)|edge[\s_-]*e[\s_-]*(\d+)/i.exec(text ?? '') ?? [];
  const name = vvx !== undefined ? `VVX ${vvx}` : edge !== undefined ? `Edge E${edge}` : null;
  return MODELS.some(({ model }) => model === name) ? name : null;
}

/** A phone of which nobody knows what it is may be one of those of which less is known. */
export function generationOf(model: string | null): Generation {
  return canonicalModel(model)?.startsWith('VVX') === true ? 'VVX' : 'EDGE_E';
}
