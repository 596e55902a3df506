import { passwordsInUrls, stripUrlCredentials } from '../security/redact.ts';

// Vendors' names: `http_pass`, `account.1.password`, `keyboard_lock_pw`, `wifi_wpapsk`, `wifi_wep_key1`, `user_hash1`.
const SECRET_NAME = /pass|pwd|_pw\b|psk|wep_?key|secret|pin\b|_pin|token|private_key|_hash/i;

/** A command's arguments as they may be kept and shown: values of settings that are secrets, and logins in URLs, masked. */
export function redactArguments(value: unknown): unknown {
  if (typeof value === 'string') return stripUrlCredentials(value);
  if (Array.isArray(value)) return value.map(redactArguments);
  if (typeof value !== 'object' || value === null) return value;
  const secret = isSecretSetting(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, secret && name === 'value' ? '***' : redactArguments(inner)]),
  );
}

/** The values in a command's arguments that are secrets. */
export function secretValues(value: unknown): readonly string[] {
  if (typeof value === 'string') return passwordsInUrls(value);
  if (Array.isArray(value)) return value.flatMap(secretValues);
  if (typeof value !== 'object' || value === null) return [];
  if (isSecretSetting(value) && 'value' in value && typeof value.value === 'string') return [value.value];
  return Object.values(value).flatMap(secretValues);
}

function isSecretSetting(value: object): boolean {
  return 'name' in value && typeof value.name === 'string' && SECRET_NAME.test(value.name);
}
