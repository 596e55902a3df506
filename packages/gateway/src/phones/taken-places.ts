import type { Phone } from '../model.ts';

/** Whose a MAC address or address is: no two phones that have not been removed have one. */
export class TakenPlaces {
  readonly #owners = new Map<string, string>();

  /** @param before the phone as it was */
  change(before: Phone | undefined, phone: Phone): void {
    for (const place of before === undefined ? [] : placesOf(before)) {
      if (this.#owners.get(place) === phone.id) this.#owners.delete(place);
    }
    if (phone.removedAt !== null) return;
    for (const place of placesOf(phone)) this.#owners.set(place, phone.id);
  }

  /** The id of another phone with this one's MAC address or address; null: none. */
  ownerBeside(phone: Phone): string | null {
    const owners = placesOf(phone).map((place) => this.#owners.get(place));
    return owners.find((owner) => owner !== undefined && owner !== phone.id) ?? null;
  }
}

/** An address has a scheme, and a MAC address none. */
function placesOf({ mac, address }: Phone): readonly string[] {
  return [mac, address].filter((place) => place !== null);
}
