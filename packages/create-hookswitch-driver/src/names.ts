/** What a driver is called, in the forms in which its files need it. */
export interface DriverNames {
  /** `acme`: identity of the driver, prefix of its keys, name of files. */
  readonly vendor: string;
  /** `Acme`: for people, and in names of types. */
  readonly title: string;
  readonly packageName: string;
}

/**
 * Derives the names of a driver.
 * @param vendor lower case: a letter, then letters, digits and hyphens
 * @throws RangeError in words for people where it is not that
 */
export function namesOf(vendor: string): DriverNames {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(vendor)) {
    throw new RangeError(`"${vendor}" is no name of a vendor: a small letter, then small letters, digits and hyphens.`);
  }
  const title = vendor
    .split('-')
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join('');
  return { vendor, title, packageName: `hookswitch-driver-${vendor}` };
}

/** Puts the names into a text, or a path, of the template, whose vendor is called Acme. */
export function renamed(text: string, { vendor, title }: DriverNames): string {
  return text.replaceAll('acme', vendor).replaceAll('Acme', title);
}
