/** Somebody on a call. */
interface Named {
  readonly displayName: string | null;
  readonly number: string | null;
  readonly uri?: string | null;
}

/** What a party is called on the page. */
export function partyName({ displayName, number, uri }: Named): string {
  return displayName || number || uri || 'Unknown';
}

/** Name and number where both are known and differ. */
export function partyFull(party: Named): string {
  const name = partyName(party);
  return party.number !== null && party.number !== name ? `${name} (${party.number})` : name;
}

/** `snom` → `Snom`. */
export function vendorName(vendor: string): string {
  return vendor.charAt(0).toUpperCase() + vendor.slice(1);
}

/** `VERIFY_EVENTS` → `Verify events`. */
export function plainWords(constant: string): string {
  const words = constant
    .toLowerCase()
    .replaceAll('_', ' ')
    .replace(/\b(?:dnd|dtmf|led|sip|xml)\b/g, (word) => word.toUpperCase())
    .replace(/\burls\b/, 'URLs');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
