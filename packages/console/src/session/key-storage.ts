const NAME = 'hookswitch:key';

/** The key that this tab signed in with; null where nobody did. It ends with the tab. */
export function readKey(): string | null {
  return sessionStorage.getItem(NAME);
}

/** Keeps the key for this tab only; null forgets it. */
export function keepKey(key: string | null): void {
  if (key === null) sessionStorage.removeItem(NAME);
  else sessionStorage.setItem(NAME, key);
}

/**
 * The key in the address's fragment, `#key=…`, as the demo prints it: a fragment is never sent anywhere. It is taken out of
 * the address at once, so that no bookmark and no shared address holds it.
 */
export function takeKeyOfAddress(): string | null {
  const [, key] = /^#key=([^&]+)$/.exec(location.hash) ?? [];
  if (key === undefined) return null;
  history.replaceState(null, '', `${location.pathname}${location.search}#/`);
  return decodeURIComponent(key);
}
