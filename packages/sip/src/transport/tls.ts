import { isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect, type PeerCertificate } from 'node:tls';
import { type TlsTrust, TransportFault } from './types.ts';

/** Two connections may be one only where they trust the same. */
export function trustKey(trust: TlsTrust, host: string): string {
  return JSON.stringify([trust.serverName ?? host, trust.ca ?? null, trust.pins?.map(fingerprint) ?? null]);
}

function fingerprint(text: string): string {
  return text.replaceAll(':', '').toLowerCase();
}

/** What the runtime is to ask of the peer's certificate (RFC 5922 section 7: its name is that of the URI's host). */
function tlsOptions(trust: TlsTrust, host: string): ConnectionOptions {
  const name = trust.serverName ?? host;
  const pinned = trust.pins !== undefined && trust.pins.length > 0;
  return {
    host: name,
    // An address is no name for SNI (RFC 6066 section 3); the certificate is compared with it all the same.
    ...(isIP(name) === 0 ? { servername: name } : {}),
    ...(trust.ca === undefined ? {} : { ca: [trust.ca].flat() }),
    rejectUnauthorized: !pinned,
  };
}

/**
 * Makes a TLS connection of a TCP connection.
 * @returns when the handshake is done and the certificate is what was asked for.
 * @throws the error of the runtime, or a TransportFault where the certificate is none of those pinned.
 */
export function startTls(socket: Socket, trust: TlsTrust, host: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const secured = connect({ ...tlsOptions(trust, host), socket });
    secured.once('error', (error) => reject(new TransportFault('TLS', error.message)));
    secured.once('close', () => reject(new TransportFault('TLS', 'closed during the handshake')));
    secured.once('secureConnect', () => {
      const refusal = refusePinned(trust, secured.getPeerCertificate());
      if (refusal === undefined) {
        resolve(secured);
      } else {
        secured.destroy();
        reject(refusal);
      }
    });
  });
}

function refusePinned({ pins }: TlsTrust, certificate: PeerCertificate): TransportFault | undefined {
  if (pins === undefined || pins.length === 0) return undefined;
  const shown = fingerprint(certificate.fingerprint256 ?? '');
  return pins.some((pin) => fingerprint(pin) === shown)
    ? undefined
    : new TransportFault('TLS', 'the certificate is none of those that are pinned');
}
