/**
 * How a phone escapes a value that it puts into an action URL. Vendors do not say.
 *
 * - `raw`: not at all. Spaces, `+`, quotes, `&` and UTF-8 bytes go out as they are.
 * - `percent`: as `encodeURIComponent` does.
 * - `percentExceptPlus`: likewise, but `+` stays `+` (observed on Snom).
 * - `spaceOnly`: only spaces become `%20`.
 */
export type ValueEscaping =
  | 'raw'
  | 'percent'
  | 'percentExceptPlus'
  | 'spaceOnly'
  | ((value: string, name: string) => string);

/** Values for the variables of a URL template, and what to do with them. */
export interface TemplateOptions {
  /**
   * How a variable stands in a template, its name in the first group: `/\{(\w+)\}/` for `{remote}`, `/%(\w+)%/` for `%remote%`.
   * Default: `$remote`, where the longest of the names that fit wins.
   */
  readonly placeholder?: RegExp;
  /** Default `raw`. */
  readonly escaping?: ValueEscaping;
  /** What becomes of a variable without a value. Default `empty`; `keep` leaves it as it stands. */
  readonly unknown?: 'empty' | 'keep';
  /** Asked for a variable that is not among the values, by its whole name: `sip_header(X-Queue)`, `user_name[2]`. */
  readonly resolve?: (name: string) => string | undefined;
}

const UNKNOWN_NAME = /^[A-Za-z_]\w*(?:\[[^\]]*\]|\([^)]*\))?/;

const escapers: Readonly<Record<Exclude<ValueEscaping, (...args: never[]) => string>, (value: string) => string>> = {
  raw: (value) => value,
  percent: (value) => encodeURIComponent(value),
  percentExceptPlus: (value) => encodeURIComponent(value).replaceAll('%2B', '+'),
  spaceOnly: (value) => value.replaceAll(' ', '%20'),
};

/**
 * Puts values into a template: `http://gw/x?r=$remote` → `http://gw/x?r=1002@pbx`; in one pass, so that no value is filled in again.
 * Among the names that fit at a `$`, the longest wins (`$display_remote` over `$display`), so `$call-id` works too.
 */
export const expandActionUrl = (
  template: string,
  values: Readonly<Record<string, string>>,
  options: TemplateOptions = {},
): string => {
  const { escaping = 'raw', unknown = 'empty', placeholder, resolve } = options;
  const escaped = typeof escaping === 'function' ? escaping : escapers[escaping];
  if (placeholder !== undefined) {
    return template.replace(
      new RegExp(placeholder, `${placeholder.flags.replace('g', '')}g`),
      (whole: string, name: string) => {
        const value = Object.hasOwn(values, name) ? values[name] : resolve?.(name);
        return value === undefined ? (unknown === 'keep' ? whole : '') : escaped(value, name);
      },
    );
  }
  const names = Object.keys(values).sort((a, b) => b.length - a.length);
  let expanded = '';
  for (let rest = template; rest !== ''; ) {
    const start = rest.indexOf('$');
    if (start < 0) return expanded + rest;
    expanded += rest.slice(0, start);
    rest = rest.slice(start + 1);
    const whole = UNKNOWN_NAME.exec(rest)?.[0] ?? '';
    const resolved = Object.hasOwn(values, whole) ? undefined : resolve?.(whole);
    const known = resolved === undefined ? names.find((name) => rest.startsWith(name)) : whole;
    const name = known ?? whole;
    const value = resolved ?? (known === undefined ? undefined : values[known]);
    if (value !== undefined) expanded += escaped(value, name);
    else if (unknown === 'keep' || name === '') expanded += `$${name}`;
    rest = rest.slice(name.length);
  }
  return expanded;
};
