/** A firmware version taken apart: `66.86.0.15` is family 66 (T41S to T48S), generation 86 ("V86"). */
export interface Firmware {
  /** Which models it is made for: see `FIRMWARE_FAMILIES` in `models.ts`. */
  readonly family: number;
  /** What the vendor's guides call V80, V81, V84 …; the features of a phone follow it, whatever the family. */
  readonly generation: number;
  readonly text: string;
}

/** Takes a version apart as `phonecfg`, `$firmware` and User-Agents write it. Null where it is none. */
export function parseFirmware(text: string | null): Firmware | null {
  const [, family, generation] = /^\s*(\d{1,4})\.(\d{1,4})(?:\.\d+)*\s*$/.exec(text ?? '') ?? [];
  if (text === null || family === undefined || generation === undefined) return null;
  return { family: Number(family), generation: Number(generation), text: text.trim() };
}

/**
 * Generations at which the vendor's guides changed.
 *
 * - `configManOnly`: the last one that knows `/cgi-bin/ConfigManApp.com` alone (a web client's remark on V70).
 * - `xmlPush`: the XML browser developer's guide begins with release 71.
 * - `actionUriV80`: the guide with `ANSWER`, `CALLEND`, `ATrans`, `BTrans`.
 * - `actionUriV81`: the guide with `ASW`, `CANCEL/X`, forwarding, `ASW:<call-id>` and `K1;K2`.
 * - `peripherals`: `action_url.peripheral_information` in templates from V84 on.
 */
export const SINCE = { configManOnly: 70, xmlPush: 71, actionUriV80: 80, actionUriV81: 81, peripherals: 84 } as const;

/** Whether a firmware is of this generation or a later one; `unknown` answers for phones that told none. */
export function isSince(firmware: Firmware | null, generation: number, unknown: boolean): boolean {
  return firmware === null ? unknown : firmware.generation >= generation;
}
