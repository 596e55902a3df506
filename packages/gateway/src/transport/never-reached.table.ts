/**
 * Networks that no phone is in, whatever is configured. Forms of IPv6 that carry an IPv4 address are here as a whole,
 * but for the mapped one (`::ffff:192.0.2.1`), which counts as the IPv4 address that it is.
 */
export const NEVER_REACHED = [
  // This host on this network (RFC 1122), link-local, multicast, reserved and broadcast.
  '0.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/128',
  'fe80::/10',
  'ff00::/8',
  // Metadata services of clouds that are not link-local: Alibaba, Oracle, Azure, AWS, Google, Scaleway.
  '100.100.100.200/32',
  '192.0.0.192/32',
  '168.63.129.16/32',
  'fd00:ec2::254/128',
  'fd20:ce::254/128',
  'fd00:42::42/128',
  // Translated IPv4 (RFC 2765), NAT64 (RFC 6052, RFC 8215), Teredo (RFC 4380), 6to4 (RFC 3056).
  '::ffff:0:0:0/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '2001::/32',
  '2002::/16',
] as const;

/** IPv4-compatible addresses (RFC 4291, 2.5.5.1): loopback and the unspecified address lie in it and are no such. */
export const IPV4_COMPATIBLE = '::/96';

/** Loopback: allowed only by an entry that lies within. */
export const LOOPBACK = ['127.0.0.0/8', '::1/128'] as const;
