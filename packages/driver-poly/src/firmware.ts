/** Whether a firmware, `5.9.3.2857`, is as new as another. One that is not known is taken for a new one: most are. */
export function isAtLeast(firmware: string | null, wanted: string): boolean {
  const given = /^\d+(?:\.\d+)*/.exec(firmware ?? '')?.[0];
  if (given === undefined) return true;
  const own = given.split('.').map(Number);
  for (const [place, part] of wanted.split('.').map(Number).entries()) {
    if ((own[place] ?? 0) !== part) return (own[place] ?? 0) > part;
  }
  return true;
}
