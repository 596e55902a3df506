/** One figure, of the gateway and of its floor, from each round. */
export interface Row {
  readonly what: string;
  readonly unit: string;
  readonly gateway: readonly number[];
  /** Empty where there is none: then there is a limit. */
  readonly floor: readonly number[];
  /** What the figure, or its ratio to the floor, is to be, in words. */
  readonly limit?: string;
}

/** How large a run is. */
export interface BenchSize {
  /** How often floor and gateway take turns. */
  readonly rounds: number;
  /** Multiplies the numbers of requests. */
  readonly scale: number;
}

/** The median; of an even number the upper one. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which that share of the values lies. */
export function quantile(values: readonly number[] | Float64Array, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Median [smallest – largest] of gateway and floor, and the ratio of the medians. */
export function renderTable(rows: readonly Row[]): string {
  const cells = rows.map(({ what, unit, gateway, floor, limit = '' }) => [
    `${what}, ${unit}`,
    spread(gateway),
    floor.length === 0 ? '–' : spread(floor),
    floor.length === 0 ? '–' : (median(gateway) / median(floor)).toFixed(2),
    limit,
  ]);
  const lines = [['', 'gateway', 'floor', 'gateway ÷ floor', 'is to be'], ...cells];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map(
      (line) =>
        `${line
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

function spread(values: readonly number[]): string {
  return `${short(median(values))} [${short(Math.min(...values))} – ${short(Math.max(...values))}]`;
}

function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
