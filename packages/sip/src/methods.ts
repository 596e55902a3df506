/** Methods that are known; any other is answered with 501, these with 405 (RFC 3261 sections 8.2.1 and 21.5.2). */
export const KNOWN_METHODS: ReadonlySet<string> = new Set([
  'INVITE',
  'ACK',
  'BYE',
  'CANCEL',
  'REGISTER',
  'OPTIONS',
  'INFO',
  'PRACK',
  'UPDATE',
  'SUBSCRIBE',
  'NOTIFY',
  'MESSAGE',
  'REFER',
  'PUBLISH',
]);

/** What is taken from a peer, for the header Allow: no INVITE, since no call is taken. NOTIFY and MESSAGE outside of dialogs only where somebody answers them. */
export function allowedMethods(handled: boolean): readonly string[] {
  const always = ['OPTIONS', 'ACK', 'CANCEL', 'BYE', 'INFO'];
  return handled ? [...always, 'NOTIFY', 'MESSAGE'] : always;
}
