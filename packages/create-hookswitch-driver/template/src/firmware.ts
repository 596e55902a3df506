/** Whether a firmware is as new as another. One that is not known is taken for the oldest. */
export function isAtLeast(firmware: string | null, wanted: string): boolean {
  const parts = (text: string): readonly number[] => text.split('.').map(Number);
  const given = parts(firmware ?? '0');
  for (const [place, part] of parts(wanted).entries()) {
    const own = given[place] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}
