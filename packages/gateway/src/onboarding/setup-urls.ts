import type { PhoneEvent } from '@hookswitch/core';
import type { DriverPort } from '../drivers/driver-port.ts';
import type { OnboardingUrl } from './onboarding.ts';
import { profileOfNone } from './read-report.ts';

/** What a phone reports by itself when it has started: the first that anybody hears of it. */
function isFirst(event: PhoneEvent): boolean {
  if (event.type === 'DEVICE') return event.deviceEventKind === 'STARTED';
  return event.type === 'REGISTRATION' && event.registrationState === 'REGISTERED';
}

/** The settings of every vendor's phones whose URLs are asked for when a phone starts, with the vendor's own placeholders. */
export async function setupUrls(
  drivers: readonly DriverPort[],
  link: { readonly baseUrl: string; readonly token: string },
  onError: (error: unknown) => void,
): Promise<readonly OnboardingUrl[]> {
  const all = await Promise.all(
    drivers.map(async (driver) => {
      try {
        const profile = await profileOfNone(driver);
        const { actionUrlSettings } = await driver.abilities(profile);
        const meant = await Promise.all(
          actionUrlSettings
            .filter(({ testOnly }) => testOnly !== true)
            .map(async (setting) => {
              const parsed = await driver.parse({ path: setting.path, rawQuery: '' }, profile);
              return parsed !== null && isFirst(parsed.event) ? [setting] : [];
            }),
        );
        return meant.flat().map(({ setting, path, query }) => ({
          vendor: driver.vendor,
          setting,
          url: `${link.baseUrl}/a/${link.token}/${path}${query === '' ? '' : `?${query}`}`,
        }));
      } catch (error) {
        onError(error);
        return [];
      }
    }),
  );
  return all.flat();
}
