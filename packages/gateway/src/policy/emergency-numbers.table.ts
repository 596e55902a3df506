import type { CountryCode } from 'libphonenumber-js/max';

/** Emergency numbers of one country that Google's metadata does not have, and who assigned them. */
export interface FurtherEmergencyNumbers {
  /** ISO 3166-1. */
  readonly country: CountryCode;
  readonly numbers: readonly string[];
  /** The document that assigns them. */
  readonly source: string;
}

/**
 * What countries' own plans call emergency numbers beside those of Google's metadata. A number or country that is missing
 * here and there is the operator's to add (`dialling.emergency`).
 */
export const FURTHER_EMERGENCY_NUMBERS: readonly FurtherEmergencyNumbers[] = [
  {
    country: 'AT',
    numbers: ['128', '140', '141', '142', '147'],
    source: 'RTR, KEM-V 2009: short numbers for emergency services (gas, mountain rescue, doctors, crisis lines)',
  },
  { country: 'CH', numbers: ['145', '1414'], source: 'OFCOM, numbering plan E.164/2002: short numbers (poison, Rega)' },
  {
    country: 'ES',
    numbers: ['061', '062', '080', '091', '092'],
    source: 'Plan nacional de numeración: short numbers (health, Guardia Civil, fire, national and local police)',
  },
  {
    country: 'FR',
    numbers: ['114', '115', '119', '191', '196', '197'],
    source: 'ARCEP, plan national de numérotation: numéros d’urgence',
  },
  { country: 'GR', numbers: ['108'], source: 'EETT, national numbering plan: coast guard' },
  { country: 'HR', numbers: ['195'], source: 'HAKOM, numbering plan: search and rescue at sea' },
  { country: 'IT', numbers: ['1530'], source: 'AGCOM, piano di numerazione: Guardia Costiera' },
  { country: 'JP', numbers: ['118'], source: 'MIC, telecommunications numbering plan: coast guard' },
  { country: 'PT', numbers: ['117'], source: 'ANACOM, plano nacional de numeração: forest fires' },
  { country: 'RS', numbers: ['192', '193', '194'], source: 'RATEL, numbering plan: police, fire, ambulance' },
  { country: 'RU', numbers: ['104'], source: 'Russian system and plan of numbering: gas' },
  { country: 'SA', numbers: ['998'], source: 'CST, national numbering plan: civil defence' },
  { country: 'UA', numbers: ['104'], source: 'National numbering plan of Ukraine: gas' },
];

/** The emergency number of the European Union (Directive (EU) 2018/1972, article 109) and of mobile networks (3GPP TS 22.101). */
export const EVERYWHERE = '112';
