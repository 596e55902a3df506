import { ObservableMap } from '@hookswitch/driver-kit/virtual';

/** A phone's settings: those in force, and those in flash that it comes back with. */
export class SnomSettings {
  /** The settings in force, by Snom's names; those with an index carry it at the end: `user_name1`, `fkey0`. */
  readonly running: ObservableMap<string>;
  readonly #factory: Readonly<Record<string, string>>;
  #flash: Readonly<Record<string, string>>;

  /** @param initial what was provisioned, over the factory's. */
  constructor(factory: Readonly<Record<string, string>>, initial: Readonly<Record<string, string>>) {
    this.#factory = factory;
    this.#flash = { ...factory, ...initial };
    this.running = new ObservableMap(this.#flash);
  }

  /** The value in force; empty for a setting that is not there. */
  get(name: string): string {
    return this.running.get(name) ?? '';
  }

  isOn(name: string): boolean {
    return this.get(name) === 'on';
  }

  /** What would be in force after a reboot. */
  get flash(): Readonly<Record<string, string>> {
    return this.#flash;
  }

  /** Writes all settings in force to flash. */
  store(): void {
    this.#flash = this.running.toRecord();
  }

  /** Writes some settings to flash, and no others. */
  storeOnly(values: Readonly<Record<string, string>>): void {
    this.#flash = { ...this.#flash, ...values };
  }

  /** What a power cycle does: flash is in force again. */
  reload(): void {
    for (const name of Object.keys(this.running.toRecord())) {
      if (this.#flash[name] === undefined) this.running.delete(name);
    }
    this.running.assign(this.#flash);
  }

  /** Puts the factory's settings into flash and in force. */
  reset(): void {
    this.#flash = this.#factory;
    this.reload();
  }
}
