/** VVX: UC Software 5 and 6. */
export const VVX: readonly number[] = [
  ...[101, 150, 201, 250, 300, 301, 310, 311, 350, 400, 401, 410, 411, 450, 500, 501, 600, 601, 1500],
];

/** Edge E: Poly Voice Software 8, of which no manual was read. */
export const EDGE_E: readonly number[] = [100, 220, 300, 320, 350, 400, 450, 500, 550];

/** Blocks of addresses that Polycom phones in public examples have. */
export const OUIS: ReadonlySet<string> = new Set(['00:04:f2', '64:16:7f']);
