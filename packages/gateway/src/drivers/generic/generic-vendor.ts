/** What phones are added with that no vendor's driver knows. */
export const GENERIC_VENDOR = 'generic';
