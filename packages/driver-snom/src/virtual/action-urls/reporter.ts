import { ActionUrlClient, type FiredActionUrl } from '@hookswitch/driver-kit/virtual';
import { firmwareAtLeast } from '../firmware.ts';
import type { SnomParts } from '../parts.ts';
import type { ActionUrlName } from './settings.table.ts';
import { type ReportSubject, runtimeVariables, settingVariable } from './variables.ts';

/** Since when variables are replaced behind a `#` as well. */
const FRAGMENTS_SINCE = '8.9.3';

/** Fires the phone's action URLs, and shows what answers them if it is XML. */
export class ActionUrlReporter {
  readonly #parts: SnomParts;
  readonly client: ActionUrlClient;

  constructor(parts: SnomParts, userAgent: string) {
    this.#parts = parts;
    this.client = new ActionUrlClient({
      userAgent,
      escaping: (value, name) =>
        name.startsWith('display_') && !parts.quirks.rawDisplayNames ? encodeURIComponent(value) : value,
      resolve: (name) => settingVariable(parts, name),
      localAddress: parts.host,
    });
  }

  /** Fires the URL of a setting. Resolves with its outcome, or `undefined` if the phone has none to fire. */
  report(setting: ActionUrlName, subject: ReportSubject = {}): Promise<FiredActionUrl | undefined> {
    return this.fireUrl(setting, this.#parts.memory.get(setting), subject);
  }

  /** Fires any URL with variables in it: that of a function key, for one. */
  async fireUrl(event: string, template: string, subject: ReportSubject = {}): Promise<FiredActionUrl | undefined> {
    const values = runtimeVariables(this.#parts, subject);
    const url = this.#settleOutsideQuery(template, values);
    if (url === undefined) return undefined;
    const fired = await this.client.fire(event, url, values);
    if (fired?.reply?.status === 200) this.#parts.browser.showReply(fired.reply.body, fired.url);
    return fired;
  }

  /**
   * Variables are replaced in the query, behind a `#` on newer firmware, and in the path where written `$mac&`. One in
   * the place of the host stays what it is, so that the phone knows no such host and `undefined` is returned.
   */
  #settleOutsideQuery(template: string, values: Readonly<Record<string, string>>): string | undefined {
    const [, authority = '', path = '', rest = ''] = /^(\w+:\/\/[^/?#]*)([^?#]*)(.*)$/s.exec(template) ?? [];
    if (authority === '') return template;
    if (authority.includes('$')) return undefined;
    const settled = path.replace(/\$([A-Za-z_][\w-]*)&/g, (_, name: string) => this.#valueOf(name, values));
    return authority + settled + this.#withoutFragment(rest);
  }

  #withoutFragment(rest: string): string {
    return firmwareAtLeast(this.#parts.firmware, FRAGMENTS_SINCE) ? rest : rest.replace(/#.*$/s, '');
  }

  #valueOf(name: string, values: Readonly<Record<string, string>>): string {
    return values[name] ?? settingVariable(this.#parts, name) ?? '';
  }
}
