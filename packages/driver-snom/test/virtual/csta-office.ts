import type { VirtualSnomOptions, VirtualSnomPhone } from '../../src/virtual/index.ts';
import { parseXml, type XmlElement } from '../../src/virtual/xml.ts';
import type { Office } from './office.ts';
import { csta, type RawReply } from './wire.ts';

/** Speaks the dialect of bare ids. */
export const OLD = { model: '320', firmware: '8.4.35' } as const;
/** Speaks that of nested ids. */
export const NEW = { model: '720', firmware: '8.7.5.35' } as const;
/** The identity of Snom's examples. */
export const SNOM = { identities: [{ number: '455455', domain: 'ser.intern.snom.de' }] } as const;
/** Its device id. */
export const DEVICE = 'sip:455455@ser.intern.snom.de';

/** Puts a request into a SOAP envelope. */
export const inEnvelope = (request: string): string =>
  `<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body>${request}</SOAP-ENV:Body></SOAP-ENV:Envelope>`;

/** A phone with a call of 455360 ringing. */
export const ringing = async (office: Office, options: VirtualSnomOptions) => {
  const phone = await office.phone({ ...SNOM, ...options });
  const far = office.party('455360');
  far.dial('455455');
  await office.exchange.settled();
  return { phone, far, id: phone.calls[0]?.id ?? '' };
};

/** Sends a request and lets everything settle. */
export const run = async (office: Office, phone: VirtualSnomPhone, body: string): Promise<RawReply> => {
  const reply = await csta(phone, body);
  await office.exchange.settled();
  return reply;
};

/** Who is in which state. */
export const states = (phone: VirtualSnomPhone) => phone.calls.map(({ remote, state }) => `${remote.number} ${state}`);

/** All texts of a reply by element name. */
export const texts = (reply: RawReply, name: string): readonly string[] => {
  const collect = (element: XmlElement): readonly string[] => [
    ...(element.name === name ? [element.text] : []),
    ...element.children.flatMap(collect),
  ];
  const root = parseXml(reply.body);
  return root === undefined ? [] : collect(root);
};
