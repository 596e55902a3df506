const LONGEST = 48;

/**
 * The shape of a value, without what it says: letters become `x`, digits `0`, what stands between them stays.
 * `sip:101@pbx.example` → `xxx:000@xxx.xxxxxxx`. Numbers and names of callers come with a phone's reports.
 */
export function shapeOf(value: string): string {
  const short = [...value].slice(0, LONGEST);
  const shape = short.map((character) => {
    if (/\p{L}/u.test(character)) return 'x';
    if (/\p{N}/u.test(character)) return '0';
    return /[ -~]/.test(character) ? character : '?';
  });
  return `${shape.join('')}${short.length < [...value].length ? '…' : ''}`;
}
