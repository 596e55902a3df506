/** Ports that a phone may be at where nothing else is configured: the two of the web, and all that need no privilege. */
export const USUAL_PORTS = ['80', '443', '1024-65535'] as const;

/** Whether a text is a port or a range of ports: `8080`, `1024-65535`. */
export function isPortRange(text: string): boolean {
  const [first = -1, last = first] = /^\d{1,5}(-\d{1,5})?$/.test(text) ? text.split('-').map(Number) : [];
  return first >= 1 && first <= last && last <= 65_535;
}

/** @param ranges see {@link isPortRange} */
export function createPorts(ranges: readonly string[]): { has(port: number): boolean } {
  const pairs = ranges.map((range) => {
    if (!isPortRange(range)) throw new TypeError(`no port or range of ports: ${range}`);
    const [first = 0, last = first] = range.split('-').map(Number);
    return [first, last] as const;
  });
  return { has: (port) => pairs.some(([first, last]) => port >= first && port <= last) };
}
