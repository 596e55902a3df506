/** A path that begins at the root of the machine, as POSIX, Windows or a `file:` address spell it. Group 2: its last part. */
const ROOTED = /(^|[\s'"`(])(?:file:\/\/)?(?:\/|[A-Za-z]:[\\/])(?:[^\s'"`()\\/]+[\\/])*([^\s'"`()\\/]+)/g;

/** How a driver of the configuration is called before anybody: a package by its name, a path by its last part. */
export function shownName(name: string): string {
  const isPath = /^(?:\.{1,2}[\\/]|[\\/]|[A-Za-z]:[\\/]|file:)/.test(name);
  return isPath ? (name.split(/[\\/]/).findLast((part) => part !== '') ?? name) : name;
}

/** Why a driver is broken, without where on the machine it lies. */
export function shownFault(fault: string): string {
  return fault.replace(ROOTED, '$1$2');
}
