/** Modules of Node.js that only compute: a driver may import them. */
export const PURE_BUILTINS: readonly string[] = [
  'assert',
  'assert/strict',
  'buffer',
  'crypto',
  'punycode',
  'querystring',
  'string_decoder',
  'url',
  'util',
  'util/types',
];

/** Modules of Node.js that open connections. */
export const NETWORK_BUILTINS: readonly string[] = [
  'dgram',
  'dns',
  'dns/promises',
  'http',
  'http2',
  'https',
  'inspector',
  'inspector/promises',
  'net',
  'quic',
  'tls',
];

/** Packages of the registry that open connections, or that speak to the gateway from outside. */
export const NETWORK_PACKAGES: readonly string[] = [
  '@hookswitch/client',
  '@hookswitch/gateway',
  '@hookswitch/sip',
  'axios',
  'cross-fetch',
  'follow-redirects',
  'got',
  'isomorphic-fetch',
  'ky',
  'mqtt',
  'needle',
  'node-fetch',
  'phin',
  'request',
  'sip',
  'sip.js',
  'socket.io-client',
  'ssh2',
  'superagent',
  'undici',
  'ws',
];

/** Globals by which a driver would get round its context. */
export const OUTSIDE_GLOBALS: readonly string[] = [
  'fetch',
  'WebSocket',
  'WebSocketStream',
  'EventSource',
  'XMLHttpRequest',
  'process',
  'global',
  'globalThis',
];

/** Globals that start timers. */
export const TIMER_GLOBALS: readonly string[] = ['setTimeout', 'setInterval', 'setImmediate'];
