import type { Gateway } from '@hookswitch/gateway';

/** Who changes the registry, as the gateway's application takes it. */
export type Caller = Parameters<Gateway['application']['phones']['add']>[1];
/** What the application makes a phone of. */
export type NewPhone = Parameters<Gateway['application']['phones']['add']>[0];

/** A kind of phone that reports calls in full. */
export const REPORTER = { vendor: 'yealink', model: 'T46U', firmware: '108.86.0.20' } as const;

/**
 * Origin-form targets of a phone's action URLs: a call that begins, and its end. What the phone would fill in is filled in, but for the
 * call's id and the caller's name.
 */
export function reportsOf({ application, url }: Gateway, phoneId: string, caller: Caller): readonly [string, string] {
  const urls = application.phones.actionUrls(phoneId, caller) ?? [];
  const targetOf = (setting: string): string => {
    const found = urls.find((one) => one.setting === setting);
    if (found === undefined) throw new Error(`the phone has no ${setting}`);
    return found.url
      .slice(url.length)
      .replaceAll(/\bmac=\$\w+&?/g, '')
      .replace('$model', REPORTER.model)
      .replace('$firmware', REPORTER.firmware)
      .replaceAll(/\$(?!(call_id|display_remote)\b)\w+/g, 'sip:101@pbx.example');
  };
  return [targetOf('action_url.incoming_call'), targetOf('action_url.call_terminated')];
}
