/** Of several sockets the one that is meant for HTTP has this name (`FileDescriptorName=`). */
const NAME = 'http';

/** The first file descriptor that is passed on. */
const FIRST = 3;

/** A socket that somebody else opened, or why what was passed on is of no use, in words. */
export type InheritedSocket = { readonly fd: number | null } | { readonly fault: string };

/**
 * Finds the listening socket that the service manager opened and passed on, so that it outlives this process: what connects
 * while no gateway runs waits in its queue and is refused nothing.
 *
 * The protocol is that of sd_listen_fds(3): `LISTEN_PID` names the process that is meant, `LISTEN_FDS` says how many there are, from
 * file descriptor 3 on, and `LISTEN_FDNAMES` what they are called, with colons between.
 * @returns `fd` null where none was passed to this process
 */
export function inheritedSocket(
  { LISTEN_PID, LISTEN_FDS, LISTEN_FDNAMES }: Readonly<Record<string, string | undefined>>,
  pid: number,
): InheritedSocket {
  if (LISTEN_FDS === undefined || LISTEN_PID !== String(pid)) return { fd: null };
  if (!/^\d{1,4}$/.test(LISTEN_FDS)) return { fault: `LISTEN_FDS: "${LISTEN_FDS}" is no number of sockets.` };
  const count = Number(LISTEN_FDS);
  if (count <= 1) return { fd: count === 1 ? FIRST : null };
  const index = (LISTEN_FDNAMES ?? '').split(':').indexOf(NAME);
  if (index >= 0 && index < count) return { fd: FIRST + index };
  return { fault: `LISTEN_FDS: of ${count} sockets none is named "${NAME}" (FileDescriptorName=).` };
}
