import type { ActionUrl, ActionUrlSetting, InvalidArgument } from '@hookswitch/core';
import { invalidArgument } from '@hookswitch/core';
import type { RegisteredPhone } from './phone-registry.ts';

/** The URL for one setting of a phone. The token is what makes it the phone's own. */
function actionUrl(baseUrl: string, token: string, { setting, path, query }: ActionUrlSetting): ActionUrl {
  return { setting, url: `${baseUrl}/a/${token}/${path}${query === '' ? '' : `?${query}`}` };
}

/**
 * The URLs for a phone's settings.
 * @param wanted the vendor's names of settings; left out: all but those for tests
 */
export function actionUrlsOf(
  { driver, actionUrlSettings: settings }: RegisteredPhone,
  link: { readonly baseUrl: string; readonly token: string },
  wanted?: readonly string[],
): { readonly urls: readonly ActionUrl[] } | { readonly failure: InvalidArgument } {
  const unknown = wanted?.findIndex((name) => settings.every(({ setting }) => setting !== name)) ?? -1;
  if (unknown !== -1) {
    return {
      failure: invalidArgument(
        `settings.${unknown}`,
        `This phone has no action URL ${wanted?.[unknown]}. See Phone.actionUrls.`,
      ),
    };
  }
  const urls = settings
    .filter(({ setting, testOnly }) => (wanted === undefined ? testOnly !== true : wanted.includes(setting)))
    .map((setting) => actionUrl(link.baseUrl, link.token, setting));
  const limit = driver?.maxUrlLength ?? null;
  const long = limit === null ? undefined : urls.find(({ url }) => url.length > limit);
  if (long !== undefined) {
    return {
      failure: invalidArgument(
        'settings',
        `The URL for ${long.setting} has ${long.url.length} characters and the phone takes ${limit}: choose a shorter HOOKSWITCH_PUBLIC_URL.`,
      ),
    };
  }
  return { urls };
}

/** The settings that are for tests of the event path only, and the ordinary ones. */
export function allActionUrls(
  { actionUrlSettings }: RegisteredPhone,
  link: { readonly baseUrl: string; readonly token: string },
): readonly ActionUrl[] {
  return actionUrlSettings.map((setting) => actionUrl(link.baseUrl, link.token, setting));
}
