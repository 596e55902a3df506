/** The arguments of commands that name calls: clients see ids, the gateway its own. */
export const CALL_ARGUMENTS: ReadonlySet<string> = new Set(['callId', 'heldCallId', 'consultationCallId', 'callIds']);
