import type { PhoneAccount } from '@hookswitch/driver-kit/virtual';
import { fullModelName, type YealinkModel, yealinkModel } from './models.ts';
import type { VirtualYealinkPhoneOptions } from './options.ts';

/** Who a phone is, from its options and the table of models. */
export interface PhoneIdentity {
  readonly model: YealinkModel;
  /** `SIP-T54W`. */
  readonly modelName: string;
  readonly firmware: string;
  /** Twelve lower-case hexadecimal digits. */
  readonly mac: string;
  /** `Yealink SIP-T54W 96.85.0.5 80:5e:c0:00:00:01`, as in the phone's provisioning requests. */
  readonly userAgent: string;
  readonly accounts: PhoneAccount[];
}

const YEALINK_OUI = '805ec0';
let macCount = 0;

/** Completes the options. Throws on an unknown model, a MAC address that is none, and more accounts than the model has. */
export const phoneIdentity = (options: VirtualYealinkPhoneOptions): PhoneIdentity => {
  const model = { ...yealinkModel(options.model ?? 'T54W'), ...options.modelOverrides };
  const modelName = fullModelName(model);
  const firmware = options.firmware ?? `${model.firmwarePrefix}.85.0.5`;
  const mac = macOf(options.mac);
  const accounts = [...(options.accounts ?? [firstAccount(options)])];
  if (accounts.length > model.accounts) throw new Error(`A ${modelName} has ${model.accounts} accounts at most.`);
  const userAgent = `Yealink ${modelName} ${firmware} ${mac.replace(/(..)(?=.)/g, '$1:')}`;
  return { model, modelName, firmware, mac, userAgent, accounts };
};

const macOf = (given: string | undefined): string => {
  macCount += 1;
  const mac = (given ?? `${YEALINK_OUI}${macCount.toString(16).padStart(6, '0')}`).replace(/[:.-]/g, '').toLowerCase();
  if (!/^[0-9a-f]{12}$/.test(mac)) throw new Error(`${given} is no MAC address.`);
  return mac;
};

const firstAccount = ({ number = '1001', displayName, exchange }: VirtualYealinkPhoneOptions): PhoneAccount => ({
  index: 1,
  enabled: true,
  registered: true,
  label: number,
  number,
  displayName: displayName ?? `Phone ${number}`,
  domain: exchange?.domain ?? 'pbx.example',
});
