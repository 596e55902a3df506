import type { PhoneProfile } from './context.ts';
import type { EventVariable, ObservedDevice, PhoneEvent } from './events.ts';

/** A setting that holds an action URL. */
export interface ActionUrlSetting {
  /** The vendor's name of it: `action_incoming_url`, `action_url.incoming_call`. */
  readonly setting: string;
  /**
   * Its word in the URL's path, `[A-Za-z0-9_-]+`, so that long settings leave room for variables:
   * `incoming_call` for `action_url.incoming_call`.
   */
  readonly path: string;
  /** What stands behind the `?`: names and the vendor's placeholders, e.g. `remote=$remote&csta_id=$csta_id`. */
  readonly query: string;
  /** The phone posts a document to it ({@link ActionUrlReport.body}), and does not only fetch it. Since 1.4 of the contract. */
  readonly isPosted?: boolean;
  /** Only for tests of the event path: not offered in `Phone.actionUrls`. */
  readonly testOnly?: boolean;
}

/** A phone's request to its action URL. */
export interface ActionUrlReport {
  /** The `path` of the setting. */
  readonly path: string;
  /** What stood behind the `?`, not decoded; UTF-8 bytes and stray characters included. */
  readonly rawQuery: string;
  /**
   * What the phone sent with it, where it posts its reports (XML, JSON, …) and does not fetch them: as text, UTF-8 or else
   * Latin-1. Left out: it fetched the URL. Since 1.4 of the contract.
   */
  readonly body?: string | undefined;
}

/** What the report means. */
export interface ParsedReport {
  readonly event: PhoneEvent;
  /** The vendor's own name of the event. */
  readonly vendorEvent: string;
  /** All that came with it, in the order in which it came, secrets left out. */
  readonly variables: readonly EventVariable[];
  readonly device: ObservedDevice;
  /** How many calls the phone says it has, one that begins or goes on included; left out or null: it does not say. */
  readonly ongoingCalls?: number | null | undefined;
  /**
   * True: the phone tells where its call stands now, and not the step that led there, so that a call that was resumed is
   * told as CONNECTED again. The gateway, which knows where the call stood, makes RESUMED or REMOTE_RESUMED of it. Left out:
   * the event is the step. Since 1.4 of the contract.
   */
  readonly tellsState?: boolean | undefined;
  /**
   * Where the HTTP status decides about a call: which one lets it ring and which one rejects it. Left out: the phone
   * does not care, and gets 200.
   */
  readonly screening?: { readonly allowStatus: number; readonly rejectStatus: number };
}

/** Which action URLs a vendor's phones have, and what they mean. */
export interface ActionUrls<Options = unknown> {
  /** The longest URL that a setting holds, placeholders not yet filled in; null: not known. */
  readonly maxUrlLength: number | null;
  /** Those that this model and firmware have. */
  settingsFor(phone: PhoneProfile<Options>): readonly ActionUrlSetting[];
  /**
   * Reads a report. Never throws: whatever a phone sends is an event, if only an {@link PhoneEvent} of type OTHER.
   * @returns null where the path is none of this driver's.
   */
  parse(report: ActionUrlReport, phone: PhoneProfile<Options>): ParsedReport | null;
}

/**
 * Splits a raw query into variables as phones send them: display names with raw spaces, `&` and `#` in them, a raw `+`,
 * bad percent escapes. `+` stays `+`, since phones do not form-encode.
 * @param names names that the URL was made with, in their order. An `&` begins a new variable only before one of them;
 * anything else belongs to the value before it. Empty: every `&` separates.
 */
export function splitRawQuery(rawQuery: string, names: readonly string[] = []): readonly EventVariable[] {
  if (rawQuery === '') return [];
  const variables: { name: string; value: string }[] = [];
  for (const part of rawQuery.split('&')) {
    const end = part.indexOf('=');
    const name = end === -1 ? part : part.slice(0, end);
    const last = variables.at(-1);
    if (names.length > 0 && last !== undefined && !(end !== -1 && names.includes(name))) last.value += `&${part}`;
    else if (part !== '') variables.push({ name, value: end === -1 ? '' : part.slice(end + 1) });
  }
  return variables.map(({ name, value }) => ({ name: decodeTolerantly(name), value: decodeTolerantly(value) }));
}

/** Percent-decodes what can be decoded as UTF-8 and leaves the rest as it is. Never throws. */
export function decodeTolerantly(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}
