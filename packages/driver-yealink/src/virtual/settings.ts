import { ObservableMap } from '@hookswitch/driver-kit/virtual';
import { templateLimit } from './action-url-events.table.ts';

/** Settings that have a value from the factory. */
export const FACTORY_SETTINGS = {
  'features.action_uri.enable': '1',
  // Blank refuses everybody until somebody sets it up.
  'features.action_uri_limit_ip': '',
  'features.show_action_uri_option': '1',
  'features.reboot_in_talk_enable': '1',
  'push_xml.server': '',
  'push_xml.username': '',
  'push_xml.password': '',
  'push_xml.sip_notify': '0',
  'push_xml.block_in_calling': '0',
  'sip.notify_reboot_enable': '1',
  'sip.trust_ctrl': '0',
} as const satisfies Readonly<Record<string, string>>;

const FACTORY: ReadonlyMap<string, string> = new Map(Object.entries(FACTORY_SETTINGS));

/** Stands for "back to what it was from the factory". */
const RESET = '%NULL%';

/** Settings of a phone, with what provisioning and pushed `Configuration` objects may do to them. */
export class PhoneSettings extends ObservableMap<string> {
  constructor(settings: Readonly<Record<string, string>> = {}) {
    super({ ...FACTORY_SETTINGS, ...settings });
  }

  /** What a setting is. One that has a value from the factory is never missing. */
  override get(name: keyof typeof FACTORY_SETTINGS): string;
  override get(name: string): string | undefined;
  override get(name: string): string | undefined {
    return super.get(name) ?? FACTORY.get(name);
  }

  /** Applies one line `name = value`. @returns whether it was one that the phone takes. */
  applyLine(line: string): boolean {
    const [, name, value = ''] = /^\s*([A-Za-z_][\w.]*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined) return false;
    if (value === RESET) return this.#toFactory(name);
    if (name.startsWith('action_url.') && value.length > templateLimit(name)) return false;
    this.set(name, value);
    return true;
  }

  /** Back to what the phone left the factory with. */
  resetAll(): void {
    for (const name of Object.keys(this.toRecord())) this.#toFactory(name);
  }

  #toFactory(name: string): boolean {
    const value = FACTORY.get(name);
    if (value === undefined) this.delete(name);
    else this.set(name, value);
    return true;
  }
}
