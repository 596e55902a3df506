/**
 * No file: the guides give the P-values of seven of the action URLs only, none of them of a call that is answered or ends, and a file
 * with those alone would look as if the phone reported its calls. They are entered in the web interface.
 */
export function provisioning(): null {
  return null;
}
