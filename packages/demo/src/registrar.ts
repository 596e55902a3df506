import type { Config, Gateway } from '@hookswitch/gateway';
import { KAMAILIO, type Kamailio, missingPackages, startKamailio } from '@hookswitch/sip-peers';

/** Where the phones' SIP goes. */
export type OfficeRegistrar =
  /** The phones have registered at it, and the gateway asks it where they are. */
  | { readonly kamailio: Kamailio }
  /** The gateway is told each phone's own address. */
  | { readonly kamailio: null; readonly why: string };

const HOST = '127.0.0.1';
const ANY_ADDRESS = ['0.0.0.0', '::'];
/** A week: virtual phones register when they start, and never again. */
const WEEK_SECONDS = 7 * 24 * 3600;

/** Starts a Kamailio on this machine where it is installed. It ends with this process, even if that is killed. */
export async function startRegistrar(): Promise<OfficeRegistrar> {
  const missing = missingPackages(KAMAILIO);
  if (missing.length > 0) return { kamailio: null, why: `${missing.join(' and ')} is not installed` };
  try {
    return { kamailio: await startKamailio({ host: HOST, minExpiresSeconds: WEEK_SECONDS }) };
  } catch (error) {
    const [line = ''] = (error instanceof Error ? error.message : String(error)).trim().split('\n').slice(-1);
    return { kamailio: null, why: `Kamailio does not start: ${line}` };
  }
}

/** The configuration with that registrar for a domain, before all others. */
export function withRegistrar(config: Config, { kamailio }: OfficeRegistrar, domain: string): Config {
  if (kamailio === null) return config;
  const { sip } = config;
  const registrar: Config['sip']['registrars'][number] = {
    kind: 'kamailio',
    url: kamailio.rpcUrl,
    table: 'location',
    domains: [domain],
  };
  const registrars = [registrar, ...sip.registrars];
  return { ...config, sip: { ...sip, configured: true, domain: sip.domain ?? domain, registrars } };
}

/** Tells Kamailio where the gateway is: to it go the messages of phones whose keys are pressed. */
export async function addGateway({ kamailio }: OfficeRegistrar, { sip }: Pick<Gateway, 'sip'>): Promise<void> {
  const listening = sip.find(({ transport }) => transport === 'udp');
  if (kamailio === null || listening === undefined) return;
  const host = ANY_ADDRESS.includes(listening.host) ? HOST : listening.host;
  await kamailio.addContact('hookswitch', `sip:hookswitch@${host}:${listening.port}`);
}

/** Its SIP URI, for phones that register there. */
export function registrarUri({ kamailio }: OfficeRegistrar): string | undefined {
  return kamailio === null ? undefined : `sip:${kamailio.host}:${kamailio.port}`;
}
