/**
 * Whether an allow list (`features.action_uri_limit_ip`, `push_xml.server`) lets an address in: addresses separated by
 * commas, `*` for an octet (`10.10.*.*`), `any` for all. Blank lets nobody in.
 */
export const isAllowed = (list: string, address: string): boolean => {
  const plain = address.replace(/^::ffff:/i, '');
  return list.split(',').some((entry) => matches(entry.trim(), plain));
};

const matches = (pattern: string, address: string): boolean => {
  if (pattern === 'any' || pattern === address) return true;
  const wanted = pattern.split('.');
  const given = address.split('.');
  return wanted.length === 4 && given.length === 4 && wanted.every((octet, at) => octet === '*' || octet === given[at]);
};
