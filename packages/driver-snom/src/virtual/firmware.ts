const numbers = (firmware: string): readonly number[] =>
  (/\d+(?:\.\d+)*/.exec(firmware)?.[0] ?? '0').split('.').map(Number);

/** Whether a firmware, e.g. `8.7.3.17`, is `wanted` or newer. Missing parts count as 0. */
export const firmwareAtLeast = (firmware: string, wanted: string): boolean => {
  const [have, want] = [numbers(firmware), numbers(wanted)];
  for (let part = 0; part < Math.max(have.length, want.length); part += 1) {
    const difference = (have[part] ?? 0) - (want[part] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
};

/** The name of the hold key: `F_R` before 8.7.3.7, `F_HOLD` from then (Snom, "Can I control my snom phone remotely"). */
export const holdKeyOf = (firmware: string): 'F_R' | 'F_HOLD' =>
  firmwareAtLeast(firmware, '8.7.3.7') ? 'F_HOLD' : 'F_R';

/** Which CSTA over HTTP a firmware speaks (Snom, "Remote phone control"). */
export const cstaGeneration = (firmware: string): 'none' | 'legacy' | 'broken' | 'nested' => {
  if (firmwareAtLeast(firmware, '8.7.3')) return 'nested';
  if (firmwareAtLeast(firmware, '8.7')) return 'broken';
  return firmwareAtLeast(firmware, '7.3.4') ? 'legacy' : 'none';
};
