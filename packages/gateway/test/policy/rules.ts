import { type DiallingConfig, diallingConfig, diallingSection } from '../../src/config/dialling.ts';
import type { NumberRules } from '../../src/policy/judge-number.ts';

/** An office in Berlin. */
const BERLIN = {
  country: 'DE',
  area: '30',
  extensions: ['[2-4]\\d\\d', '\\*8[2-4]\\d\\d'],
  domains: ['pbx.example'],
  allow: ['+49', '+43'],
  deny: ['+49900', '+49180', '+43900', '118', '0137'],
  timeZone: 'Europe/Berlin',
};

/** The section as the configuration file would give it. */
export function dialling(changed: Readonly<Record<string, unknown>> = {}): DiallingConfig {
  const config = diallingConfig(diallingSection.parse({ ...BERLIN, ...changed }));
  if (config === null) throw new Error('the section is there');
  return config;
}

/** Its rules alone. */
export function rules(changed: Readonly<Record<string, unknown>> = {}): NumberRules {
  return dialling(changed).rules;
}
