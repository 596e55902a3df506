/** An action URL taken apart without touching its bytes. */
export interface ActionUrlTarget {
  readonly secure: boolean;
  /** `user:password` as it stood before the `@`, percent-decoded; `undefined` without. */
  readonly userInfo: string | undefined;
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
  /** Host and port as they stood in the URL, for the `Host` header. */
  readonly authority: string;
  /** Path and query exactly as they stood; at least `/`. */
  readonly target: string;
}

const ACTION_URL = /^(https?):\/\/(?:([^/?#]*)@)?(\[[^\]]+\]|[^:/?#]+)(?::(\d+))?(.*)$/is;

/** Takes a URL apart; `undefined` if a phone could not fire it. `new URL` would escape and so hide what phones really send. */
export const parseActionUrl = (url: string, fragment: 'cut' | 'send' = 'cut'): ActionUrlTarget | undefined => {
  const [, scheme, userInfo, host, port, rest = ''] = ACTION_URL.exec(url) ?? [];
  if (scheme === undefined || host === undefined) return undefined;
  const secure = scheme.toLowerCase() === 'https';
  const target = fragment === 'cut' ? (rest.split('#')[0] ?? '') : rest;
  return {
    secure,
    userInfo: userInfo === undefined ? undefined : decodeLeniently(userInfo),
    host: host.replace(/^\[|\]$/g, ''),
    port: port === undefined ? (secure ? 443 : 80) : Number(port),
    authority: port === undefined ? host : `${host}:${port}`,
    target: target.startsWith('/') ? target : `/${target}`,
  };
};

/** The bytes of the request, text as UTF-8: a GET, or a POST where there is something to be posted. */
export const actionUrlRequest = (
  target: ActionUrlTarget,
  headers: Readonly<Record<string, string>>,
  document?: { readonly contentType: string; readonly body: string | Uint8Array },
): Uint8Array => {
  const { authority, userInfo } = target;
  const all: Record<string, string> = { Host: authority, Accept: '*/*', Connection: 'close', ...headers };
  if (userInfo !== undefined) all.Authorization = `Basic ${Buffer.from(userInfo).toString('base64')}`;
  const body = Buffer.from(document?.body ?? '');
  if (document !== undefined) all['Content-Length'] = String(body.length);
  if (document !== undefined && document.contentType !== '') all['Content-Type'] = document.contentType;
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const method = document === undefined ? 'GET' : 'POST';
  return Buffer.concat([Buffer.from(`${method} ${target.target} HTTP/1.1\r\n${lines.join('')}\r\n`), body]);
};

const decodeLeniently = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A stray % in a password: phones take it as it is.
  }
};
