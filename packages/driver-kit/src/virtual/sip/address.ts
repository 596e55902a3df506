/** What a SIP URI says of where to send. */
export interface SipTarget {
  readonly user: string;
  readonly host: string;
  /** 5060 where none is named. */
  readonly port: number;
  readonly transport: 'udp' | 'tcp';
}

const URI = /^sips?:(?:([^@;?]*)@)?(\[[^\]]+\]|[^:;?>]+)(?::(\d+))?([^?>]*)/i;

/** Reads a SIP URI, bare or out of `"Name" <sip:…>;tag=…`. Throws an `Error` where it is none. */
export const sipTargetOf = (text: string): SipTarget => {
  const [, user = '', host, port = '5060', parameters = ''] = URI.exec(/<([^>]*)>/.exec(text)?.[1] ?? text) ?? [];
  if (host === undefined) throw new Error(`"${text}" is no SIP URI.`);
  const isTcp = /;transport=tcp\b/i.test(parameters);
  return {
    user: user.replace(/:.*$/, ''),
    host: host.replace(/^\[|\]$/g, ''),
    port: Number(port),
    transport: isTcp ? 'tcp' : 'udp',
  };
};

/** The URI of a name-addr or addr-spec, without the parameters of the header. */
export const uriIn = (text: string): string => /<([^>]*)>/.exec(text)?.[1] ?? text.split(';')[0]?.trim() ?? '';

/** A parameter of a header (`tag`, `branch`, `rport`): empty where it has no value, `undefined` where it is not there. */
export const parameterOf = (value: string, name: string): string | undefined => {
  const behind = value.replace(/^.*>/, '').replace(/^[^;]*/, '');
  const found = new RegExp(`;\\s*${name}\\s*(?:=\\s*("[^"]*"|[^;\\s]*))?`, 'i').exec(behind);
  return found === null ? undefined : (found[1] ?? '').replace(/^"|"$/g, '');
};

/** `host:port`, IPv6 in brackets. */
export const hostPort = (host: string, port: number): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
