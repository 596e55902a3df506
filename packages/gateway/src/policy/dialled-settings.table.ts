/**
 * Names of settings whose values phones dial, by vendor, as far as the protocols' pages name them: keys, forwarding,
 * speed dials, hot lines, dial plans. Anything that `writeSettings` is told under such a name is judged.
 */
export const DIALLED_SETTINGS: readonly RegExp[] = [
  // Snom: fkey3 = `speed 101`, redirect_number, redirect_busy_number, redirect_time_number, user_hotline1, speed2.
  /^(?:fkey|dkey_?|gkey)\w*$/i,
  /^redirect_\w*number\d*$/i,
  /^(?:user_)?(?:hotline|auto_?dial|auto_connect|speed)\w*$/i,
  /^user_dp_str\d*$/i,
  // Yealink: linekey.3.value, programablekey.1.value, memorykey.2.value, expansion_module.1.key.2.value.
  /^(?:linekey|programablekey|programmablekey|memorykey|expansion_module)\b.*\.(?:value|extension|xml_phonebook)$/i,
  /^edk\..*$/i,
  // Yealink: forward.always.target, account.1.always_fwd.target, features.hotline_number, dialplan.replace.replace.1.
  /(?:forward|fwd)\b.*\.target$/i,
  /hotline_number$/i,
  /^dialplan\./i,
];

/**
 * Types of Yealink's keys that dial what the key's `value` holds (speed dial, BLF, intercom and their like; `13` and `16`
 * stand in the templates of tancredi and wazo): written alone they make a number of what was a DTMF key's tones.
 */
export const KEY_TYPE_NAME = /^((?:linekey|programablekey|programmablekey|memorykey|expansion_module)\b.*)\.type$/i;
/** Types that dial nothing: none, DTMF, line, URL, XML browser. */
export const SILENT_KEY_TYPES: ReadonlySet<string> = new Set(['0', '11', '15', '17', '27']);
