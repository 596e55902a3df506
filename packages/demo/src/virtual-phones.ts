import { VirtualGrandstreamPhone } from '@hookswitch/driver-grandstream/virtual';
import type { VirtualExchange, VirtualPhone } from '@hookswitch/driver-kit/virtual';
import { VirtualPolyPhone } from '@hookswitch/driver-poly/virtual';
import { createVirtualSnomPhone } from '@hookswitch/driver-snom/virtual';
import { createVirtualYealinkPhone, openTo } from '@hookswitch/driver-yealink/virtual';
import { type Person, PUSH_LOGIN, WEB_LOGIN } from './people.ts';

/** A phone of the office: what every virtual phone has, and how it takes a provisioning file. */
export interface OfficePhone extends VirtualPhone {
  /** What its own code threw while it handled requests. */
  readonly handlerErrors: readonly unknown[];
  /** Fetches the file at that address as a phone does, and applies it. Only phones of vendors that have such files. */
  fetchProvisioning?(url: string): Promise<void>;
}

/** A phone of a running office. */
export interface StaffedPhone {
  readonly person: Person;
  readonly phone: OfficePhone;
  /** The gateway's id of it. */
  readonly id: string;
}

/** Where the phones listen, and where the gateway calls them from. */
const PHONE_HOST = '127.0.0.1';

/** What phones are joined to. */
export interface Surroundings {
  readonly exchange: VirtualExchange;
  /** The SIP URI where they register; `undefined`: nowhere. */
  readonly registrar: string | undefined;
}

/** Makes the phone on a person's desk; it does nothing until it is started. */
export function createOfficePhone(person: Person, surroundings: Surroundings): OfficePhone {
  return MAKERS[person.vendor](person, surroundings);
}

const MAKERS: Readonly<Record<Person['vendor'], (person: Person, surroundings: Surroundings) => OfficePhone>> = {
  snom: snomPhone,
  yealink: yealinkPhone,
  poly: polyPhone,
  grandstream: grandstreamPhone,
};

const sipSide = ({ registrar }: Surroundings) => (registrar === undefined ? {} : { registrar });

function snomPhone(
  { number, name, model, firmware, mac, login, reach }: Person,
  surroundings: Surroundings,
): OfficePhone {
  const phone = createVirtualSnomPhone({
    model,
    firmware,
    mac,
    exchange: surroundings.exchange,
    host: PHONE_HOST,
    identities: [{ number, displayName: name }],
    login: { user: WEB_LOGIN.username, password: WEB_LOGIN.password },
    sip: sipSide(surroundings),
    settings: {
      http_scheme: login === 'digest' ? 'on' : 'off',
      use_hidden_tags: 'off',
      // The gateway is not the registrar.
      filter_registrar: 'off',
      mb_trusted_hosts: PHONE_HOST,
      // What somebody has to do at a phone without HTTP: a key whose light can be set, and the word to take settings.
      ...(reach === 'sip' ? { fkey2: 'button 3', allow_sip_settings: 'on' } : {}),
    },
  });
  const fetchProvisioning = async (url: string): Promise<void> => {
    phone.settings.set('setting_server', url);
    if ((await phone.provision()) === 0) throw new Error(`The phone ${number} did not take its provisioning file.`);
  };
  return Object.assign(phone, { fetchProvisioning });
}

function yealinkPhone({ number, name, model, firmware, mac }: Person, surroundings: Surroundings): OfficePhone {
  const phone = createVirtualYealinkPhone({
    model,
    firmware,
    mac,
    exchange: surroundings.exchange,
    host: PHONE_HOST,
    number,
    displayName: name,
    credentials: WEB_LOGIN,
    sip: sipSide(surroundings),
    settings: { ...openTo(PHONE_HOST), 'push_xml.sip_notify': '1' },
    // As long as it takes to see in a subscription that the phone was away.
    bootMs: 200,
  });
  const fetchProvisioning = async (url: string): Promise<void> => {
    phone.settings.set('static.auto_provision.server.url', url);
    const results = await phone.autoProvision();
    if (results.length === 0 || results.some(({ accepted, rejected }) => !accepted || rejected.length > 0)) {
      throw new Error(`The phone ${number} did not take its provisioning file: ${JSON.stringify(results)}`);
    }
  };
  return Object.assign(phone, { fetchProvisioning });
}

function polyPhone({ number, name, model, firmware, mac }: Person, { exchange }: Surroundings): OfficePhone {
  const phone = new VirtualPolyPhone({
    exchange,
    model,
    firmware,
    mac,
    host: PHONE_HOST,
    number,
    displayName: name,
    credentials: WEB_LOGIN,
    settings: {
      'apps.push.messageType': '5',
      'apps.push.username': PUSH_LOGIN.username,
      'apps.push.password': PUSH_LOGIN.password,
    },
    // What is told of one generation and not of the other.
    quirks: model.startsWith('Edge') ? { stateWords: 'lines' } : { handles: 'bare', tellsTwice: true },
  });
  return Object.assign(phone, { fetchProvisioning: (url: string) => phone.provision(url) });
}

function grandstreamPhone({ number, name, model, firmware, mac }: Person, { exchange }: Surroundings): OfficePhone {
  const common = {
    exchange,
    model,
    firmware,
    mac,
    host: PHONE_HOST,
    number,
    displayName: name,
    credentials: WEB_LOGIN,
  };
  // What the guide has, and what public code has.
  const quirks = model.startsWith('GXP') ? ({ deniesBy: 'body', dialingWord: 'calling' } as const) : {};
  return new VirtualGrandstreamPhone({ ...common, quirks });
}
