/** The oldest major version of Node.js that the packages say they run on. */
const NEEDED = 24;

/**
 * What is told where Node.js is too old: npm only warns of it, and what is then missing fails in words of its own. So a
 * program asks this before it imports anything else.
 * @param version such as `24.1.0`
 * @returns null where it is new enough
 */
export function nodeFault(version: string): string | null {
  if (Number.parseInt(version, 10) >= NEEDED) return null;
  return `error: this needs Node.js ${NEEDED} or newer, and runs on ${version}.\ndo: install a newer one: https://nodejs.org\n`;
}
